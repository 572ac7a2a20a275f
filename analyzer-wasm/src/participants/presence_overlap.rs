//! Overlap of presences, with a tolerance for the error of clocks.

use crate::time_span::TimeSpan;

/// Presences that overlap by less than this follow one another, since clocks are not exact, ms.
pub(super) const TOLERANCE_MS: f64 = 2_000.0;

/// Whether two spans overlap by more than the tolerance.
pub(super) fn overlap(a: TimeSpan, b: TimeSpan) -> bool {
    let common_ms = a.to_ms.min(b.to_ms) - a.from_ms.max(b.from_ms);
    // A span shorter than the tolerance overlaps if it touches the other one.
    common_ms > TOLERANCE_MS || (common_ms >= 0.0 && a.duration_ms().min(b.duration_ms()) <= TOLERANCE_MS)
}
