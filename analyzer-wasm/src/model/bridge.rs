//! A bridge's side of a conference as it stood at one poll, whichever form its dump had.

macro_rules! bridge_metrics {
    ($($(#[$doc:meta])* $variant:ident,)*) => {
        /// A number that a bridge tells of an endpoint. Counters are cumulative, as the bridge gives them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(usize)]
        pub enum BridgeMetric { $($(#[$doc])* $variant,)* }

        impl BridgeMetric {
            /// Every metric, in the order of its number.
            pub const ALL: &[Self] = &[$(Self::$variant),*];
        }
    };
}

bridge_metrics! {
    /// Round trip between bridge and endpoint, ms.
    Rtt,
    /// Packets from the endpoint that were lost in the last 60 s.
    UpLost,
    /// Packets from the endpoint that arrived in the last 60 s.
    UpArrived,
    /// Packets to the endpoint that were lost in the last 60 s.
    DownLost,
    /// Packets to the endpoint that arrived in the last 60 s.
    DownArrived,
    /// Bytes from the endpoint: a counter.
    BytesUp,
    /// Bytes to the endpoint: a counter.
    BytesDown,
    /// What the bridge thinks the way to the endpoint can carry, bit/s.
    Estimate,
    /// What the endpoint's wishes would take, bit/s.
    Ideal,
    /// What was allocated, bit/s.
    Target,
    /// Whether more is sent than the way can carry: 1 or 0.
    Oversending,
    /// Seconds of that: a counter.
    OversendingSeconds,
    /// Sources that are forwarded to the endpoint.
    Forwarded,
    /// Sources that are suspended for lack of bandwidth.
    Suspended,
    /// PLI and FIR that were sent to the endpoint: a counter.
    KeyFrameRequests,
    /// Which ICE session this is: a restart begins the next.
    IceGeneration,
    /// Audio packets from the endpoint: a counter.
    AudioPackets,
    /// Interarrival jitter of what the endpoint sends, the mean of its streams that came since the last poll, ms; only
    /// the debug state tells it.
    UpJitter,
    /// Messages from the endpoint: a counter.
    MessagesUp,
    /// Messages to the endpoint: a counter.
    MessagesDown,
    /// Messages to the endpoint that could not be sent: a counter.
    MessagesDropped,
}

/// A bridge's part of a conference at one poll.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BridgePoll {
    /// The endpoint that spoke last; `None` is nobody, or not said.
    pub dominant: Option<String>,
    /// Other bridges that it is connected to.
    pub relays: Vec<String>,
    /// The endpoints that this poll speaks of.
    pub endpoints: Vec<BridgeEndpoint>,
    /// Endpoints that have gone: known from now on, since when is not said.
    pub gone: Vec<String>,
}

/// One endpoint on a bridge.
#[derive(Clone, Debug, PartialEq)]
pub struct BridgeEndpoint {
    /// Its id.
    pub id: String,
    /// Its generated stats id.
    pub stats_id: Option<String>,
    /// Whether it only watches.
    pub visitor: Option<bool>,
    /// Whether it has just come: its counters begin at zero.
    pub anew: bool,
    /// ICE as `new`, `connected` or `failed`.
    pub ice: Option<&'static str>,
    /// DTLS as `new` or `connected`.
    pub dtls: Option<&'static str>,
    /// SCTP as `new` or `connected`.
    pub sctp: Option<&'static str>,
    /// The names of suspended sources.
    pub suspended: Vec<String>,
    values: [f64; BridgeMetric::ALL.len()],
}

impl BridgeEndpoint {
    /// An endpoint of which nothing is known.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            stats_id: None,
            visitor: None,
            anew: false,
            ice: None,
            dtls: None,
            sctp: None,
            suspended: Vec::new(),
            values: [f64::NAN; BridgeMetric::ALL.len()],
        }
    }

    /// A number, where it is said.
    #[must_use]
    pub fn get(&self, metric: BridgeMetric) -> Option<f64> {
        self.values.get(metric as usize).copied().filter(|value| !value.is_nan())
    }

    /// Sets a number, where it is said.
    pub fn set(&mut self, metric: BridgeMetric, value: Option<f64>) {
        if let (Some(place), Some(value)) = (self.values.get_mut(metric as usize), value) {
            *place = value;
        }
    }
}
