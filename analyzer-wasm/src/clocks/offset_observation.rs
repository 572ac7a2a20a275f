//! Observations of a clock's offset: each allows one range of offsets or one of several.

/// A range of clock offsets, ms. Both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct OffsetRange {
    pub(super) low_ms: f64,
    pub(super) high_ms: f64,
}

/// A range of offsets that an observation allows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct AllowedOffsets {
    pub(super) range: OffsetRange,
    /// The offset that is usual for such an observation, if that is known.
    pub(super) usual_ms: Option<f64>,
}

/// Something that a client and a server both recorded, which limits the offset between their clocks.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct OffsetObservation {
    /// The offset lies in one of these.
    pub(super) allowed: Vec<AllowedOffsets>,
    /// Whether both are known to have recorded the same thing. Other observations are hypotheses: they do not contradict
    /// an offset that they do not allow.
    pub(super) firm: bool,
}

impl OffsetRange {
    /// Every offset.
    pub(super) const ANY: Self = Self { low_ms: f64::NEG_INFINITY, high_ms: f64::INFINITY };

    pub(super) const fn new(low_ms: f64, high_ms: f64) -> Self {
        Self { low_ms, high_ms }
    }

    pub(super) fn width_ms(self) -> f64 {
        self.high_ms - self.low_ms
    }

    pub(super) fn contains(self, offset_ms: f64) -> bool {
        self.low_ms <= offset_ms && offset_ms <= self.high_ms
    }

    pub(super) fn overlaps(self, other: Self) -> bool {
        self.low_ms <= other.high_ms && other.low_ms <= self.high_ms
    }

    /// The offsets in both; the low end is above the high one where there are none.
    pub(super) fn intersection(self, other: Self) -> Self {
        Self::new(self.low_ms.max(other.low_ms), self.high_ms.min(other.high_ms))
    }
}

impl OffsetObservation {
    /// The same observation of an offset that is greater by `by_ms`, give or take `within_ms`.
    pub(super) fn shifted(&self, by_ms: f64, within_ms: f64) -> Self {
        let shifted = |allowed: &AllowedOffsets| AllowedOffsets {
            range: OffsetRange::new(
                allowed.range.low_ms + by_ms - within_ms,
                allowed.range.high_ms + by_ms + within_ms,
            ),
            usual_ms: allowed.usual_ms.map(|usual_ms| usual_ms + by_ms),
        };
        Self { allowed: self.allowed.iter().map(shifted).collect(), firm: self.firm }
    }

    /// The allowed ranges within bounds, with overlapping ones joined.
    pub(super) fn ranges_within(&self, bounds: OffsetRange) -> Vec<OffsetRange> {
        let within = self.allowed.iter().map(|allowed| allowed.range.intersection(bounds));
        let mut within: Vec<OffsetRange> = within.filter(|range| range.low_ms <= range.high_ms).collect();
        within.sort_by(|a, b| a.low_ms.total_cmp(&b.low_ms));
        let mut apart: Vec<OffsetRange> = Vec::new();
        for range in within {
            match apart.last_mut() {
                Some(last) if range.low_ms <= last.high_ms => last.high_ms = last.high_ms.max(range.high_ms),
                _ => apart.push(range),
            }
        }
        apart
    }
}
