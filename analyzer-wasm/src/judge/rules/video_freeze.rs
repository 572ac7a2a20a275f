//! `video-freeze`: somebody saw pictures stand still.
//!
//! Measured by `inbound-rtp.totalFreezesDuration` of each received video. Warning from 5 % of the time or one freeze of
//! 2 s, critical from 20 % (windows of 10 s). A freeze is booked when the picture moves again, so the stretch begins
//! that much earlier. Where loss, delay or an outage explains it, it is that finding's effect.

use super::super::Case;
use super::super::draft::{Draft, Side};
use super::super::frame::{Flow, Path};
use super::super::outage::Outage;
use super::super::window::{Limit, Sample, Stretch, stretches};
use super::super::words::{duration, names, percent};
use crate::report::{Gravity, MediaKind};

const CODE: &str = "video-freeze";
const WARNING: f64 = 0.05;
const CRITICAL: f64 = 0.20;
const ONE_LONG_MS: f64 = 2_000.0;

pub(super) fn judge(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for (person, path, outages) in case.paths() {
        for flow in path.received.iter().filter(|flow| flow.kind == Some(MediaKind::Video)) {
            for stretch in frozen(path, flow, outages) {
                let mut draft = Draft::on(CODE, person, path, &stretch, "inbound-rtp totalFreezesDuration");
                draft.gravity = if stretch.ratio >= CRITICAL { Gravity::Critical } else { Gravity::Warning };
                draft.value = Some(stretch.ratio);
                draft.unit = "ratio";
                draft.threshold = Some(WARNING);
                // The packets arrived, else this would be loss's effect: it is the machine that shows the picture.
                draft.side = Side::Device;
                draft.votes = (1, 1);
                draft.others = flow.sender.into_iter().collect();
                drafts.push(draft);
            }
        }
    }
    drafts
}

/// Several pictures that stood still for somebody at one time are one finding: whatever no cause explains.
pub(in super::super) fn join_unexplained(case: &Case<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    let (freezes, mut rest): (Vec<Draft>, Vec<Draft>) =
        drafts.into_iter().partition(|draft| draft.code == CODE);
    let mut joined: Vec<Draft> = Vec::new();
    freezes.into_iter().for_each(|draft| join(&mut joined, draft));
    for draft in &mut joined {
        let labels: Vec<&str> = draft.others.iter().map(|sender| case.label(*sender)).collect();
        let share = percent(draft.value.unwrap_or(0.0));
        let long = duration(draft.to_ms - draft.from_ms);
        draft.title =
            format!("{} saw {} stand still, {share} of {long}", case.label(draft.person), names(&labels));
        draft.advice =
            "Without loss or delay to explain it, look at the receiver's CPU and at the sender's frame rate.";
    }
    rest.append(&mut joined);
    rest
}

fn join(drafts: &mut Vec<Draft>, draft: Draft) {
    match drafts.iter_mut().find(|known| known.person == draft.person && known.overlaps(&draft, 0.0)) {
        Some(known) => {
            known.from_ms = known.from_ms.min(draft.from_ms);
            known.to_ms = known.to_ms.max(draft.to_ms);
            known.value = known.value.zip(draft.value).map(|(a, b)| a.max(b));
            known.gravity = known.gravity.min(draft.gravity);
            known.others.extend(
                draft
                    .others
                    .iter()
                    .filter(|other| !known.others.contains(other))
                    .copied()
                    .collect::<Vec<_>>(),
            );
            known.evidence.extend(draft.evidence);
        }
        None => drafts.push(draft),
    }
}

fn frozen(path: &Path, flow: &Flow, outages: &[Outage]) -> Vec<Stretch> {
    let samples: Vec<Sample> = path
        .polls
        .iter()
        .zip(&flow.frozen_ms)
        .filter(|(poll, ms)| !ms.is_nan() && !outages.iter().any(|outage| outage.covers(poll)))
        .map(|(poll, ms)| {
            let mut poll = *poll;
            poll.from_ms = poll.from_ms.min(poll.to_ms - ms);
            Sample { poll, amount: *ms, of: (poll.to_ms - poll.from_ms).max(1.0) }
        })
        .collect();
    let limit = Limit { warning: WARNING, least: 0.0, poll_ms: path.poll_ms };
    let mut found = stretches(&samples, limit);
    for sample in samples.iter().filter(|sample| sample.amount >= ONE_LONG_MS) {
        if !found.iter().any(|stretch| stretch.overlaps(sample.poll.from_ms, sample.poll.to_ms)) {
            let (from_ms, to_ms) = (sample.poll.to_ms - sample.amount, sample.poll.to_ms);
            found.push(Stretch { from_ms, to_ms, ratio: 1.0, lines: vec![sample.poll.line] });
        }
    }
    found
}
