//! The speaking times of each participant, from its best source. Pure.

use analyzer_wasm::report::IntervalKind;
use analyzer_wasm::wire::Overview;

/// The time spans in which each participant was the dominant speaker, in ms after the start of the conference, in
/// the order of the conference.
pub(super) fn of_all(overview: &Overview) -> Vec<Vec<(f64, f64)>> {
    let start_ms = overview.conference.start_ms.unwrap_or(0.0);
    let participants = overview.participants.iter();
    participants
        .map(|participant| {
            let intervals = participant.activity.intervals.iter();
            let speaking = intervals.filter(|interval| interval.kind == IntervalKind::Speaking);
            speaking.map(|interval| (interval.from_ms - start_ms, interval.to_ms - start_ms)).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use analyzer_wasm::report::{Interval, Source};

    use super::*;
    use crate::state::samples::overview;

    #[test]
    fn only_speaking_counts_from_the_start_of_the_conference() {
        let mut one = overview("call", &["a", "b"]);
        one.conference.start_ms = Some(1_000.0);
        let interval = |kind, from_ms, to_ms| Interval {
            kind,
            from_ms,
            to_ms,
            open: false,
            source: Source::Jvb,
            file: "f".into(),
            line: 1,
        };
        one.participants[1].activity.intervals = vec![
            interval(IntervalKind::Speaking, 2_000.0, 5_000.0),
            interval(IntervalKind::AudioMuted, 5_000.0, 6_000.0),
        ];
        assert_eq!(of_all(&one), [vec![], vec![(1_000.0, 4_000.0)]]);
    }
}
