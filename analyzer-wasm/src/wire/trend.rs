//! Trends: one quantity of one participant over the whole conference, in few values, for sparklines.

use crate::catalog::Quantity;

/// A quantity that has a trend. A trend consists of [`TREND_BINS`] values over equal parts of the conference's time;
/// NaN means no data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trend {
    /// The longest round-trip time in each part.
    Rtt,
    /// Downlink packet loss in each part.
    LossDown,
    /// Uplink packet loss in each part.
    LossUp,
    /// Share of each part in which a received video was frozen: that of the most frozen one.
    Frozen,
}

impl Trend {
    /// All trends, in the order of [`crate::query::ConferenceOverviews::trends`].
    pub const ALL: [Self; 4] = [Self::Rtt, Self::LossDown, Self::LossUp, Self::Frozen];

    /// The quantity that it shows, in the unit that the catalog gives it; of `Frozen`, as a share of the time.
    #[must_use]
    pub const fn quantity(self) -> Quantity {
        match self {
            Self::Rtt => Quantity::RoundTripTime,
            Self::LossDown => Quantity::DownlinkLoss,
            Self::LossUp => Quantity::UplinkLoss,
            Self::Frozen => Quantity::FreezeTime,
        }
    }
}

/// The number of values of a trend.
pub const TREND_BINS: usize = 120;
