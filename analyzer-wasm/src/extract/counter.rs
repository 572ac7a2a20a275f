//! Cumulative counters over polls: the increase between polls, across resets, 32-bit wraps and corrections.

use serde::{Deserialize, Serialize};

/// A 32-bit counter that falls from above this value to near zero has wrapped.
const WRAP_FROM: f64 = 2_147_483_648.0;
/// The upper bound of "near zero".
const WRAP_TO: f64 = 16_777_216.0;
const TWO_POW_32: f64 = 4_294_967_296.0;

/// A counter that only grows.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Counter {
    last: Option<f64>,
    carried: f64,
}

/// What a new value means, compared with the value before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
    /// It is the first value, or the first after a reset: the increase is unknown.
    First,
    /// It increased by this much.
    By(f64),
    /// It fell: a reset, if the other counter of the stream (packets and bytes) fell as well.
    Fell,
    /// It jumped to just below 2^32: a negative number that was written as unsigned.
    Artefact,
}

impl Counter {
    /// What this value means; the counter does not change.
    pub(super) fn step(&self, value: f64) -> Step {
        let artefact = |last: f64| last < WRAP_FROM && value > TWO_POW_32 - WRAP_TO && value < TWO_POW_32;
        match self.last {
            _ if artefact(self.last.unwrap_or(0.0)) => Step::Artefact,
            None => Step::First,
            Some(last) if value >= last => Step::By(value - last),
            Some(last) if last > WRAP_FROM && last < TWO_POW_32 && value < WRAP_TO => {
                Step::By(value + TWO_POW_32 - last)
            }
            Some(_) => Step::Fell,
        }
    }

    /// Stores the value and returns the increase: 0 where only this counter fell, `None` where it is unknown.
    pub(super) fn take(&mut self, value: f64) -> Option<f64> {
        let step = self.step(value);
        match (step, self.last) {
            (Step::Artefact, _) => return None,
            // After a wrap or a fall the total continues from its last value.
            (Step::By(increase), Some(last)) if value < last => self.carried += last + increase - value,
            (Step::Fell, Some(last)) => self.carried += last - value,
            _ => {}
        }
        self.last = Some(value);
        match step {
            Step::By(increase) => Some(increase),
            Step::Fell => Some(0.0),
            Step::First | Step::Artefact => None,
        }
    }

    /// Notes that the source has restarted at zero.
    pub(super) fn restart(&mut self) {
        self.carried += self.last.take().unwrap_or(0.0);
    }

    /// The total over all restarts; `None` without any value.
    pub(super) fn total(&self) -> Option<f64> {
        match (self.last, self.carried) {
            (None, 0.0) => None,
            (last, carried) => Some(carried + last.unwrap_or(0.0)),
        }
    }
}

/// The counter `packetsLost`. It is signed and falls when packets that were counted as lost arrive late (RFC 3550,
/// A.3). A fall is deducted from later losses, so that the loss of an interval is never negative and the sum is right.
#[derive(Debug, Default)]
pub(super) struct LossCounter {
    last: Option<f64>,
    carried: f64,
    /// Zero or negative: late packets that are not yet deducted from a loss.
    late: f64,
}

impl LossCounter {
    /// Stores the value and returns the packets lost since the value before, at least 0; `None` for the first value.
    pub(super) fn take(&mut self, value: f64) -> Option<f64> {
        let last = self.last.replace(value)?;
        let net = value - last + self.late;
        self.late = net.min(0.0);
        Some(net.max(0.0))
    }

    /// Notes that the source has restarted at zero.
    pub(super) fn restart(&mut self) {
        self.carried += self.last.take().unwrap_or(0.0);
        self.late = 0.0;
    }

    /// The packets lost in total, at least 0; `None` without any value.
    pub(super) fn total(&self) -> Option<f64> {
        match (self.last, self.carried) {
            (None, 0.0) => None,
            (last, carried) => Some((carried + last.unwrap_or(0.0)).max(0.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_wrapped_counter_continues() {
        let mut counter = Counter::default();
        assert_eq!(counter.take(4_294_967_000.0), None, "an artefact: nothing was counted before it");
        let mut counter = Counter { last: Some(4_294_967_000.0), carried: 0.0 };
        assert_eq!(counter.take(704.0), Some(1_000.0));
        assert_eq!(counter.total(), Some(4_294_968_000.0));
    }

    #[test]
    fn a_reset_keeps_the_total() {
        let mut counter = Counter::default();
        assert_eq!(counter.take(100.0), None);
        assert_eq!(counter.step(5.0), Step::Fell);
        counter.restart();
        assert_eq!((counter.take(5.0), counter.total()), (None, Some(105.0)));
        assert_eq!((counter.take(8.0), counter.total()), (Some(3.0), Some(108.0)));
    }

    #[test]
    fn a_negative_number_written_as_unsigned_is_no_sample() {
        let mut counter = Counter::default();
        counter.take(50.0);
        assert_eq!(counter.step(4_294_906_587.0), Step::Artefact);
        assert_eq!((counter.take(4_294_906_587.0), counter.total()), (None, Some(50.0)));
        assert_eq!(counter.take(60.0), Some(10.0));
    }

    #[test]
    fn late_packets_are_deducted_from_later_losses() {
        let mut lost = LossCounter::default();
        let steps: Vec<_> = [0.0, 10.0, 7.0, 9.0, 12.0].map(|value| lost.take(value)).into();
        assert_eq!(steps, [None, Some(10.0), Some(0.0), Some(0.0), Some(2.0)]);
        assert_eq!(lost.total(), Some(12.0));
    }

    proptest! {
        #[test]
        fn increases_add_up_to_the_total(first in 0_u32..1_000, steps in prop::collection::vec(0_u32..100_000, 0..50)) {
            let mut counter = Counter::default();
            let mut value = f64::from(first);
            counter.take(value);
            let mut sum = value;
            for step in steps {
                value += f64::from(step);
                sum += counter.take(value).unwrap();
            }
            prop_assert_eq!(counter.total(), Some(sum));
        }

        #[test]
        fn interval_losses_are_never_negative(values in prop::collection::vec(-50_i32..1_000, 1..50)) {
            let mut lost = LossCounter::default();
            for value in values {
                prop_assert!(lost.take(f64::from(value)).is_none_or(|step| step >= 0.0));
            }
        }
    }
}
