//! Distributions of samples in bounded memory: mean and maximum are exact, percentiles are of evenly spaced samples.

use serde::{Deserialize, Serialize};

use crate::limits::MAX_DISTRIBUTION_SAMPLES;
use crate::report::Distribution;

/// Samples of one quantity. Beyond a limit only every `2^thinning`-th is kept for percentiles.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Samples {
    sum: f64,
    count: u64,
    max: f64,
    kept: Vec<f32>,
    /// Only every `2^thinning`-th sample is kept.
    thinning: u32,
}

impl Samples {
    /// Adds a sample.
    pub(super) fn add(&mut self, value: f64) {
        if self.count.trailing_zeros() >= self.thinning {
            if self.kept.len() >= MAX_DISTRIBUTION_SAMPLES {
                self.thin();
            }
            #[expect(clippy::cast_possible_truncation, reason = "seven digits are enough for a percentile")]
            self.kept.push(value as f32);
        }
        self.max = if self.count == 0 { value } else { self.max.max(value) };
        self.sum += value;
        self.count += 1;
    }

    /// Adds all samples of another collection.
    pub(super) fn merge(&mut self, others: &Self) {
        if others.count == 0 {
            return;
        }
        let mut others = others.clone();
        while self.thinning != others.thinning {
            if self.thinning < others.thinning { self.thin() } else { others.thin() }
        }
        self.max = if self.count == 0 { others.max } else { self.max.max(others.max) };
        self.sum += others.sum;
        self.count += others.count;
        self.kept.append(&mut others.kept);
        while self.kept.len() > MAX_DISTRIBUTION_SAMPLES {
            self.thin();
        }
    }

    /// Keeps every other sample.
    fn thin(&mut self) {
        self.kept = self.kept.iter().copied().step_by(2).collect();
        self.thinning += 1;
    }

    /// The mean of all samples; `None` without any.
    #[expect(clippy::cast_precision_loss, reason = "a count of samples")]
    pub(super) fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / self.count as f64)
    }

    /// The median of the kept samples.
    pub(super) fn median(&self) -> Option<f64> {
        self.distribution().map(|distribution| distribution.p50)
    }

    /// The distribution; `None` without any sample.
    pub(super) fn distribution(&self) -> Option<Distribution> {
        let mut sorted = self.kept.clone();
        sorted.sort_by(f32::total_cmp);
        Some(Distribution {
            mean: self.mean()?,
            p50: nearest_rank(&sorted, 50)?,
            p95: nearest_rank(&sorted, 95)?,
            max: self.max,
        })
    }
}

/// The percentile by nearest rank: the smallest sample that at least `percent` of the samples do not exceed.
fn nearest_rank(sorted: &[f32], percent: usize) -> Option<f64> {
    let rank = (sorted.len() * percent).div_ceil(100);
    let value = f64::from(*sorted.get(rank.saturating_sub(1))?);
    // Round to the decimal before the conversion to `f32`: 41.1, not 41.099998.
    Some((value * 1e4).round() / 1e4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_by_nearest_rank() {
        let mut samples = Samples::default();
        for value in (1..=100).rev() {
            samples.add(f64::from(value));
        }
        assert_eq!(
            samples.distribution(),
            Some(Distribution { mean: 50.5, p50: 50.0, p95: 95.0, max: 100.0 })
        );
        assert_eq!(Samples::default().distribution(), None);
    }

    #[test]
    fn merged_samples_equal_samples_collected_together() {
        let collect = |range: std::ops::Range<i32>| {
            let mut samples = Samples::default();
            range.for_each(|value| samples.add(f64::from(value)));
            samples
        };
        let mut merged = collect(1..41);
        merged.merge(&collect(41..101));
        merged.merge(&Samples::default());
        assert_eq!(merged.distribution(), collect(1..101).distribution());
        let mut uneven = collect(0..100_000);
        uneven.merge(&collect(0..10));
        assert!(uneven.kept.len() <= MAX_DISTRIBUTION_SAMPLES);
        assert_eq!(uneven.count, 100_010);
    }

    #[test]
    fn many_samples_are_thinned_evenly() {
        let mut samples = Samples::default();
        for value in 0..100_000 {
            samples.add(f64::from(value));
        }
        let distribution = samples.distribution().unwrap();
        assert!(samples.kept.len() <= MAX_DISTRIBUTION_SAMPLES);
        assert_eq!((distribution.mean, distribution.max), (49_999.5, 99_999.0));
        assert!(
            (distribution.p50 - 50_000.0).abs() < 100.0 && (distribution.p95 - 95_000.0).abs() < 100.0,
            "{distribution:?}"
        );
    }
}
