//! What can go wrong for a person in a simulated call, and when it does.

use serde::{Deserialize, Serialize};

use super::scenario::TimeRange;

/// Something that goes wrong for one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// Who, by place in `people`.
    pub person: usize,
    /// When.
    #[serde(flatten)]
    pub time: TimeRange,
    /// What.
    #[serde(flatten)]
    pub kind: FaultKind,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum FaultKind {
    /// Packets from the person are lost.
    UplinkLoss {
        /// Share of packets.
        ratio: f64,
    },
    /// Packets to the person are lost.
    DownlinkLoss {
        /// Share of packets.
        ratio: f64,
    },
    /// The person's path takes longer.
    Delay {
        /// Round trip, added.
        rtt_ms: f64,
    },
    /// What reaches the person comes unevenly.
    Jitter {
        /// Interarrival jitter.
        jitter_ms: f64,
    },
    /// What the person sees stands still, though the packets arrive.
    VideoFreeze {
        /// Share of the time.
        share: f64,
    },
    /// The person's machine encodes too slowly.
    CpuLimited,
    /// The person's uplink carries less.
    BandwidthLimited {
        /// What it carries.
        bps: f64,
    },
    /// The person's downlink carries less: the bridge sends smaller pictures, and fewer.
    NarrowDownlink {
        /// What it carries.
        bps: f64,
    },
    /// The person's media goes through a TURN server.
    Relay {
        /// The protocol to it.
        protocol: RelayProtocol,
    },
    /// The person's media goes by TCP.
    Tcp,
    /// Nothing passes, for so short that ICE recovers.
    IceDisconnect,
    /// Nothing passes until ICE gives up; it is restarted at the end.
    IceFailure,
    /// The person changes networks without losing anything.
    IceRestart,
    /// Nothing passes either way, and ICE recovers.
    Blackout,
}

/// How a TURN server is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RelayProtocol {
    /// UDP.
    Udp,
    /// TCP.
    Tcp,
    /// TLS over TCP.
    Tls,
}

impl RelayProtocol {
    /// As `relayProtocol` says it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Udp => "udp",
            Self::Tcp => "tcp",
            Self::Tls => "tls",
        }
    }
}

impl Fault {
    /// Whether nothing passes while it lasts.
    #[must_use]
    pub fn cuts(&self) -> bool {
        matches!(self.kind, FaultKind::IceDisconnect | FaultKind::IceFailure | FaultKind::Blackout)
    }
}
