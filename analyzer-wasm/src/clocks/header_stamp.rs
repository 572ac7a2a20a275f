//! Maps each dump's clock to the server's.
//!
//! The server stamps a dump's header. Entries around it were buffered at the client, so the stamp only bounds
//! the offset: it lies between (stamp − last entry) and (stamp − first entry). Where 0 fits, the clocks are
//! taken to agree, by an unknown residual.

use crate::extract::Extract;
use crate::report::Clock;

/// Beyond this a stamp was not made when the dump was written.
pub(crate) const RESTAMPED_MS: f64 = 86_400_000.0;

/// The dump's clock.
pub(crate) fn header_clock(extract: &Extract) -> Clock {
    let clock = |offset_ms, method: &str| Clock { offset_ms, method: method.to_owned(), ..Clock::default() };
    match offset_bounds(extract) {
        None => clock(0.0, "none"),
        Some(_) if is_restamped(extract) => clock(0.0, "none"),
        Some((low, high)) if low <= 0.0 && 0.0 <= high => clock(0.0, "server-stamp"),
        Some((low, high)) => clock(0.0_f64.clamp(low, high), "server-stamp-bound"),
    }
}

/// Whether the header's stamp is so far off that somebody stamped it anew.
pub(crate) fn is_restamped(extract: &Extract) -> bool {
    offset_bounds(extract).is_some_and(|bounds| !is_plausible(&bounds))
}

/// Whether bounds can come from a stamp that was made when the dump was written.
pub(crate) fn is_plausible(&(low, high): &(f64, f64)) -> bool {
    low <= RESTAMPED_MS && high >= -RESTAMPED_MS
}

/// What may be added to the dump's times, at least and at most.
pub(crate) fn offset_bounds(extract: &Extract) -> Option<(f64, f64)> {
    let span = extract.span?;
    let stamp = extract.server_stamp_ms?;
    Some((stamp - span.to_ms, stamp - span.from_ms))
}
