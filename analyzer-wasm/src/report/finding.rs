//! A judged problem: who, when, why and what to do, with its evidence.

use serde::{Deserialize, Serialize};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FindingSeverity {
    /// The call was broken for somebody.
    Critical,
    /// Somebody noticed.
    Warning,
    /// Worth knowing.
    Info,
}

/// One stretch of trouble with one cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Unique and stable in the report.
    pub id: String,
    /// What it is, for example `downlink-loss`: stable, part of the API.
    pub code: String,
    /// How bad it is.
    pub severity: FindingSeverity,
    /// The sufferer or the owner, by key.
    pub participant: Option<String>,
    /// The server, where it is about one.
    pub server: Option<String>,
    /// Others involved, by key.
    pub other_participants: Vec<String>,
    /// When it began.
    pub from_ms: f64,
    /// When it ended.
    pub to_ms: f64,
    /// The measured value.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: Option<String>,
    /// The value from which it counts.
    pub threshold: Option<f64>,
    /// Where the cause lies.
    pub attribution: Attribution,
    /// What else it caused.
    pub effects: Vec<Effect>,
    /// One line for a person.
    pub title: String,
    /// What to do.
    pub advice: String,
    /// Where it can be seen.
    pub evidence: Vec<Evidence>,
}

/// From when a code's measure counts, in the unit of [`Finding::value`].
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
    /// 0–1.
    pub confidence: f64,
    /// How many links or samples speak for it.
    pub evidence_for: u32,
    /// How many speak against it.
    pub evidence_against: u32,
}

/// A consequence of a finding, listed in it instead of being a finding of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// A finding code.
    pub code: String,
    /// Who felt it, by key.
    pub participant: Option<String>,
    /// How often.
    pub count: u32,
}

/// A place in a dump.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The dump.
    pub file: String,
    /// Its line, counted from 1.
    pub line: u64,
    /// The series that shows it.
    pub series: Option<String>,
}
