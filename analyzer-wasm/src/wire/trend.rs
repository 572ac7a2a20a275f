//! Trends: small series of one participant over the whole conference, for sparklines.

/// What the trends show; the payload of [`super::FromWorker::Overview`] is `f32` (NaN is no data), little-endian: of each
/// conference, of each of its participants, of each trend in this order, [`TREND_BINS`] values over equal parts of
/// the conference's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trend {
    /// Longest round trip, ms.
    Rtt,
    /// Share of received packets that were lost on the way, 0–1.
    LossDown,
    /// Share of sent packets that were reported lost, 0–1.
    LossUp,
    /// Share of the time in which a received video stood still, 0–1: the worst of them.
    Frozen,
}

impl Trend {
    /// All of them, in the payload's order.
    pub const ALL: [Self; 4] = [Self::Rtt, Self::LossDown, Self::LossUp, Self::Frozen];
}

/// How many values a trend has.
pub const TREND_BINS: usize = 120;
