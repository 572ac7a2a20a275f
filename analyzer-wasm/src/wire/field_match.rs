//! A numeric field that a search found.

use serde::{Deserialize, Serialize};

/// A numeric field of one stats report over the time of a dump.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldMatch {
    /// The field's number in the dump.
    pub field: u32,
    /// The peer connection, for example `PC_0`.
    pub connection: String,
    /// The id of the stats report.
    pub report: String,
    /// The type of the stats report, for example `inbound-rtp`.
    pub kind: String,
    /// The field's name, for example `jitter`.
    pub name: String,
    /// The unit that webrtc-stats defines for the field, if any.
    pub unit: Option<String>,
    /// The number of values.
    pub points: u32,
    /// The lowest value.
    pub min: f64,
    /// The highest value.
    pub max: f64,
    /// The last value.
    pub last: f64,
}
