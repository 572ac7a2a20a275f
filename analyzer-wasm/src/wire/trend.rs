//! Trends: one quantity of one participant over the whole conference, in few values, for sparklines.

/// A quantity that has a trend. A trend consists of [`TREND_BINS`] values over equal parts of the conference's time;
/// NaN means no data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trend {
    /// The longest round-trip time, in ms.
    Rtt,
    /// Downlink packet loss as a share of the packets sent to the participant, 0–1.
    LossDown,
    /// Uplink packet loss as reported by the receivers, 0–1.
    LossUp,
    /// The share of the time during which a received video was frozen, 0–1: of the worst video.
    Frozen,
}

impl Trend {
    /// All trends, in the order of [`crate::query::ConferenceOverviews::trends`].
    pub const ALL: [Self; 4] = [Self::Rtt, Self::LossDown, Self::LossUp, Self::Frozen];
}

/// The number of values of a trend.
pub const TREND_BINS: usize = 120;
