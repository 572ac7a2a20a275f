//! Who spoke when, as the best witness tells of each. Pure.

use analyzer_wasm::report::IntervalKind;
use analyzer_wasm::wire::Overview;

/// Stretches in which each participant was the dominant speaker, in ms after the call's start, in the conference's
/// order.
pub(super) fn of_all(overview: &Overview) -> Vec<Vec<(f64, f64)>> {
    let start_ms = overview.conference.start_ms.unwrap_or(0.0);
    let people = overview.participants.iter();
    people
        .map(|person| {
            let intervals = person.activity.intervals.iter();
            let spoken = intervals.filter(|interval| interval.kind == IntervalKind::Speaking);
            spoken.map(|interval| (interval.from_ms - start_ms, interval.to_ms - start_ms)).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use analyzer_wasm::report::{Interval, Source};

    use super::*;
    use crate::state::samples::overview;

    #[test]
    fn speaking_is_told_after_the_calls_start_and_muting_is_not() {
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
