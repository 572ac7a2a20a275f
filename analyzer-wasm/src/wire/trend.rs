//! Trends: small series of one participant over the whole conference, for sparklines.

use crate::catalog::Quantity;

/// What the trends show; the payload of [`super::FromWorker::Overview`] is `f32` (NaN is no data), little-endian: of each
/// conference, of each of its participants, of each trend in this order, [`TREND_BINS`] values over equal parts of
/// the conference's time.
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
    /// All of them, in the payload's order.
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

/// How many values a trend has.
pub const TREND_BINS: usize = 120;
