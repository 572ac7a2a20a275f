//! `downlink-loss`: what is sent to somebody gets lost on the way to them.
//!
//! Measured by `inbound-rtp.packetsLost` over received and lost packets of all their streams together. Warning from
//! 5 %, critical from 10 % by the mean of the stretch (windows of 10 s, at least 50 packets). What a sender's lossy
//! uplink or outage accounts for is left out. Where only two people talk, nobody can tell whose side it is: the side is `path`.

use super::super::Case;
use super::super::draft::{Draft, Side};
use super::super::frame::Path;
use super::super::window::Stretch;
use super::super::words::{duration, names, percent};
use super::loss::{CRITICAL, WARNING, accounts_for, lossy, ratio_of, samples, uplink};
use crate::report::Gravity;

const CODE: &str = "downlink-loss";

pub(super) fn judge(case: &Case<'_>) -> Vec<Draft> {
    let uplinks: Vec<Vec<Stretch>> =
        (0..case.frame.people.len()).map(|person| uplink(case, person)).collect();
    let mut drafts = Vec::new();
    for (person, path, outages) in case.paths() {
        let own = samples(path, &path.received, true, outages, |flow, poll| {
            let Some(sender) = flow.sender.filter(|_| !path.p2p) else { return true };
            let spans = uplinks.get(sender).map(Vec::as_slice).unwrap_or_default();
            !spans.iter().any(|span| accounts_for(span, poll)) && !case.is_out(sender, poll)
        });
        for stretch in lossy(&own, path) {
            drafts.push(draft(case, person, path, &stretch));
        }
    }
    drafts
}

fn draft(case: &Case<'_>, person: usize, path: &Path, stretch: &Stretch) -> Draft {
    let mut senders: Vec<Option<usize>> = path.received.iter().map(|flow| flow.sender).collect();
    senders.sort_unstable();
    senders.dedup();
    let ratios: Vec<(Option<usize>, f64)> =
        senders.into_iter().filter_map(|sender| Some((sender, ratio_of(path, sender, stretch)?))).collect();
    let (bad, good): (Vec<_>, Vec<_>) = ratios.into_iter().partition(|(_, ratio)| *ratio >= WARNING / 2.0);
    let from: Vec<usize> = bad.iter().filter_map(|(sender, _)| *sender).collect();
    let count = |votes: &[(Option<usize>, f64)]| u32::try_from(votes.len()).unwrap_or(u32::MAX);

    let mut draft = Draft::on(CODE, person, path, stretch, "inbound-rtp packetsLost");
    draft.gravity = if stretch.ratio >= CRITICAL { Gravity::Critical } else { Gravity::Warning };
    draft.value = Some(stretch.ratio);
    draft.unit = "ratio";
    draft.threshold = Some(WARNING);
    draft.votes = (count(&bad), count(&good));
    draft.side = match (path.p2p, bad.len(), good.len()) {
        (true, ..) => Side::Path,
        // From everybody alike: it is their own side.
        (false, bad, good) if bad > good => Side::Downlink,
        _ => Side::Unknown,
    };
    let labels: Vec<&str> = from.iter().map(|sender| case.label(*sender)).collect();
    let what =
        if path.p2p { format!("what {} sent", names(&labels)) } else { "what they received".to_owned() };
    let long = duration(stretch.to_ms - stretch.from_ms);
    draft.title = format!("{} lost {} of {what}, for {long}", case.label(person), percent(stretch.ratio));
    draft.advice = if path.p2p {
        "With two people alone the dumps cannot tell whose network it is: let both test with somebody else."
    } else {
        "Their own network or provider loses what is sent to them: a wired connection, another Wi-Fi channel, or less \
         downstream traffic helps."
    };
    draft.others = if path.p2p { from } else { Vec::new() };
    draft
}
