//! `ice-disconnect`: a path went dead and came back.
//!
//! From the first missing packet to recovery, with the ICE and connection states as evidence. Warning, and critical
//! from 10 s. What is lost in it is its effect. A path that goes down because somebody leaves is none.

use super::super::Case;
use super::super::draft::{Draft, Side, evidence};
use super::super::frame::Path;
use super::super::outage::Outage;
use super::super::window::Stretch;
use super::super::words::duration;
use crate::report::Gravity;

const CODE: &str = "ice-disconnect";
const CRITICAL_MS: f64 = 10_000.0;

pub(super) fn judge(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (person, path, outages) in case.paths() {
        for outage in outages.iter().filter(|outage| !outage.failed && outage.recovered) {
            let mut draft = draft(CODE, person, path, outage);
            let ms = outage.to_ms - outage.from_ms;
            draft.gravity = if ms >= CRITICAL_MS { Gravity::Critical } else { Gravity::Warning };
            draft.title = format!("{} was cut off for {}", case.label(person), duration(ms));
            draft.advice = "The network changed or went away for a while: look for Wi-Fi roaming, a VPN that came up, or \
                            an interrupted line.";
            drafts.push(draft);
        }
    }
    drafts
}

/// What both ICE rules say of an outage.
pub(super) fn draft(code: &'static str, person: usize, path: &Path, outage: &Outage) -> Draft {
    let stretch = Stretch { from_ms: outage.from_ms, to_ms: outage.to_ms, ratio: 1.0, lines: Vec::new() };
    let mut draft = Draft::on(code, person, path, &stretch, "");
    draft.evidence = evidence(path, &outage.lines, Some("iceConnectionState"));
    draft.value = Some((outage.to_ms - outage.from_ms) / 1_000.0);
    draft.unit = "s";
    draft.side = Side::Path;
    draft.votes = (1, 0);
    if path.p2p {
        let others = path.received.iter().filter_map(|flow| flow.sender);
        draft.others = others.collect();
        draft.others.sort_unstable();
        draft.others.dedup();
    }
    let lost = path.received.iter().any(|flow| {
        let booked = path.polls.iter().zip(&flow.lost).filter(|(poll, _)| outage.covers(poll));
        booked.map(|(_, lost)| *lost).any(|lost| lost > 0.0)
    });
    if lost {
        draft.add_effect("downlink-loss", person);
    }
    draft
}
