//! The numeric fields of a client's dump over time, read by a simple decoder of its deltas.
//!
//! The simulator does not depend on the analyzer that it tests, so this reads with serde_json alone.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Points (epoch ms, value) by connection, report and field.
pub(crate) type Points = BTreeMap<(String, String, String), Vec<(f64, f64)>>;

/// Every numeric field of a dump.
pub(crate) struct AllSeries(Points);

/// Reads the text of a dump.
pub(crate) fn read(text: &[u8]) -> AllSeries {
    let mut reports: BTreeMap<(String, String), Map<String, Value>> = BTreeMap::new();
    let mut points = Points::new();
    for line in text.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"[\"getstats\"")) {
        let (_, connection, poll, at_ms, _): (String, String, Map<String, Value>, f64, u64) =
            serde_json::from_slice(line).unwrap();
        for (id, delta) in poll {
            let Value::Object(delta) = delta else { continue };
            let report = reports.entry((connection.clone(), id.clone())).or_default();
            // An id that is repeated with its type is a new report.
            if delta.contains_key("type") {
                report.clear();
            }
            report.extend(delta);
            for (field, value) in numbers(report) {
                points.entry((connection.clone(), id.clone(), field)).or_default().push((at_ms, value));
            }
        }
    }
    AllSeries(points)
}

/// The numeric fields of a report, those of its records as `record.member`.
fn numbers(report: &Map<String, Value>) -> impl Iterator<Item = (String, f64)> + '_ {
    report.iter().flat_map(|(field, value)| match value {
        Value::Object(record) => {
            let member =
                |(name, value): (&String, &Value)| Some((format!("{field}.{name}"), value.as_f64()?));
            record.iter().filter_map(member).collect::<Vec<_>>()
        }
        value => value.as_f64().map(|number| (field.clone(), number)).into_iter().collect(),
    })
}

impl AllSeries {
    /// The connection and id of each report whose id begins with `prefix`.
    pub(crate) fn reports(&self, prefix: &str) -> Vec<(String, String)> {
        let keys = self.0.keys().filter(|(_, report, _)| report.starts_with(prefix));
        let mut reports: Vec<_> =
            keys.map(|(connection, report, _)| (connection.clone(), report.clone())).collect();
        reports.dedup();
        reports
    }

    /// The points of a field; empty if the report never had it.
    pub(crate) fn points(&self, (connection, report): &(String, String), field: &str) -> &[(f64, f64)] {
        let key = (connection.clone(), report.clone(), field.to_owned());
        self.0.get(&key).map_or(&[], Vec::as_slice)
    }
}

/// The growth of a counter from its first point in `from_ms..=to_ms` to its last.
pub(crate) fn growth(points: &[(f64, f64)], from_ms: f64, to_ms: f64) -> f64 {
    let within: Vec<f64> =
        points.iter().filter(|(at, _)| (from_ms..=to_ms).contains(at)).map(|(_, value)| *value).collect();
    within.last().zip(within.first()).map_or(0.0, |(last, first)| last - first)
}
