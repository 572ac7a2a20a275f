//! The best source of each moment: what the first tells not, the next may.

use super::source::{ObservedInterval, Presence, SourceIntervals};
use crate::report::Source;

/// The spans of a presence, by time, each with its source.
pub(super) fn cover(
    presence: &Presence,
    mut sources: Vec<SourceIntervals>,
) -> Vec<(Source, ObservedInterval)> {
    sources.sort_by(|a, b| a.source.cmp(&b.source).then(b.weight.cmp(&a.weight)));
    let mut unknown = vec![(presence.from_ms, presence.to_ms)];
    let mut covered: Vec<(Source, ObservedInterval)> = Vec::new();
    for source_intervals in &sources {
        for (from_ms, to_ms) in &unknown {
            let within = source_intervals.spans.iter().map(|span| ObservedInterval {
                from_ms: span.from_ms.max(*from_ms),
                to_ms: span.to_ms.min(*to_ms),
                ..*span
            });
            covered.extend(
                within.filter(|span| span.from_ms < span.to_ms).map(|span| (source_intervals.source, span)),
            );
        }
        unknown = without(&unknown, source_intervals.from_ms, source_intervals.to_ms);
    }
    covered.sort_by(|(_, a), (_, b)| a.from_ms.total_cmp(&b.from_ms));
    joined(covered)
}

/// Stretches without the middle of them that is covered.
fn without(stretches: &[(f64, f64)], from_ms: f64, to_ms: f64) -> Vec<(f64, f64)> {
    let parts = stretches.iter().flat_map(|(from, to)| [(*from, to.min(from_ms)), (from.max(to_ms), *to)]);
    parts.filter(|(from, to)| from < to).collect()
}

/// One span where one source' ends and the next one's begins in the same moment.
fn joined(covered: Vec<(Source, ObservedInterval)>) -> Vec<(Source, ObservedInterval)> {
    let mut joined: Vec<(Source, ObservedInterval)> = Vec::new();
    for (source, span) in covered {
        match joined.last_mut() {
            Some((_, last)) if last.to_ms == span.from_ms => {
                last.to_ms = span.to_ms;
                last.open = span.open;
            }
            _ => joined.push((source, span)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source_intervals(source: Source, from_ms: f64, to_ms: f64, spans: &[(f64, f64)]) -> SourceIntervals {
        let span = |(from_ms, to_ms): &(f64, f64)| ObservedInterval {
            from_ms: *from_ms,
            to_ms: *to_ms,
            open: false,
            dump: 0,
            line: 1,
        };
        SourceIntervals {
            source,
            from_ms,
            to_ms,
            spans: spans.iter().map(span).collect(),
            weight: spans.len(),
        }
    }

    #[test]
    fn a_lesser_witness_is_heard_of_times_that_no_better_one_tells() {
        let presence = Presence { participant: 0, dump: Some(0), from_ms: 0.0, to_ms: 100.0 };
        let sources = vec![
            source_intervals(Source::Client, 0.0, 100.0, &[(5.0, 60.0), (90.0, 100.0)]),
            source_intervals(Source::Own, 40.0, 80.0, &[(50.0, 55.0)]),
            source_intervals(Source::Client, 0.0, 10.0, &[(0.0, 10.0)]),
        ];
        let spans: Vec<_> = cover(&presence, sources)
            .into_iter()
            .map(|(source, span)| (source, span.from_ms, span.to_ms))
            .collect();
        assert_eq!(
            spans,
            [(Source::Client, 5.0, 40.0), (Source::Own, 50.0, 55.0), (Source::Client, 90.0, 100.0)]
        );
    }
}
