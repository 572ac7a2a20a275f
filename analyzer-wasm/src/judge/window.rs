//! Finds the spans in which a ratio exceeds a limit, by a sliding window.

use super::samples::Poll;
use crate::time_span::TimeSpan;

/// The shortest window, and the time below the limit that ends a span.
const WINDOW_MS: f64 = 10_000.0;

/// Shorter spans are left out.
const SHORTEST_MS: f64 = 5_000.0;

/// The degraded amount and the total of one poll: lost and expected packets, or frozen and elapsed milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sample {
    pub(super) poll: Poll,
    pub(super) amount: f64,
    pub(super) total: f64,
}

/// The conditions that open a span.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    /// The least ratio of amount to total.
    pub(super) warning: f64,
    /// The least total in a window: the ratio of few packets is not significant.
    pub(super) least_total: f64,
    /// Median time between polls.
    pub(super) poll_ms: f64,
}

/// A span of time in which a ratio exceeded its limit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DegradedSpan {
    pub(super) span: TimeSpan,
    /// Amount ÷ total over the whole span.
    pub(super) ratio: f64,
    /// The lines of the first, the worst and the last sample.
    pub(super) lines: Vec<u64>,
}

/// The spans in which the ratio over a sliding window reached the limit.
///
/// The window is 10 s long, or two polls if that is longer. A span starts with the first sample above the limit in the
/// first window that reached it, and ends with the last sample above the limit that no other one follows within 10 s (or
/// one poll, if that is longer). Spans shorter than 5 s are left out.
pub(super) fn degraded_spans(samples: &[Sample], limit: Limit) -> Vec<DegradedSpan> {
    let window_ms = WINDOW_MS.max(2.0 * limit.poll_ms);
    let pause_ms = WINDOW_MS.max(limit.poll_ms);
    let exceeds = |sample: &Sample| sample.total > 0.0 && sample.amount / sample.total >= limit.warning;
    let sums = Sums::of(samples);
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for (end, sample) in samples.iter().enumerate() {
        let is_before = |first: &Sample| first.poll.span.from_ms < sample.poll.span.to_ms - window_ms;
        while start < end && samples.get(start).is_some_and(is_before) {
            start += 1;
        }
        let (amount, total) = sums.between(start, end);
        let covered_ms =
            samples.get(start).map_or(0.0, |first| sample.poll.span.to_ms - first.poll.span.from_ms);
        let enough = covered_ms >= SHORTEST_MS && total >= limit.least_total && total > 0.0;
        let opened = enough && amount / total >= limit.warning;
        // Single samples above the limit do not continue a span if its ratio falls below half of the limit.
        let continues = found.last().is_some_and(|(first, last)| {
            let near = samples
                .get(*last)
                .is_some_and(|last| sample.poll.span.from_ms - last.poll.span.to_ms < pause_ms);
            near && sums.ratio(*first, end) >= limit.warning / 2.0
        });
        if exceeds(sample) && continues {
            if let Some(last) = found.last_mut() {
                last.1 = end;
            }
        } else if opened {
            let exceeding =
                || samples.iter().enumerate().take(end + 1).skip(start).filter(|(_, sample)| exceeds(sample));
            let after = found.last().map_or(0, |(_, last)| last + 1);
            let first = exceeding().map(|(index, _)| index).find(|index| *index >= after);
            let last = exceeding().map(|(index, _)| index).next_back();
            if let (Some(first), Some(last)) = (first, last) {
                found.push((first, last));
            }
        }
    }
    let found = found.into_iter().filter_map(|(first, last)| span_of(samples.get(first..=last)?));
    found.filter(|found| found.span.duration_ms() >= SHORTEST_MS).collect()
}

/// Running sums, for the ratio between any two samples.
struct Sums(Vec<(f64, f64)>);

impl Sums {
    fn of(samples: &[Sample]) -> Self {
        let mut sum = (0.0, 0.0);
        let running = samples.iter().map(|sample| {
            sum = (sum.0 + sample.amount, sum.1 + sample.total);
            sum
        });
        Self(std::iter::once((0.0, 0.0)).chain(running).collect())
    }

    /// Amount and total, both ends included.
    fn between(&self, first: usize, last: usize) -> (f64, f64) {
        let ends = self.0.get(first).zip(self.0.get(last + 1));
        ends.map_or((0.0, 0.0), |(before, until)| (until.0 - before.0, until.1 - before.1))
    }

    fn ratio(&self, first: usize, last: usize) -> f64 {
        let (amount, total) = self.between(first, last);
        if total > 0.0 { amount / total } else { 0.0 }
    }
}

/// The span from the first to the last sample, with its ratio and lines.
fn span_of(samples: &[Sample]) -> Option<DegradedSpan> {
    let (first, last) = (samples.first()?, samples.last()?);
    let worst = samples.iter().max_by(|a, b| (a.amount / a.total).total_cmp(&(b.amount / b.total)))?;
    let total: f64 = samples.iter().map(|sample| sample.total).sum();
    let amount: f64 = samples.iter().map(|sample| sample.amount).sum();
    let mut lines = vec![first.poll.line, worst.poll.line, last.poll.line];
    lines.sort_unstable();
    lines.dedup();
    let span = TimeSpan::new(first.poll.span.from_ms, last.poll.span.to_ms);
    Some(DegradedSpan { span, ratio: amount / total, lines })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Samples of one second each, of 100 packets.
    fn seconds(lost: impl IntoIterator<Item = f64>) -> Vec<Sample> {
        let sample = |(second, amount)| {
            let from_ms = 1_000.0 * second as f64;
            let poll = Poll { span: TimeSpan::new(from_ms, from_ms + 1_000.0), line: second as u64 + 1 };
            Sample { poll, amount, total: 100.0 }
        };
        lost.into_iter().enumerate().map(sample).collect()
    }

    const LIMIT: Limit = Limit { warning: 0.05, least_total: 50.0, poll_ms: 1_000.0 };

    fn spans(samples: &[Sample]) -> Vec<TimeSpan> {
        degraded_spans(samples, LIMIT).iter().map(|found| found.span).collect()
    }

    #[test]
    fn a_span_is_from_the_first_sample_above_the_limit_to_the_last() {
        let lost = |second| if (20..45).contains(&second) { 10.0 } else { 0.0 };
        assert_eq!(spans(&seconds((0..90).map(lost))), [TimeSpan::new(20_000.0, 45_000.0)]);
        let found = degraded_spans(&seconds((0..90).map(lost)), LIMIT);
        assert_eq!((found[0].ratio, found[0].lines.as_slice()), (0.1, [21, 45].as_slice()));
    }

    #[test]
    fn short_pauses_do_not_end_a_span_and_long_ones_do() {
        let lost = |second| if matches!(second, 20..25 | 30..35 | 60..66) { 20.0 } else { 0.0 };
        assert_eq!(
            spans(&seconds((0..90).map(lost))),
            [TimeSpan::new(20_000.0, 35_000.0), TimeSpan::new(60_000.0, 66_000.0)]
        );
    }

    #[test]
    fn noise_and_single_losses_open_nothing() {
        let noise = |second| if second % 7 == 0 { 6.0 } else { 1.0 };
        assert_eq!(spans(&seconds((0..90).map(noise))), []);
        let few = Sample { total: 10.0, amount: 3.0, ..seconds([0.0])[0] };
        assert_eq!(degraded_spans(&[few], LIMIT), []);
    }
}
