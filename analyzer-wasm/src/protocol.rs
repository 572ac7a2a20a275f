//! What the page and its workers say to each other: plain data, versioned, no JavaScript in it.
//!
//! Every message is a two-element array `[bytes, payload]`: one of these enums in postcard's form and, where the
//! variant says so, one payload (a `File` handle, or an `ArrayBuffer` that is transferred, never copied). JSON would
//! cost the page twice: in code to load before it shows anything, and in time to read.
//!
//! A worker is silent until its module runs; then it says [`FromWorker::Ready`], and only then may it be asked
//! for anything. Cancelling is `Worker.terminate()`: there is no message for it.

use serde::{Deserialize, Serialize};

use crate::report::{
    Conference, Connection, Direction, Event, FileReport, Finding, MediaKind, Participant, Server, Threshold,
};

/// Rises with any change of these enums: worker files carry no hash in their names, so an old one may be met.
pub const PROTOCOL_VERSION: u32 = 3;

/// What the page asks of a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ToWorker {
    /// Read one file; the payload is its `File` handle. Answered by [`FromWorker::Progress`], then
    /// [`FromWorker::Extracted`] or [`FromWorker::Failed`].
    Extract {
        /// The page's number for it.
        file: u32,
    },
    /// Keep an extract for the report; the payload is what [`FromWorker::Extracted`] carried.
    Add {
        /// The page's number for it.
        file: u32,
    },
    /// Drop the extracts of these files, which were added by a load that is given up; the reports are as before it.
    Forget {
        /// The page's numbers for them.
        files: Vec<u32>,
    },
    /// Build the report from everything that was added. Answered by [`FromWorker::Part`]s, where there is much to
    /// tell, and [`FromWorker::Overview`].
    Conclude {
        /// The page's number for this request: an answer with an older one is stale.
        request: u32,
    },
    /// Give a chart's columns. Answered by [`FromWorker::Columns`].
    Chart {
        /// The page's number for this request: an answer with an older one is stale.
        request: u32,
        /// Which conference, as an index of [`FromWorker::Overview`]'s list.
        conference: usize,
        /// Whose, by participant key.
        participant: String,
        /// What.
        metric: ChartMetric,
    },
    /// Give a participant's connections with their streams. Answered by [`FromWorker::Connections`].
    Connections {
        /// The page's number for this request.
        request: u32,
        /// Which conference, as an index of [`FromWorker::Overview`]'s list.
        conference: usize,
        /// Whose, by participant key.
        participant: String,
    },
    /// Give the whole report as JSON text. Answered by [`FromWorker::ReportJson`].
    ReportJson,
    /// Read one file again and keep every numeric field of it; the payload is its `File` handle. Answered by
    /// [`FromWorker::Progress`], then [`FromWorker::Detailed`] or [`FromWorker::Failed`].
    Detail {
        /// The page's number for it.
        file: u32,
        /// What maps its times to the conference's clock.
        offset_ms: f64,
    },
    /// Look for fields of the file that was read by [`ToWorker::Detail`]. Answered by [`FromWorker::Found`].
    Search {
        /// The page's number for this request.
        request: u32,
        /// All of these words must occur in a field's name, its report's type or id, or its connection.
        words: String,
        /// How many matches are wanted.
        limit: u32,
    },
    /// Give the columns of fields that were found. Answered by [`FromWorker::Columns`].
    Fields {
        /// The page's number for this request.
        request: u32,
        /// Which, as [`FieldMatch::field`] numbers them.
        fields: Vec<u32>,
    },
}

/// What a worker says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FromWorker {
    /// The module runs.
    Ready {
        /// The worker's [`PROTOCOL_VERSION`].
        protocol: u32,
    },
    /// How far a file is.
    Progress {
        /// The page's number for it.
        file: u32,
        /// Bytes of the file that were read.
        bytes: u64,
        /// Bytes of text that they held.
        text_bytes: u64,
    },
    /// A file was read; the payload is its extract.
    Extracted {
        /// The page's number for it.
        file: u32,
    },
    /// A file could not be read at all; the rest goes on.
    Failed {
        /// The page's number for it.
        file: u32,
        /// What was wrong.
        failure: Failure,
    },
    /// Entries that the next [`FromWorker::Overview`] leaves out: no message is so long that reading it stops the page.
    Part {
        /// The number of the request.
        request: u32,
        /// Which conference, as an index of [`FromWorker::Overview`]'s list.
        conference: usize,
        /// The entries, which follow those of earlier parts.
        part: Part,
    },
    /// The report is ready, newest conference first; the payload holds the trends, see [`Trend`].
    Overview {
        /// The number of the request.
        request: u32,
        /// One for each conference.
        conferences: Vec<Overview>,
    },
    /// Columns for one chart; the payload holds them, see [`ChartLine`].
    Columns {
        /// The number of the request.
        request: u32,
        /// The lines, in the payload's order.
        lines: Vec<ChartLine>,
    },
    /// A participant's connections.
    Connections {
        /// The number of the request.
        request: u32,
        /// In the report's order.
        connections: Vec<Connection>,
    },
    /// The payload is the report as UTF-8 JSON.
    ReportJson,
    /// A file was read for its fields.
    Detailed {
        /// The page's number for it.
        file: u32,
        /// How many fields of reports it holds.
        fields: u32,
        /// Whether it holds more than can be kept.
        cut: bool,
    },
    /// What a search found.
    Found {
        /// The number of the request.
        request: u32,
        /// How many fields match.
        total: u32,
        /// The best of them.
        matches: Vec<FieldMatch>,
    },
    /// The worker broke and will say nothing more; what it was doing is lost.
    Crashed,
}

/// What the page shows of one conference without asking further.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// The call.
    pub conference: Conference,
    /// The verdict in words.
    pub summary: Vec<String>,
    /// What was judged to be wrong, worst first.
    pub findings: Vec<Finding>,
    /// The finding codes that were looked for.
    pub rules: Vec<String>,
    /// From when those that measure a quantity over time count.
    pub limits: Vec<Threshold>,
    /// Who was in it, without their connections, which [`ToWorker::Connections`] asks for.
    pub participants: Vec<Participant>,
    /// The machines that left a dump.
    pub servers: Vec<Server>,
    /// The events that a timeline marks, in time order, at most [`crate::limits::MAX_MARKS`] of each person.
    pub marks: Vec<Event>,
    /// What was read.
    pub files: Vec<FileReport>,
    /// The page's numbers of `files`.
    pub numbers: Vec<u32>,
}

/// Some entries of one of an overview's lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Part {
    /// Of [`Overview::participants`].
    Participants(Vec<Participant>),
    /// Of [`Overview::findings`].
    Findings(Vec<Finding>),
    /// Of [`Overview::marks`].
    Marks(Vec<Event>),
    /// Of [`Overview::files`].
    Files(Vec<FileReport>),
}

/// As many entries are told in one message: about a hundred kilobytes of the largest ones.
pub const PART_ENTRIES: usize = 80;

impl Overview {
    /// Takes the lists out that are too long for one message.
    #[must_use]
    pub fn take_parts(&mut self) -> Vec<Part> {
        let mut parts = take_long(&mut self.participants, Part::Participants);
        parts.extend(take_long(&mut self.findings, Part::Findings));
        parts.extend(take_long(&mut self.marks, Part::Marks));
        parts.extend(take_long(&mut self.files, Part::Files));
        parts
    }

    /// Puts a part back, behind those that came before it.
    pub fn join(&mut self, part: Part) {
        match part {
            Part::Participants(entries) => self.participants.extend(entries),
            Part::Findings(entries) => self.findings.extend(entries),
            Part::Marks(entries) => self.marks.extend(entries),
            Part::Files(entries) => self.files.extend(entries),
        }
    }
}

fn take_long<T>(entries: &mut Vec<T>, part: impl Fn(Vec<T>) -> Part) -> Vec<Part> {
    if entries.len() <= PART_ENTRIES {
        return Vec::new();
    }
    let mut rest = std::mem::take(entries).into_iter();
    let next = || Some(rest.by_ref().take(PART_ENTRIES).collect::<Vec<T>>()).filter(|part| !part.is_empty());
    std::iter::from_fn(next).map(part).collect()
}

/// What the trends show; the payload of [`FromWorker::Overview`] is `f32` (NaN is no data), little-endian: of each
/// conference, of each of its participants, of each trend in this order, [`TREND_BINS`] values over equal parts of
/// the conference's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trend {
    /// Longest round trip, ms.
    Rtt,
    /// Share of received packets that were lost on the way, 0–1.
    LossDown,
    /// Share of sent packets that were reported lost, 0–1.
    LossUp,
    /// Share of the time in which a received video stood still, 0–1: the worst of them.
    Frozen,
}

impl Trend {
    /// All of them, in the payload's order.
    pub const ALL: [Self; 4] = [Self::Rtt, Self::LossDown, Self::LossUp, Self::Frozen];
}

/// How many values a trend has.
pub const TREND_BINS: usize = 120;

/// Why a file gave nothing, in words for whoever dropped it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The file's name.
    pub file: String,
    /// What is wrong, in one sentence.
    pub title: String,
    /// What was expected and what to do.
    pub hint: String,
}

/// What a chart can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartMetric {
    /// Round-trip time by connection, in ms.
    Rtt,
    /// Share of packets lost by stream, 0–1.
    Loss,
    /// Interarrival jitter by stream, in ms.
    Jitter,
    /// RTP payload rate by stream, in bit/s.
    Bitrate,
    /// `availableOutgoingBitrate` by connection, in bit/s.
    Available,
    /// Frame rate by video stream.
    Fps,
    /// Frame height by video stream, in pixels.
    Height,
    /// Time that video stood still by received stream, in ms, booked when it moves again.
    Freeze,
    /// Share of audio that was concealed by received stream, 0–1.
    Concealment,
    /// Share of the time that sent video was limited, 0–1; the facet says by what: `cpu` or `bandwidth`.
    Limited,
}

/// One line of a chart. Its part of the payload is `points` times (`f64`, epoch ms on the conference clock),
/// then `points` values (`f64`; NaN is a gap), little-endian; the parts follow one another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartLine {
    /// The peer connection, for example `PC_0`.
    pub connection: String,
    /// The stream, where the line is of one.
    pub stream: Option<ChartStream>,
    /// What tells it from another line of the same stream.
    pub facet: Option<String>,
    /// How many points it has.
    pub points: u32,
}

/// A numeric field of one report, over the time of a dump.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldMatch {
    /// Its number in the dump.
    pub field: u32,
    /// The peer connection.
    pub connection: String,
    /// The report's id.
    pub report: String,
    /// The report's type, for example `inbound-rtp`.
    pub kind: String,
    /// Its name, for example `jitter`.
    pub name: String,
    /// Its unit, where webrtc-stats gives it one.
    pub unit: Option<String>,
    /// How many values it has.
    pub points: u32,
    /// Its lowest value.
    pub min: f64,
    /// Its highest.
    pub max: f64,
    /// Its last.
    pub last: f64,
}

/// The stream of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartStream {
    /// Which way it flows, seen from the participant.
    pub direction: Direction,
    /// Audio or video, where the report says.
    pub kind: Option<MediaKind>,
    /// Its SSRC.
    pub ssrc: Option<u32>,
    /// Who sent what is received here, by participant key, where it is known.
    pub sender: Option<String>,
}
