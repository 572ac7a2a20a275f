//! Times of a call as positions in percent of its duration. Pure.

use analyzer_wasm::wire::Overview;

/// Positions on a sheet that is as wide as the call is long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    /// The start of the conference, epoch ms.
    pub(super) start_ms: f64,
    /// The duration of the conference.
    pub(super) whole_ms: f64,
}

impl Scale {
    /// The scale of a conference; `None` where its start or its duration is unknown.
    pub(super) fn new(overview: &Overview) -> Option<Self> {
        let conference = &overview.conference;
        let whole_ms = conference.duration_ms.filter(|duration| *duration > 0.0)?;
        Some(Self { start_ms: conference.start_ms?, whole_ms })
    }

    /// The position of a time, in ms after the start, as CSS.
    pub(super) fn left(&self, at_ms: f64) -> String {
        percent(at_ms / self.whole_ms)
    }

    /// The width of a time span as CSS.
    pub(super) fn width(&self, from_ms: f64, to_ms: f64) -> String {
        percent((to_ms - from_ms) / self.whole_ms)
    }
}

/// A share of the sheet as CSS, precise enough for the highest zoom.
pub(super) fn percent(share: f64) -> String {
    format!("{:.4}%", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_shares_of_the_call() {
        let scale = Scale { start_ms: 1e12, whole_ms: 600_000.0 };
        assert_eq!(
            (scale.left(150_000.0), scale.width(0.0, 600_000.0)),
            ("25.0000%".into(), "100.0000%".into())
        );
    }
}
