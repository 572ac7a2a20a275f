//! What was lost and what came in the last minute: bridges forget the rest.

use std::collections::VecDeque;

/// How far a bridge looks back, in steps of a second.
const STEPS: usize = 60;

/// Packets of the last minute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Loss {
    pub(super) lost: u64,
    pub(super) received: u64,
}

/// A window of a minute that slides.
#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    steps: VecDeque<Loss>,
    sum: Loss,
}

impl Window {
    /// Adds a step, and forgets the one that is a minute old.
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

    /// What it holds.
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
