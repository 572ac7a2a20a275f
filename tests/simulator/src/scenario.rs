//! What happens in a simulated call: plain data, drawn by a seed or written by hand.
//!
//! Times are ms after the call's start, in true time, whoever's clock says something else.

use serde::{Deserialize, Serialize};

use super::deployment::Servers;
use super::fault::Fault;

/// One call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// Decides every draw of the network model.
    pub seed: u64,
    /// Epoch ms.
    pub start_ms: u64,
    /// How long it is.
    pub duration_ms: u64,
    /// The room's name.
    pub room: String,
    /// The conference's id.
    pub meeting_id: String,
    /// How media travels.
    pub topology: Topology,
    /// How many cameras the bridge forwards to each; all without.
    pub last_n: Option<usize>,
    /// Who was there.
    pub people: Vec<Person>,
    /// Who spoke, in time order.
    pub turns: Vec<Turn>,
    /// What went wrong.
    pub faults: Vec<Fault>,
    /// Its servers, where they write dumps too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub servers: Option<Servers>,
}

/// How media travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topology {
    /// Two people directly, each with an idle connection to the bridge.
    PeerToPeer,
    /// Through a selective forwarding unit.
    Bridge,
}

/// One person, in as many presences as they joined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Jitsi's generated id, for example `Ada-x1y`; the same for two namesakes.
    pub stats_id: String,
    /// What they run.
    pub browser: Browser,
    /// Time between stats polls.
    pub poll_ms: u64,
    /// How far their clock is ahead of true time.
    pub clock_ahead_ms: i64,
    /// Round trip to the bridge on a good day; two of these make a direct path.
    pub rtt_ms: f64,
    /// Share of packets that is lost on a good day, each way.
    pub base_loss: f64,
    /// What their uplink carries on a good day.
    pub uplink_bps: f64,
    /// Whether a moderator pinned them for everybody.
    pub spotlight: bool,
    /// When they were there, in time order, without overlap.
    pub presences: Vec<Presence>,
    /// When the microphone was muted.
    pub audio_muted: Vec<TimeRange>,
    /// When the camera was muted.
    pub video_muted: Vec<TimeRange>,
    /// When they shared their screen.
    pub screen: Vec<TimeRange>,
}

/// One stay in the call, which leaves one dump.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Presence {
    /// Eight hexadecimal digits.
    pub endpoint_id: String,
    /// The stats session, which names the dump.
    pub session_id: String,
    /// When they joined and left.
    #[serde(flatten)]
    pub time: TimeRange,
}

/// A stretch of time, its end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeRange {
    /// Its begin.
    pub from_ms: u64,
    /// Its end.
    pub to_ms: u64,
}

impl TimeRange {
    /// Whether a time is in it.
    #[must_use]
    pub fn contains(self, at_ms: u64) -> bool {
        (self.from_ms..self.to_ms).contains(&at_ms)
    }

    /// Whether two share time.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.from_ms < other.to_ms && other.from_ms < self.to_ms
    }

    /// How long it is.
    #[must_use]
    pub fn length_ms(self) -> u64 {
        self.to_ms.saturating_sub(self.from_ms)
    }
}

/// Somebody begins to speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// When.
    pub at_ms: u64,
    /// Who, by place in `people`.
    pub person: usize,
}

/// A browser, by what it says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Browser {
    /// Chrome on Linux.
    ChromeLinux,
    /// Chrome on Windows.
    ChromeWindows,
    /// Chrome on macOS.
    ChromeMac,
    /// Edge on Windows.
    Edge,
}

impl Browser {
    /// Every one.
    pub const ALL: &[Self] = &[Self::ChromeLinux, Self::ChromeWindows, Self::ChromeMac, Self::Edge];

    /// The `User-Agent` header.
    #[must_use]
    pub fn user_agent(self) -> String {
        let (system, more) = match self {
            Self::ChromeLinux => ("X11; Linux x86_64", ""),
            Self::ChromeWindows => ("Windows NT 10.0; Win64; x64", ""),
            Self::ChromeMac => ("Macintosh; Intel Mac OS X 10_15_7", ""),
            Self::Edge => ("Windows NT 10.0; Win64; x64", " Edg/156.0.0.0"),
        };
        format!(
            "Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36{more}"
        )
    }
}
