//! The state of a bridge for one conference at one poll.

macro_rules! bridge_metrics {
    ($($(#[$doc:meta])* $variant:ident,)*) => {
        /// A number that a bridge reports for an endpoint. Counters are cumulative, as the bridge reports them.
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
    /// Round-trip time between bridge and endpoint, ms.
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
    /// The bridge's estimate of the bandwidth to the endpoint, bit/s.
    Estimate,
    /// Bitrate of all sources that the endpoint requests, bit/s.
    Ideal,
    /// Bitrate of the sources that the bridge allocates, bit/s.
    Target,
    /// Whether the bridge sends more than its estimate: 1 or 0.
    Oversending,
    /// Seconds in which it did: a counter.
    OversendingSeconds,
    /// Sources that are forwarded to the endpoint.
    Forwarded,
    /// Sources that are suspended for lack of bandwidth.
    Suspended,
    /// PLI and FIR that were sent to the endpoint: a counter.
    KeyFrameRequests,
    /// Number of the ICE session: each restart adds one.
    IceGeneration,
    /// Audio packets from the endpoint: a counter.
    AudioPackets,
    /// Interarrival jitter of the streams from the endpoint that changed since the last poll, their mean, ms. Only the
    /// debug state has it.
    UpJitter,
    /// Messages from the endpoint: a counter.
    MessagesUp,
    /// Messages to the endpoint: a counter.
    MessagesDown,
    /// Messages to the endpoint that could not be sent: a counter.
    MessagesDropped,
}

/// The state of a bridge for one conference at one poll.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BridgePoll {
    /// The dominant speaker's endpoint; `None` if there is none or it is not reported.
    pub dominant: Option<String>,
    /// Other bridges to which it is connected.
    pub relays: Vec<String>,
    /// The endpoints that changed since the last poll.
    pub endpoints: Vec<BridgeEndpoint>,
    /// Endpoints that were removed at some time before this poll.
    pub departed: Vec<String>,
}

/// One endpoint on a bridge.
#[derive(Clone, Debug, PartialEq)]
pub struct BridgeEndpoint {
    /// Its id.
    pub id: String,
    /// Its generated stats id.
    pub stats_id: Option<String>,
    /// Whether it is a visitor, who only receives.
    pub visitor: Option<bool>,
    /// Whether it was created since the last poll, so that its counters start at zero.
    pub is_new: bool,
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
    /// An endpoint with this id and no other values.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            stats_id: None,
            visitor: None,
            is_new: false,
            ice: None,
            dtls: None,
            sctp: None,
            suspended: Vec::new(),
            values: [f64::NAN; BridgeMetric::ALL.len()],
        }
    }

    /// A number, if it is known.
    #[must_use]
    pub fn get(&self, metric: BridgeMetric) -> Option<f64> {
        self.values.get(metric as usize).copied().filter(|value| !value.is_nan())
    }

    /// Sets a number, if it is known.
    pub fn set(&mut self, metric: BridgeMetric, value: Option<f64>) {
        if let (Some(place), Some(value)) = (self.values.get_mut(metric as usize), value) {
            *place = value;
        }
    }
}
