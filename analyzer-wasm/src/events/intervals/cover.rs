//! The best witness of each moment: what the first tells not, the next may.

use super::source::{Span, Stay, Testimony};
use crate::report::Source;

/// The spans of a stay, by time, each with its witness.
pub(super) fn cover(stay: &Stay, mut testimonies: Vec<Testimony>) -> Vec<(Source, Span)> {
    testimonies.sort_by(|a, b| a.witness.cmp(&b.witness).then(b.weight.cmp(&a.weight)));
    let mut unknown = vec![(stay.from_ms, stay.to_ms)];
    let mut told: Vec<(Source, Span)> = Vec::new();
    for testimony in &testimonies {
        for (from_ms, to_ms) in &unknown {
            let within = testimony.spans.iter().map(|span| Span {
                from_ms: span.from_ms.max(*from_ms),
                to_ms: span.to_ms.min(*to_ms),
                ..*span
            });
            told.extend(
                within.filter(|span| span.from_ms < span.to_ms).map(|span| (testimony.witness, span)),
            );
        }
        unknown = without(&unknown, testimony.from_ms, testimony.to_ms);
    }
    told.sort_by(|(_, a), (_, b)| a.from_ms.total_cmp(&b.from_ms));
    joined(told)
}

/// Stretches without the middle of them that is covered.
fn without(stretches: &[(f64, f64)], from_ms: f64, to_ms: f64) -> Vec<(f64, f64)> {
    let parts = stretches.iter().flat_map(|(from, to)| [(*from, to.min(from_ms)), (from.max(to_ms), *to)]);
    parts.filter(|(from, to)| from < to).collect()
}

/// One span where one witness' ends and the next one's begins in the same moment.
fn joined(told: Vec<(Source, Span)>) -> Vec<(Source, Span)> {
    let mut joined: Vec<(Source, Span)> = Vec::new();
    for (witness, span) in told {
        match joined.last_mut() {
            Some((_, last)) if last.to_ms == span.from_ms => {
                last.to_ms = span.to_ms;
                last.open = span.open;
            }
            _ => joined.push((witness, span)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn testimony(witness: Source, from_ms: f64, to_ms: f64, spans: &[(f64, f64)]) -> Testimony {
        let span = |(from_ms, to_ms): &(f64, f64)| Span {
            from_ms: *from_ms,
            to_ms: *to_ms,
            open: false,
            dump: 0,
            line: 1,
        };
        Testimony { witness, from_ms, to_ms, spans: spans.iter().map(span).collect(), weight: spans.len() }
    }

    #[test]
    fn a_lesser_witness_is_heard_of_times_that_no_better_one_tells() {
        let stay = Stay { person: 0, dump: Some(0), from_ms: 0.0, to_ms: 100.0 };
        let testimonies = vec![
            testimony(Source::Client, 0.0, 100.0, &[(5.0, 60.0), (90.0, 100.0)]),
            testimony(Source::Own, 40.0, 80.0, &[(50.0, 55.0)]),
            testimony(Source::Client, 0.0, 10.0, &[(0.0, 10.0)]),
        ];
        let spans: Vec<_> = cover(&stay, testimonies)
            .into_iter()
            .map(|(witness, span)| (witness, span.from_ms, span.to_ms))
            .collect();
        assert_eq!(
            spans,
            [(Source::Client, 5.0, 40.0), (Source::Own, 50.0, 55.0), (Source::Client, 90.0, 100.0)]
        );
    }
}
