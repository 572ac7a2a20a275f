//! Merges the measurements of an endpoint and converts them for the report.

use super::endpoint::EndpointMeasurements;
use crate::report::BridgeSide;

impl EndpointMeasurements {
    /// Adds the measurements of another bridge, or of another dump of the same one.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.polls += other.polls;
        let samples = [
            (&mut self.rtt, &other.rtt),
            (&mut self.jitter_up, &other.jitter_up),
            (&mut self.loss_up, &other.loss_up),
            (&mut self.loss_down, &other.loss_down),
            (&mut self.estimate, &other.estimate),
            (&mut self.ideal, &other.ideal),
            (&mut self.target, &other.target),
            (&mut self.forwarded, &other.forwarded),
        ];
        for (ours, theirs) in samples {
            ours.merge(theirs);
        }
        self.bytes_up += other.bytes_up;
        self.bytes_down += other.bytes_down;
        self.up_ms += other.up_ms;
        self.down_ms += other.down_ms;
        let sums = [
            (&mut self.suspended_ms, other.suspended_ms),
            (&mut self.oversending_s, other.oversending_s),
            (&mut self.keyframe_requests, other.keyframe_requests),
            (&mut self.messages_up, other.messages_up),
            (&mut self.messages_down, other.messages_down),
            (&mut self.messages_dropped, other.messages_dropped),
        ];
        for (ours, theirs) in sums {
            if let Some(theirs) = theirs {
                *ours.get_or_insert(0.0) += theirs;
            }
        }
    }

    /// The measurements for the report, without files and states.
    pub(crate) fn report(&self) -> BridgeSide {
        let rate = |bytes: f64, ms: f64| (ms > 0.0).then(|| bytes * 8_000.0 / ms);
        BridgeSide {
            polls: self.polls,
            rtt_ms: self.rtt.distribution(),
            jitter_up_ms: self.jitter_up.distribution(),
            loss_up_ratio: self.loss_up.mean(),
            loss_down_ratio: self.loss_down.mean(),
            receive_bps: rate(self.bytes_up, self.up_ms),
            send_bps: rate(self.bytes_down, self.down_ms),
            estimate_bps: self.estimate.mean(),
            ideal_bps: self.ideal.mean(),
            target_bps: self.target.mean(),
            forwarded_sources: self.forwarded.distribution(),
            suspended_ms: self.suspended_ms,
            oversending_ms: self.oversending_s.map(|seconds| seconds * 1_000.0),
            keyframe_requests: self.keyframe_requests,
            messages_received: self.messages_up,
            messages_sent: self.messages_down,
            messages_dropped: self.messages_dropped,
            ..BridgeSide::default()
        }
    }
}
