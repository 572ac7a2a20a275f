//! Combines the intervals of several sources: at each moment the best source that covers it counts.

use super::source::{ObservedInterval, Presence, SourceIntervals};
use crate::report::Source;
use crate::time_span::TimeSpan;

/// The intervals of a presence in order of time, each with its source.
pub(super) fn cover(
    presence: &Presence,
    mut sources: Vec<SourceIntervals>,
) -> Vec<(Source, ObservedInterval)> {
    sources.sort_by(|a, b| a.source.cmp(&b.source).then(b.weight.cmp(&a.weight)));
    let mut uncovered = vec![TimeSpan::new(presence.from_ms, presence.to_ms)];
    let mut covered: Vec<(Source, ObservedInterval)> = Vec::new();
    for source_intervals in &sources {
        for TimeSpan { from_ms, to_ms } in &uncovered {
            let within = source_intervals.spans.iter().map(|span| ObservedInterval {
                from_ms: span.from_ms.max(*from_ms),
                to_ms: span.to_ms.min(*to_ms),
                ..*span
            });
            covered.extend(
                within.filter(|span| span.from_ms < span.to_ms).map(|span| (source_intervals.source, span)),
            );
        }
        uncovered = without(&uncovered, source_intervals.from_ms, source_intervals.to_ms);
    }
    covered.sort_by(|(_, a), (_, b)| a.from_ms.total_cmp(&b.from_ms));
    joined(covered)
}

/// The parts of spans outside the covered one.
fn without(spans: &[TimeSpan], from_ms: f64, to_ms: f64) -> Vec<TimeSpan> {
    let parts = spans.iter().flat_map(|span| {
        [
            TimeSpan::new(span.from_ms, span.to_ms.min(from_ms)),
            TimeSpan::new(span.from_ms.max(to_ms), span.to_ms),
        ]
    });
    parts.filter(|part| part.from_ms < part.to_ms).collect()
}

/// Joins intervals of which one begins at the moment in which the one before ends.
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

    fn source_intervals(source: Source, from_ms: f64, to_ms: f64, spans: &[TimeSpan]) -> SourceIntervals {
        let span = |span: &TimeSpan| ObservedInterval {
            from_ms: span.from_ms,
            to_ms: span.to_ms,
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
    fn a_source_fills_in_the_times_that_better_sources_do_not_cover() {
        let span = TimeSpan::new;
        let presence = Presence { participant: 0, dump: Some(0), from_ms: 0.0, to_ms: 100.0 };
        let sources = vec![
            source_intervals(Source::Client, 0.0, 100.0, &[span(5.0, 60.0), span(90.0, 100.0)]),
            source_intervals(Source::Own, 40.0, 80.0, &[span(50.0, 55.0)]),
            source_intervals(Source::Client, 0.0, 10.0, &[span(0.0, 10.0)]),
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
