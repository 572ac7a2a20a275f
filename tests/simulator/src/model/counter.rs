//! A cumulative counter that a poll may read in the middle of a step.

/// An instant of the model: a step of one second, and how much of it has passed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Moment {
    pub(crate) step: u32,
    pub(crate) part: f64,
}

/// A sum that increases in each step.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counter {
    total: f64,
    grown: f64,
    step: u32,
}

impl Counter {
    /// Adds to the increase of a step.
    pub(crate) fn add(&mut self, step: u32, amount: impl Into<f64>) {
        let amount = amount.into();
        if self.step != step {
            self.step = step;
            self.grown = 0.0;
        }
        self.grown += amount;
        self.total += amount;
    }

    /// The sum after the last step.
    pub(crate) fn total(&self) -> f64 {
        self.total
    }

    /// The sum as a whole number, as it stands at a moment.
    pub(crate) fn whole(&self, at: Moment) -> i64 {
        if self.step == at.step {
            (self.total - self.grown) as i64 + (self.grown * at.part).floor() as i64
        } else {
            self.total as i64
        }
    }

    /// The sum at a moment, to the millionth.
    pub(crate) fn real(&self, at: Moment) -> f64 {
        let sum = if self.step == at.step { self.total - self.grown * (1.0 - at.part) } else { self.total };
        (sum * 1e6).round() / 1e6
    }
}

/// Missing packets, which the receiver detects when a later packet arrives.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Gap {
    lost: Counter,
    unseen: u32,
    late: u32,
}

impl Gap {
    /// Takes a step: how many arrived, how many did not. `forgets` is for receivers that take a long gap for a
    /// new beginning.
    pub(crate) fn step(&mut self, step: u32, arrived: u32, missing: u32, forgets: bool) {
        if arrived == 0 {
            self.unseen += missing;
            return;
        }
        let unseen = std::mem::take(&mut self.unseen);
        let booked = if forgets && unseen > 250 { missing } else { unseen + missing };
        self.lost.add(step, booked);
    }

    /// Packets missing until now are never reported.
    pub(crate) fn forget(&mut self) {
        self.unseen = 0;
    }

    /// Some packets of a step arrive in the next one: until then they count as lost.
    pub(crate) fn delay(&mut self, step: u32, packets: u32) {
        self.late += packets;
        self.lost.add(step, packets);
    }

    /// The late packets have arrived.
    pub(crate) fn catch_up(&mut self, step: u32) -> u32 {
        let late = std::mem::take(&mut self.late);
        self.lost.add(step, -f64::from(late));
        late
    }

    /// The packets counted as lost.
    pub(crate) fn lost(&self) -> &Counter {
        &self.lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poll_sees_the_part_of_a_step_that_has_passed() {
        let mut sum = Counter::default();
        sum.add(0, 10);
        sum.add(1, 5);
        let at = |step, part| sum.whole(Moment { step, part });
        assert_eq!((at(1, 0.0), at(1, 0.5), at(1, 0.99), at(2, 0.5)), (10, 12, 14, 15));
    }

    #[test]
    fn a_gap_is_seen_when_packets_come_again() {
        let mut gap = Gap::default();
        gap.step(0, 10, 1, false);
        gap.step(1, 0, 20, false);
        assert_eq!(gap.lost().total(), 1.0);
        gap.step(2, 5, 0, false);
        assert_eq!(gap.lost().total(), 21.0);
        gap.step(3, 0, 300, true);
        gap.step(4, 5, 2, true);
        assert_eq!(gap.lost().total(), 23.0, "a long gap of audio is a new beginning");
    }
}
