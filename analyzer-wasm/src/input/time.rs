//! Which times an entry can have.

/// 2011-01-01T00:00:00Z: WebRTC was published in May 2011.
const FIRST_MS: f64 = 1_293_840_000_000.0;
/// 2100-01-01T00:00:00Z.
const END_MS: f64 = 4_102_444_800_000.0;

/// Whether epoch milliseconds can be the time of a call's entry. Times since the page was opened cannot, nor can
/// seconds or microseconds.
pub(super) fn is_plausible(epoch_ms: f64) -> bool {
    (FIRST_MS..END_MS).contains(&epoch_ms)
}
