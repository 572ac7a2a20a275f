//! A bridge's bandwidth estimate for the downlink of an endpoint, and the resulting allocation.

use super::{Leg, StepInput};
use crate::model::Condition;
use crate::servers::allocation::Allocation;
use crate::servers::presences::BridgePresence;
use crate::servers::window::Loss;

/// The initial estimate, its growth, and its reduction with high loss.
pub(super) const FIRST_BPS: f64 = 2_500_000.0;
const GROWTH: f64 = 1.08;
const FALL: f64 = 0.93;
const FALLS_FROM: f64 = 0.1;

impl Leg {
    /// Updates the estimate and the allocation of a step.
    pub(super) fn allocate(
        &mut self,
        seen: &StepInput<'_>,
        presence: &BridgePresence,
        now: &Condition,
        down: Loss,
    ) {
        let before = std::mem::take(&mut self.allocation);
        self.allocation = Allocation::of(seen, presence.session);
        let noise = 1.0 + self.random.normal() * 0.015;
        let lossy = down.lost as f64 > FALLS_FROM * (down.lost + down.received) as f64;
        let target_bps = self.allocation.target_bps() as f64;
        self.bwe_bps = match now.downlink_bps {
            Some(bps) => bps * noise,
            None if lossy => (self.bwe_bps * FALL).max(target_bps * 1.05),
            None => (self.bwe_bps * GROWTH).min(self.capacity_bps * noise).max(target_bps * 1.05),
        };
        self.oversending_s += u64::from(self.is_oversending());
        if before.forwarded() != self.allocation.forwarded() {
            *self.messages_sent.entry("ForwardedSourcesMessage").or_default() += 1;
        }
    }

    /// Whether more is sent than the estimate allows.
    pub(in crate::servers) fn is_oversending(&self) -> bool {
        self.allocation.target_bps() as f64 > self.bwe_bps
    }
}
