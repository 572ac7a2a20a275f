//! Overlap of presences, with a tolerance for the error of clocks.

use crate::time_span::TimeSpan;

/// The error of clocks, ms: presences that overlap by less than this are taken as consecutive.
pub(super) const TOLERANCE_MS: f64 = 2_000.0;

/// Whether two spans overlap by more than the tolerance, or one is shorter than the tolerance and touches the other.
pub(super) fn overlap(a: TimeSpan, b: TimeSpan) -> bool {
    let common_ms = a.to_ms.min(b.to_ms) - a.from_ms.max(b.from_ms);
    common_ms > TOLERANCE_MS || (common_ms >= 0.0 && a.duration_ms().min(b.duration_ms()) <= TOLERANCE_MS)
}
