//! The servers that a call runs on and that write dumps of their own: bridges, the focus, and what becomes of them.

use serde::{Deserialize, Serialize};

use super::scenario::{Scenario, TimeRange};

/// The deployment that everybody is in, and its region.
pub(super) const DOMAIN: &str = "meet.example.org";
pub(super) const REGION: &str = "eu-central-1";
/// What every bridge runs.
pub(super) const BRIDGE_VERSION: &str = "2.3.259-g7a2c3e1d";
/// What the packets of an overloaded bridge wait, there and back.
pub(super) const OVERLOADED_RTT_MS: f64 = 70.0;
/// How unevenly they leave it.
pub(super) const OVERLOADED_JITTER_MS: f64 = 9.0;
/// From one bridge to another and back: in one region, and across.
const RELAY_RTT_MS: f64 = 1.2;
const FAR_RELAY_RTT_MS: f64 = 21.0;

/// The servers of a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Servers {
    /// Bridges; relays join those that are in use at once.
    pub bridges: Vec<Bridge>,
    /// The bridge that each person is sent to, by places in `people` and `bridges`.
    pub homes: Vec<usize>,
    /// Who keeps the room and chooses the bridges: Jicofo.
    pub focus: Focus,
    /// What goes wrong with bridges, in time order.
    pub faults: Vec<BridgeFault>,
}

/// What every server has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Host {
    /// Its host name.
    pub name: String,
    /// How far its clock is ahead of true time.
    pub clock_ahead_ms: i64,
    /// Its local time, in which it writes its log, less UTC.
    pub utc_offset_min: i64,
    /// How its dumps' lines are written.
    pub lines: Lines,
    /// When its pusher had no connection, and what it pushed was lost. A new part of the dump begins at the end.
    pub cuts: Vec<TimeRange>,
}

/// How the lines of a server's dump are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lines {
    /// As the pusher sends them: no header, no time.
    Requests,
    /// The server's header as text in JSON, then bare states (until May 2024).
    Bare,
    /// The server's header as an object, then requests to which the server adds its time.
    Enveloped,
}

/// A bridge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bridge {
    /// What it is as a server.
    #[serde(flatten)]
    pub host: Host,
    /// Where it is.
    pub region: String,
    /// Which of its interfaces the pusher polls.
    pub spelling: Spelling,
    /// Whether the pusher reads its log as well.
    pub logs: bool,
    /// The stress that other conferences put on it.
    pub busy: f64,
    /// When it takes no new conferences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drain: Option<TimeRange>,
}

/// A bridge's way to say its state.
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
    /// What it is as a server.
    #[serde(flatten)]
    pub host: Host,
    /// Share of the lines on members' coming and going that never reach the dump.
    pub unlogged: f64,
    /// Machines in the room.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub machines: Vec<Machine>,
    /// When no more people may send audio, and when video.
    #[serde(default)]
    pub limits: [Option<TimeRange>; 2],
}

/// A member of the room that is no person. Bridges' dumps do not show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// What it is.
    pub kind: MachineKind,
    /// Its endpoint's id.
    pub endpoint_id: String,
    /// When it is there.
    #[serde(flatten)]
    pub time: TimeRange,
}

/// What a machine is.
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

/// Something that goes wrong for everybody on a bridge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BridgeFault {
    /// Which, by place in `bridges`.
    pub bridge: usize,
    /// When.
    #[serde(flatten)]
    pub time: TimeRange,
    /// What.
    #[serde(flatten)]
    pub kind: BridgeFaultKind,
}

/// What goes wrong with a bridge.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum BridgeFaultKind {
    /// It dies. Its people are sent to another one, or to itself when it is back, where they are connected at the
    /// end; everything that it counted begins anew.
    Restart {
        /// Where they go, by place in `bridges`.
        successor: usize,
    },
    /// It loses packets in both directions.
    Loss {
        /// Share of packets, each way.
        ratio: f64,
    },
    /// It has more to do than it can.
    Overload {
        /// What it calls its stress.
        stress: f64,
    },
}

impl Host {
    /// A server with a right clock, in UTC, that loses nothing.
    #[must_use]
    pub fn new(name: &str, lines: Lines) -> Self {
        Self { name: name.to_owned(), clock_ahead_ms: 0, utc_offset_min: 0, lines, cuts: Vec::new() }
    }
}

impl Bridge {
    /// A bridge with little load, whose log is not collected.
    #[must_use]
    pub fn new(name: &str, lines: Lines, spelling: Spelling) -> Self {
        let host = Host::new(name, lines);
        Self { host, region: REGION.to_owned(), spelling, logs: false, busy: 0.2, drain: None }
    }
}

impl BridgeFault {
    /// Where everybody goes if it is a restart.
    #[must_use]
    pub fn successor(&self) -> Option<usize> {
        match self.kind {
            BridgeFaultKind::Restart { successor } => Some(successor),
            _ => None,
        }
    }

    /// When the focus has seen a restart and sends everybody elsewhere.
    #[must_use]
    pub fn moved_ms(&self) -> u64 {
        self.time.from_ms + self.time.length_ms() / 2
    }
}

impl Servers {
    /// A focus and these bridges, none with a fault, and everybody on the first bridge.
    #[must_use]
    pub fn without_faults(people: usize, bridges: Vec<Bridge>) -> Self {
        let host = Host::new("focus", Lines::Enveloped);
        let focus = Focus { host, unlogged: 0.0, machines: Vec::new(), limits: [None; 2] };
        Self { bridges, homes: vec![0; people], focus, faults: Vec::new() }
    }

    /// The bridge that the focus has a person on.
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

    /// The bridges' deaths, and where everybody goes.
    pub fn restarts(&self) -> impl Iterator<Item = (&BridgeFault, usize)> {
        self.faults.iter().filter_map(|fault| Some((fault, fault.successor()?)))
    }

    /// What a person feels of the bridges' faults in a stretch.
    pub fn felt_by(&self, person: usize, time: TimeRange) -> impl Iterator<Item = &BridgeFault> {
        self.faults.iter().filter(move |fault| {
            // Who is moved away in the middle of a restart was there when it began.
            let at_ms = if fault.successor().is_some() { fault.time.from_ms } else { time.from_ms };
            fault.time.overlaps(time) && self.bridge_of(person, at_ms) == fault.bridge
        })
    }

    /// The round trip between two bridges.
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
    /// The region that a person is in: that of the bridge that they are sent to.
    pub(super) fn region_of(&self, person: usize) -> &str {
        let home = |servers: &Servers| servers.homes.get(person).copied();
        let bridge = self.servers.as_ref().and_then(|servers| servers.bridges.get(home(servers)?));
        bridge.map_or(REGION, |bridge| &bridge.region)
    }
}
