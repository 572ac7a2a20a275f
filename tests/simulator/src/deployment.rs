//! The servers of a call, which write their own dumps: bridges, the focus, and the faults of bridges.

use serde::{Deserialize, Serialize};

use super::scenario::{Scenario, TimeRange};

/// The domain of the deployment and its region.
pub(super) const DOMAIN: &str = "meet.example.org";
pub(super) const REGION: &str = "eu-central-1";
/// The software version of all bridges.
pub(super) const BRIDGE_VERSION: &str = "2.3.259-g7a2c3e1d";
/// The additional round-trip time at an overloaded bridge.
pub(super) const OVERLOADED_RTT_MS: f64 = 70.0;
/// The additional jitter at an overloaded bridge.
pub(super) const OVERLOADED_JITTER_MS: f64 = 9.0;
/// The round-trip time between two bridges: in one region, and between regions.
const RELAY_RTT_MS: f64 = 1.2;
const FAR_RELAY_RTT_MS: f64 = 21.0;

/// The servers of a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Servers {
    /// Bridges. Relays connect those that are in use at the same time.
    pub bridges: Vec<Bridge>,
    /// For each of `people`, the index in `bridges` of the bridge that the focus selects.
    pub homes: Vec<usize>,
    /// Jicofo, which manages the room and selects the bridges.
    pub focus: Focus,
    /// The faults of bridges, in time order.
    pub faults: Vec<BridgeFault>,
}

/// The properties that all servers have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Host {
    /// Its host name.
    pub name: String,
    /// How far its clock is ahead of true time, in ms.
    pub clock_ahead_ms: i64,
    /// The offset of its local time, which its log has, from UTC.
    pub utc_offset_min: i64,
    /// How its dumps' lines are written.
    pub lines: Lines,
    /// When the server had no connection to the stats server and its entries were lost. A new part of the dump
    /// starts at the end of each cut.
    pub cuts: Vec<TimeRange>,
}

/// How the lines of a server's dump are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lines {
    /// As sent to the stats server: no header, no time.
    Requests,
    /// The stats server's header as text in JSON, then bare states (until May 2024).
    Bare,
    /// The stats server's header as an object, then requests to which the stats server adds its time.
    Enveloped,
}

/// A bridge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bridge {
    /// Its properties as a server.
    #[serde(flatten)]
    pub host: Host,
    /// Its region.
    pub region: String,
    /// The REST interface that is polled.
    pub spelling: Spelling,
    /// Whether its log is collected as well.
    pub logs: bool,
    /// The stress from other conferences.
    pub busy: f64,
    /// When it is draining: it accepts no new conferences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drain: Option<TimeRange>,
}

/// The format of a bridge's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spelling {
    /// `/debug?full=true`: camelCase, with the bridge's time.
    Debug,
    /// `/stats`, since April 2025: snake_case, without a time.
    Stats,
}

/// Jicofo.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Focus {
    /// Its properties as a server.
    #[serde(flatten)]
    pub host: Host,
    /// Share of the log lines on joins and leaves that are missing in the dump.
    pub unlogged: f64,
    /// Recorders and gateways in the room.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub machines: Vec<Machine>,
    /// When the limit of audio senders is reached, and when that of video senders.
    #[serde(default)]
    pub limits: [Option<TimeRange>; 2],
}

/// A member of the room that is not a person. Bridges' dumps do not contain it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// Its kind.
    pub kind: MachineKind,
    /// Its endpoint's id.
    pub endpoint_id: String,
    /// The time of its presence.
    #[serde(flatten)]
    pub time: TimeRange,
}

/// The kind of a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MachineKind {
    /// A recorder.
    Jibri,
    /// A SIP gateway.
    Jigasi,
    /// A gateway that transcribes.
    Transcriber,
}

/// A fault that affects all endpoints on a bridge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BridgeFault {
    /// The bridge, as index in `bridges`.
    pub bridge: usize,
    /// The time of the fault.
    #[serde(flatten)]
    pub time: TimeRange,
    /// The kind of the fault.
    #[serde(flatten)]
    pub kind: BridgeFaultKind,
}

/// The kind of a bridge's fault.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum BridgeFaultKind {
    /// The bridge fails. Its endpoints are moved to another bridge, or to itself after its restart, where they are
    /// connected at the end of the fault. Its counters start from zero.
    Restart {
        /// The bridge that they are moved to, as index in `bridges`.
        successor: usize,
    },
    /// The bridge loses packets in both directions.
    Loss {
        /// Share of lost packets in each direction.
        ratio: f64,
    },
    /// The load of the bridge exceeds its capacity.
    Overload {
        /// The stress level that it reports.
        stress: f64,
    },
}

impl Host {
    /// A server with a correct clock, in UTC, without cuts.
    #[must_use]
    pub fn new(name: &str, lines: Lines) -> Self {
        Self { name: name.to_owned(), clock_ahead_ms: 0, utc_offset_min: 0, lines, cuts: Vec::new() }
    }
}

impl Bridge {
    /// A bridge with low load, whose log is not collected.
    #[must_use]
    pub fn new(name: &str, lines: Lines, spelling: Spelling) -> Self {
        let host = Host::new(name, lines);
        Self { host, region: REGION.to_owned(), spelling, logs: false, busy: 0.2, drain: None }
    }
}

impl BridgeFault {
    /// The bridge that endpoints are moved to, if the fault is a restart.
    #[must_use]
    pub fn successor(&self) -> Option<usize> {
        match self.kind {
            BridgeFaultKind::Restart { successor } => Some(successor),
            _ => None,
        }
    }

    /// When the focus detects a restart and moves the endpoints.
    #[must_use]
    pub fn moved_ms(&self) -> u64 {
        self.time.from_ms + self.time.length_ms() / 2
    }
}

impl Servers {
    /// A focus and the given bridges without faults, with all people on the first bridge.
    #[must_use]
    pub fn without_faults(people: usize, bridges: Vec<Bridge>) -> Self {
        let host = Host::new("focus", Lines::Enveloped);
        let focus = Focus { host, unlogged: 0.0, machines: Vec::new(), limits: [None; 2] };
        Self { bridges, homes: vec![0; people], focus, faults: Vec::new() }
    }

    /// The bridge of a person in the focus' state at a time.
    #[must_use]
    pub fn bridge_of(&self, person: usize, at_ms: u64) -> usize {
        let mut bridge = self.homes.get(person).copied().unwrap_or(0);
        for (fault, successor) in self.restarts() {
            if fault.bridge == bridge && fault.moved_ms() <= at_ms {
                bridge = successor;
            }
        }
        bridge
    }

    /// The restarts of bridges, with the bridges that endpoints are moved to.
    pub fn restarts(&self) -> impl Iterator<Item = (&BridgeFault, usize)> {
        self.faults.iter().filter_map(|fault| Some((fault, fault.successor()?)))
    }

    /// The bridge faults that affect a person in a time interval.
    pub fn faults_of(&self, person: usize, time: TimeRange) -> impl Iterator<Item = &BridgeFault> {
        self.faults.iter().filter(move |fault| {
            // A restart moves people away in its middle, so their bridge at its start counts.
            let at_ms = if fault.successor().is_some() { fault.time.from_ms } else { time.from_ms };
            fault.time.overlaps(time) && self.bridge_of(person, at_ms) == fault.bridge
        })
    }

    /// The round-trip time between two bridges.
    #[must_use]
    pub fn relay_rtt_ms(&self, one: usize, other: usize) -> f64 {
        let region = |place: usize| self.bridges.get(place).map(|bridge| &bridge.region);
        match (one == other, region(one) == region(other)) {
            (true, _) => 0.0,
            (false, true) => RELAY_RTT_MS,
            (false, false) => FAR_RELAY_RTT_MS,
        }
    }
}

impl Scenario {
    /// The region of a person, which is that of the bridge that the focus selects.
    pub(super) fn region_of(&self, person: usize) -> &str {
        let home = |servers: &Servers| servers.homes.get(person).copied();
        let bridge = self.servers.as_ref().and_then(|servers| servers.bridges.get(home(servers)?));
        bridge.map_or(REGION, |bridge| &bridge.region)
    }
}
