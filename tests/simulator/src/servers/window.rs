//! A sliding window over the lost and received packets of the last minute.

use std::collections::VecDeque;

/// The length of the window, in steps of a second.
const STEPS: usize = 60;

/// Lost and received packets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Loss {
    pub(super) lost: u64,
    pub(super) received: u64,
}

/// A sliding window of one minute.
#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    steps: VecDeque<Loss>,
    sum: Loss,
}

impl Window {
    /// Adds a step and removes the one that is a minute old.
    pub(super) fn push(&mut self, step: Loss) {
        self.sum.lost += step.lost;
        self.sum.received += step.received;
        self.steps.push_back(step);
        if self.steps.len() > STEPS
            && let Some(old) = self.steps.pop_front()
        {
            self.sum.lost -= old.lost;
            self.sum.received -= old.received;
        }
    }

    /// The sum over the window.
    pub(super) fn sum(&self) -> Loss {
        self.sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_older_than_a_minute_is_forgotten() {
        let mut window = Window::default();
        window.push(Loss { lost: 7, received: 100 });
        for _ in 0..59 {
            window.push(Loss { lost: 0, received: 50 });
        }
        assert_eq!(window.sum(), Loss { lost: 7, received: 100 + 59 * 50 });
        window.push(Loss::default());
        assert_eq!(window.sum(), Loss { lost: 0, received: 59 * 50 });
    }
}
