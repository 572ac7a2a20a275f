//! How much of a dump's series is kept: means and variances need every value, a hostile file has no end of them.

use crate::limits::MAX_FEATURE_VALUES;

/// What is left to keep.
#[derive(Debug)]
pub(super) struct Budget {
    left: usize,
    exceeded: bool,
}

impl Default for Budget {
    fn default() -> Self {
        Self { left: MAX_FEATURE_VALUES, exceeded: false }
    }
}

impl Budget {
    /// Keeps a value, if there is room.
    pub(super) fn push(&mut self, series: &mut Vec<f64>, value: f64) {
        if self.left == 0 {
            self.exceed();
        } else {
            self.left -= 1;
            series.push(value);
        }
    }

    /// Notes that something was not kept.
    pub(super) fn exceed(&mut self) {
        self.exceeded = true;
    }

    /// Whether something was not kept since the last time this was asked.
    pub(super) fn take_exceeded(&mut self) -> bool {
        std::mem::take(&mut self.exceeded)
    }
}
