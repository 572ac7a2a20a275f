//! `high-rtt`: packets take so long that people talk into each other.
//!
//! Measured by STUN on the pair in use (`candidate-pair.currentRoundTripTime`; Firefox: RTCP), on the connection that
//! carries media. Warning from 300 ms, critical from 600 ms by the mean of the stretch (windows of 10 s). ITU-T G.114
//! calls 150 ms one way fine and 400 ms unacceptable.

use super::super::Case;
use super::super::draft::{Draft, Side};
use super::super::window::{Limit, Sample, stretches};
use super::super::words::duration;
use crate::report::Gravity;

const CODE: &str = "high-rtt";
const WARNING_MS: f64 = 300.0;
const CRITICAL_MS: f64 = 600.0;
pub(super) const LIMITS_MS: (f64, f64) = (WARNING_MS, CRITICAL_MS);

pub(super) fn judge(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (person, path, outages) in case.paths().filter(|(_, path, _)| path.carried_media()) {
        let beside = |at_ms: f64| !path.p2p && case.talks_directly(person, at_ms);
        let samples: Vec<Sample> = path
            .polls
            .iter()
            .zip(&path.rtt_ms)
            .filter(|(poll, rtt_ms)| !rtt_ms.is_nan() && !beside(poll.to_ms))
            .filter(|(poll, _)| !outages.iter().any(|outage| outage.covers(poll)))
            .map(|(poll, rtt_ms)| {
                let of = (poll.to_ms - poll.from_ms).max(1.0);
                Sample { poll: *poll, amount: rtt_ms * of, of }
            })
            .collect();
        for stretch in stretches(&samples, Limit { warning: WARNING_MS, least: 0.0, poll_ms: path.poll_ms }) {
            let mut draft = Draft::on(CODE, person, path, &stretch, "candidate-pair currentRoundTripTime");
            draft.gravity = if stretch.ratio >= CRITICAL_MS { Gravity::Critical } else { Gravity::Warning };
            draft.value = Some(stretch.ratio);
            draft.unit = "ms";
            draft.threshold = Some(WARNING_MS);
            draft.side = Side::Path;
            draft.votes = (1, 0);
            let long = duration(stretch.to_ms - stretch.from_ms);
            draft.title =
                format!("{}'s round trip was {:.0} ms for {long}", case.label(person), stretch.ratio);
            draft.advice = "Look for a distant bridge or relay, a VPN, or a queue that something else fills (an upload \
                            on the same line).";
            drafts.push(draft);
        }
    }
    drafts
}
