//! Clock offsets by the stamp on a dump's header.
//!
//! The stats server stamps the header. The entries around it were buffered at the client, so the stamp only bounds the
//! offset: it lies between (stamp − last entry) and (stamp − first entry). Where 0 is possible, the clocks are taken to
//! agree, with an unknown residual.

use super::offset_observation::OffsetRange;
use crate::extract::Extract;
use crate::report::Clock;

/// A stamp further off than this was not made when the dump was written, ms.
pub(super) const RESTAMPED_MS: f64 = 86_400_000.0;

/// The clock of a dump by its header alone.
pub(crate) fn header_clock(extract: &Extract) -> Clock {
    let clock = |offset_ms, method: &str| Clock { offset_ms, method: method.to_owned(), ..Clock::default() };
    match offset_bounds(extract) {
        None => clock(0.0, "none"),
        Some(_) if is_restamped(extract) => clock(0.0, "none"),
        Some(bounds) if bounds.contains(0.0) => clock(0.0, "server-stamp"),
        Some(bounds) => clock(0.0_f64.clamp(bounds.low_ms, bounds.high_ms), "server-stamp-bound"),
    }
}

/// Whether the header was stamped again long after the dump was written.
pub(crate) fn is_restamped(extract: &Extract) -> bool {
    offset_bounds(extract).is_some_and(|bounds| !is_plausible(&bounds))
}

/// Whether bounds can come from a stamp that was made when the dump was written.
pub(super) fn is_plausible(bounds: &OffsetRange) -> bool {
    bounds.low_ms <= RESTAMPED_MS && bounds.high_ms >= -RESTAMPED_MS
}

/// The offsets that the stamp allows; `None` for a dump without a stamp or without times.
pub(super) fn offset_bounds(extract: &Extract) -> Option<OffsetRange> {
    let span = extract.span?;
    let stamp_ms = extract.server_stamp_ms?;
    Some(OffsetRange::new(stamp_ms - span.to_ms, stamp_ms - span.from_ms))
}
