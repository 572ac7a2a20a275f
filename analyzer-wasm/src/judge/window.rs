//! Stretches of trouble in a series: opened by a sliding window, closed by a while without any.

use super::samples::Poll;

/// The shortest window, and the time without trouble that ends a stretch.
const WINDOW_MS: f64 = 10_000.0;

/// What is shorter is a sample, not a stretch.
const SHORTEST_MS: f64 = 5_000.0;

/// An amount of something in the time of a poll: lost of expected packets, frozen of all milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sample {
    pub(crate) poll: Poll,
    pub(crate) amount: f64,
    pub(crate) of: f64,
}

/// What opens a stretch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    /// The ratio of amount to whole.
    pub(crate) warning: f64,
    /// The least whole that says anything.
    pub(crate) least: f64,
    /// Median time between polls.
    pub(crate) poll_ms: f64,
}

/// One stretch of trouble.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stretch {
    pub(crate) from_ms: f64,
    pub(crate) to_ms: f64,
    /// Amount ÷ whole from end to end.
    pub(crate) ratio: f64,
    /// The lines that show it: the first, the worst and the last.
    pub(crate) lines: Vec<u64>,
}

impl Stretch {
    pub(crate) fn overlaps(&self, from_ms: f64, to_ms: f64) -> bool {
        self.from_ms <= to_ms && from_ms <= self.to_ms
    }
}

/// The stretches in which the ratio over a sliding window reached the limit.
///
/// The window is 10 s, or two polls where they are longer. A stretch begins with the first bad sample of the window
/// that opened it and ends with the last bad one before 10 s (or one poll, if that is longer) without any; one of less
/// than 5 s is none.
pub(crate) fn stretches(samples: &[Sample], limit: Limit) -> Vec<Stretch> {
    let window_ms = WINDOW_MS.max(2.0 * limit.poll_ms);
    let pause_ms = WINDOW_MS.max(limit.poll_ms);
    let is_bad = |sample: &Sample| sample.of > 0.0 && sample.amount / sample.of >= limit.warning;
    let sums = Sums::of(samples);
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for (end, sample) in samples.iter().enumerate() {
        let is_before = |first: &Sample| first.poll.from_ms < sample.poll.to_ms - window_ms;
        while start < end && samples.get(start).is_some_and(is_before) {
            start += 1;
        }
        let (amount, of) = sums.between(start, end);
        let covered_ms = samples.get(start).map_or(0.0, |first| sample.poll.to_ms - first.poll.from_ms);
        let enough = covered_ms >= SHORTEST_MS && of >= limit.least && of > 0.0;
        let opened = enough && amount / of >= limit.warning;
        // Single bad samples far apart do not keep a stretch open: all of it must stay half as bad as what opens one.
        let goes_on = found.last().is_some_and(|(first, last)| {
            let near =
                samples.get(*last).is_some_and(|last| sample.poll.from_ms - last.poll.to_ms < pause_ms);
            near && sums.ratio(*first, end) >= limit.warning / 2.0
        });
        if is_bad(sample) && goes_on {
            if let Some(last) = found.last_mut() {
                last.1 = end;
            }
        } else if opened {
            let bad =
                || samples.iter().enumerate().take(end + 1).skip(start).filter(|(_, sample)| is_bad(sample));
            let after = found.last().map_or(0, |(_, last)| last + 1);
            let first = bad().map(|(index, _)| index).find(|index| *index >= after);
            let last = bad().map(|(index, _)| index).next_back();
            if let (Some(first), Some(last)) = (first, last) {
                found.push((first, last));
            }
        }
    }
    let found = found.into_iter().filter_map(|(first, last)| stretch(samples.get(first..=last)?));
    found.filter(|stretch| stretch.to_ms - stretch.from_ms >= SHORTEST_MS).collect()
}

/// Running sums, to know the ratio from any sample to any other.
struct Sums(Vec<(f64, f64)>);

impl Sums {
    fn of(samples: &[Sample]) -> Self {
        let mut sum = (0.0, 0.0);
        let running = samples.iter().map(|sample| {
            sum = (sum.0 + sample.amount, sum.1 + sample.of);
            sum
        });
        Self(std::iter::once((0.0, 0.0)).chain(running).collect())
    }

    /// Amount and whole, both ends included.
    fn between(&self, first: usize, last: usize) -> (f64, f64) {
        let ends = self.0.get(first).zip(self.0.get(last + 1));
        ends.map_or((0.0, 0.0), |(before, until)| (until.0 - before.0, until.1 - before.1))
    }

    fn ratio(&self, first: usize, last: usize) -> f64 {
        let (amount, of) = self.between(first, last);
        if of > 0.0 { amount / of } else { 0.0 }
    }
}

fn stretch(samples: &[Sample]) -> Option<Stretch> {
    let (first, last) = (samples.first()?, samples.last()?);
    let worst = samples.iter().max_by(|a, b| (a.amount / a.of).total_cmp(&(b.amount / b.of)))?;
    let of: f64 = samples.iter().map(|sample| sample.of).sum();
    let amount: f64 = samples.iter().map(|sample| sample.amount).sum();
    let mut lines = vec![first.poll.line, worst.poll.line, last.poll.line];
    lines.sort_unstable();
    lines.dedup();
    Some(Stretch { from_ms: first.poll.from_ms, to_ms: last.poll.to_ms, ratio: amount / of, lines })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Samples of one second each, of 100 packets.
    fn seconds(lost: impl IntoIterator<Item = f64>) -> Vec<Sample> {
        let sample = |(second, amount)| {
            let from_ms = 1_000.0 * second as f64;
            let poll = Poll { from_ms, to_ms: from_ms + 1_000.0, line: second as u64 + 1 };
            Sample { poll, amount, of: 100.0 }
        };
        lost.into_iter().enumerate().map(sample).collect()
    }

    const LIMIT: Limit = Limit { warning: 0.05, least: 50.0, poll_ms: 1_000.0 };

    fn spans(samples: &[Sample]) -> Vec<(f64, f64)> {
        stretches(samples, LIMIT).iter().map(|span| (span.from_ms / 1e3, span.to_ms / 1e3)).collect()
    }

    #[test]
    fn a_stretch_is_from_the_first_bad_sample_to_the_last() {
        let lost = |second| if (20..45).contains(&second) { 10.0 } else { 0.0 };
        assert_eq!(spans(&seconds((0..90).map(lost))), [(20.0, 45.0)]);
        let found = stretches(&seconds((0..90).map(lost)), LIMIT);
        assert_eq!((found[0].ratio, found[0].lines.as_slice()), (0.1, [21, 45].as_slice()));
    }

    #[test]
    fn short_pauses_do_not_end_it_and_long_ones_do() {
        let lost = |second| if matches!(second, 20..25 | 30..35 | 60..66) { 20.0 } else { 0.0 };
        assert_eq!(spans(&seconds((0..90).map(lost))), [(20.0, 35.0), (60.0, 66.0)]);
    }

    #[test]
    fn noise_and_single_losses_open_nothing() {
        let noise = |second| if second % 7 == 0 { 6.0 } else { 1.0 };
        assert_eq!(spans(&seconds((0..90).map(noise))), []);
        let few = Sample { of: 10.0, amount: 3.0, ..seconds([0.0])[0] };
        assert_eq!(stretches(&[few], LIMIT), []);
    }
}
