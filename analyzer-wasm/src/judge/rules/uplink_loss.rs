//! `uplink-loss`: what somebody sends to the bridge gets lost on the way there.
//!
//! Measured by the bridge's own receiver reports (`remote-inbound-rtp.packetsLost`) over packets sent. Warning from
//! 5 %, critical from 10 % by the mean of the stretch (windows of 10 s, at least 50 packets). Everybody who receives
//! from them feels it, so the losses seen there are its effects. Between two people alone there is no uplink: see
//! `downlink-loss`.

use super::super::Case;
use super::super::draft::{Draft, Side};
use super::super::words::{duration, percent};
use super::loss::{CRITICAL, WARNING, lossy, ratio_of, samples};
use crate::report::Gravity;

const CODE: &str = "uplink-loss";

pub(super) fn judge(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (person, path, outages) in case.paths().filter(|(_, path, _)| !path.p2p) {
        for stretch in lossy(&samples(path, &path.sent, false, outages, |_, _| true), path) {
            let mut draft = Draft::on(CODE, person, path, &stretch, "remote-inbound-rtp packetsLost");
            draft.gravity = if stretch.ratio >= CRITICAL { Gravity::Critical } else { Gravity::Warning };
            draft.value = Some(stretch.ratio);
            draft.unit = "ratio";
            draft.threshold = Some(WARNING);
            draft.side = Side::Uplink;
            draft.votes.0 = 1;
            let felt = case.paths().filter(|(other, path, _)| *other != person && !path.p2p);
            for (receiver, ratio) in
                felt.filter_map(|(who, path, _)| Some((who, ratio_of(path, Some(person), &stretch)?)))
            {
                if ratio >= WARNING / 2.0 {
                    draft.votes.0 += 1;
                    draft.others.push(receiver);
                    draft.add_effect("downlink-loss", receiver);
                } else {
                    draft.votes.1 += 1;
                }
            }
            let long = duration(stretch.to_ms - stretch.from_ms);
            draft.title =
                format!("{}'s uplink lost {} for {long}", case.label(person), percent(stretch.ratio));
            draft.advice = "Their own network or provider loses what they send: a wired connection, another Wi-Fi \
                            channel, or less upstream traffic helps; others cannot fix it.";
            drafts.push(draft);
        }
    }
    drafts
}
