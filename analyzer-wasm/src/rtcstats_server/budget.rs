//! The limit of the values that are kept for means and variances, which need every value of a dump.

use crate::limits::MAX_FEATURE_VALUES;

/// How many more values may be kept.
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
    /// Adds a value to a series unless the limit is reached.
    pub(super) fn push(&mut self, series: &mut Vec<f64>, value: f64) {
        if self.left == 0 {
            self.exceed();
        } else {
            self.left -= 1;
            series.push(value);
        }
    }

    /// Notes that a value was not kept.
    pub(super) fn exceed(&mut self) {
        self.exceeded = true;
    }

    /// Whether a value was not kept since the last call.
    pub(super) fn take_exceeded(&mut self) -> bool {
        std::mem::take(&mut self.exceeded)
    }
}
