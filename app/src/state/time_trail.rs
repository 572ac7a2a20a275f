//! The history of time windows that were shown.

use super::time_window::TimeWindow;

/// The length of the history.
const MOST_STEPS: usize = 50;

/// What changed the window. Several zooms or several pans in a row are one step of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// A window was selected by dragging.
    Select,
    /// The whole call was shown.
    Whole,
    /// A zoom by wheel, key or pinch.
    Zoom,
    /// A pan by wheel, key or drag.
    Pan,
}

/// Earlier windows, the most recent one last; `None` is the whole call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trail {
    left: Vec<Option<TimeWindow>>,
    last: Option<(Gesture, Option<TimeWindow>)>,
}

impl Trail {
    /// Records that a gesture replaces the window `now` by `next`.
    pub fn note(&mut self, gesture: Gesture, now: Option<TimeWindow>, next: Option<TimeWindow>) {
        let goes_on = matches!(gesture, Gesture::Zoom | Gesture::Pan) && self.last == Some((gesture, now));
        if now != next && !goes_on {
            self.left.push(now);
            if self.left.len() > MOST_STEPS {
                self.left.remove(0);
            }
        }
        self.last = Some((gesture, next));
    }

    /// Removes the last step and gives the window before it.
    pub fn back(&mut self) -> Option<Option<TimeWindow>> {
        self.last = None;
        self.left.pop()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(from_ms: f64) -> Option<TimeWindow> {
        TimeWindow::new(from_ms, from_ms + 1_000.0)
    }

    #[test]
    fn zooms_in_a_row_are_one_step_and_each_selection_is_one() {
        let mut trail = Trail::default();
        trail.note(Gesture::Zoom, None, window(1.0));
        trail.note(Gesture::Zoom, window(1.0), window(2.0));
        trail.note(Gesture::Select, window(2.0), window(3.0));
        trail.note(Gesture::Select, window(3.0), window(4.0));
        assert_eq!(trail.back(), Some(window(3.0)));
        assert_eq!(trail.back(), Some(window(2.0)));
        assert_eq!(trail.back(), Some(None));
        assert_eq!(trail.back(), None);
    }

    #[test]
    fn a_window_that_was_set_otherwise_starts_a_new_step() {
        let mut trail = Trail::default();
        trail.note(Gesture::Pan, None, window(1.0));
        trail.note(Gesture::Pan, window(7.0), window(8.0));
        assert_eq!((trail.back(), trail.back()), (Some(window(7.0)), Some(None)));
    }

    #[test]
    fn unchanged_windows_are_no_step_and_the_history_is_limited() {
        let mut trail = Trail::default();
        trail.note(Gesture::Whole, None, None);
        assert_eq!(trail.back(), None);
        (0..200).for_each(|at| trail.note(Gesture::Select, window(f64::from(at)), window(f64::from(at + 1))));
        assert_eq!(std::iter::from_fn(|| trail.back()).count(), MOST_STEPS);
    }
}
