//! Findings: what went wrong, for whom, when and why, with evidence and advice.

use serde::{Deserialize, Serialize};

/// The severity of a finding, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FindingSeverity {
    /// The call did not work for a participant.
    Critical,
    /// A participant could notice it.
    Warning,
    /// A fact without harm of its own.
    Info,
}

/// A problem with one cause in one span of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Unique in the report, and stable between reports of the same files.
    pub id: String,
    /// The finding code, for example `downlink-loss`: stable, part of the API.
    pub code: String,
    /// The severity.
    pub severity: FindingSeverity,
    /// The key of the participant who is affected or, of causes on the side of a sender (`uplink-loss`, `cpu-limited`,
    /// `bandwidth-limited`), of the sender.
    pub participant: Option<String>,
    /// The server, if it is about one.
    pub server: Option<String>,
    /// The keys of other participants involved.
    pub other_participants: Vec<String>,
    /// Its start.
    pub from_ms: f64,
    /// Its end.
    pub to_ms: f64,
    /// The measured value; `null` where the code has none.
    pub value: Option<f64>,
    /// The unit of `value` and `threshold`: `ratio`, `ms` or `s`.
    pub unit: Option<String>,
    /// The value from which it is a warning; `null` where the code has none.
    pub threshold: Option<f64>,
    /// Where the cause lies.
    pub attribution: Attribution,
    /// Its effects, which are not findings of their own.
    pub effects: Vec<Effect>,
    /// Participant, quantity, value and duration in one line.
    pub title: String,
    /// What to check or change.
    pub advice: String,
    /// Lines of the dumps that show it.
    pub evidence: Vec<Evidence>,
}

/// The thresholds of a finding code, in the unit of [`Finding::value`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Threshold {
    /// The finding code.
    pub code: String,
    /// A warning from here.
    pub warning: f64,
    /// Critical from here.
    pub critical: f64,
}

/// Where a cause lies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// `uplink`, `downlink`, `path`, `bridge`, `relay`, `device` or `unknown`.
    pub side: String,
    /// The share of the evidence that supports the side, 0–1; 0.5 without evidence.
    pub confidence: f64,
    /// Number of links or samples that support the side.
    pub evidence_for: u32,
    /// Number of links or samples that contradict it.
    pub evidence_against: u32,
}

/// An effect of a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// A finding code.
    pub code: String,
    /// The key of the affected participant.
    pub participant: Option<String>,
    /// Number of occurrences.
    pub count: u32,
}

/// A place in a dump.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The dump, by file name.
    pub file: String,
    /// Its line, counted from 1.
    pub line: u64,
    /// The stats field or state that shows it.
    pub series: Option<String>,
}
