//! A numeric field that a search found.

use serde::{Deserialize, Serialize};

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
