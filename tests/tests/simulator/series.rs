//! A dump's fields over time, as the analyzer's detail view reads them.

use std::collections::BTreeMap;

use analyzer_wasm::detail::DetailReader;

/// Points by connection, report and field.
pub(crate) type Points = BTreeMap<(String, String, String), Vec<(f64, f64)>>;

/// Everything of a dump.
pub(crate) struct AllSeries(Points);

/// Reads a dump.
pub(crate) fn read(bytes: &[u8]) -> AllSeries {
    let mut reader = DetailReader::default();
    reader.push(bytes);
    let detail = reader.finish().unwrap();
    let mut all = Points::new();
    for column in &detail.columns {
        let polls = &detail.polls[column.polls];
        let key = (polls.connection.clone(), column.report.clone(), column.field.clone());
        let old = all.insert(key, column.points(polls).collect::<Vec<_>>());
        assert!(old.is_none(), "{} {} twice", column.report, column.field);
    }
    AllSeries(all)
}

impl AllSeries {
    /// The reports whose id begins so, on any connection.
    pub(crate) fn reports(&self, prefix: &str) -> Vec<(String, String)> {
        let keys = self.0.keys().filter(|(_, report, _)| report.starts_with(prefix));
        let mut reports: Vec<_> =
            keys.map(|(connection, report, _)| (connection.clone(), report.clone())).collect();
        reports.dedup();
        reports
    }

    /// The points of a field; none where the report never had it.
    pub(crate) fn points(&self, (connection, report): &(String, String), field: &str) -> &[(f64, f64)] {
        let key = (connection.clone(), report.clone(), field.to_owned());
        self.0.get(&key).map_or(&[], Vec::as_slice)
    }

    /// Everything.
    pub(crate) fn all(&self) -> &Points {
        &self.0
    }
}

/// What a counter grew by in a stretch of time.
pub(crate) fn growth(points: &[(f64, f64)], from_ms: f64, to_ms: f64) -> f64 {
    let within: Vec<f64> =
        points.iter().filter(|(at, _)| (from_ms..=to_ms).contains(at)).map(|(_, value)| *value).collect();
    within.last().zip(within.first()).map_or(0.0, |(last, first)| last - first)
}
