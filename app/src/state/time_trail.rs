//! The way back through the windows that were shown.

use super::time_window::TimeWindow;

/// Earlier ones are forgotten.
const MOST_STEPS: usize = 50;

/// What changed the window. Several of one kind in a row are one step, except where each is a wish of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// A range was dragged.
    Select,
    /// The whole call was asked for.
    Whole,
    /// The wheel, a key or fingers zoomed.
    Zoom,
    /// The wheel, a key or a drag panned.
    Pan,
}

/// Windows that were left, the last one last; `None` is the whole call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trail {
    left: Vec<Option<TimeWindow>>,
    last: Option<(Gesture, Option<TimeWindow>)>,
}

impl Trail {
    /// A gesture leaves one window for another.
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

    /// The window before the last step, which is forgotten.
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
    fn a_run_of_the_wheel_is_one_step_and_each_drag_is_one() {
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
    fn a_window_that_came_from_elsewhere_begins_a_new_step() {
        let mut trail = Trail::default();
        trail.note(Gesture::Pan, None, window(1.0));
        trail.note(Gesture::Pan, window(7.0), window(8.0));
        assert_eq!((trail.back(), trail.back()), (Some(window(7.0)), Some(None)));
    }

    #[test]
    fn nothing_that_changes_nothing_is_a_step_and_the_trail_has_an_end() {
        let mut trail = Trail::default();
        trail.note(Gesture::Whole, None, None);
        assert_eq!(trail.back(), None);
        (0..200).for_each(|at| trail.note(Gesture::Select, window(f64::from(at)), window(f64::from(at + 1))));
        assert_eq!(std::iter::from_fn(|| trail.back()).count(), MOST_STEPS);
    }
}
