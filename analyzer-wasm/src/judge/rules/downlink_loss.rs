//! `downlink-loss`: what is sent to somebody gets lost on the way to them.
//!
//! Measured by `inbound-rtp.packetsLost` over received and lost packets of all their streams together. Warning from
//! 5 %, critical from 10 % by the mean of the stretch (windows of 10 s, at least 50 packets). What a sender's lossy
//! uplink or outage accounts for is left out. Where only two people talk, nobody can tell whose side it is: the side is `path`.

use super::super::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side};
use super::super::samples::PeerConnectionSamples;
use super::super::window::Stretch;
use super::super::words::names;
use super::loss::{CRITICAL, WARNING, accounts_for, lossy, ratio_of, samples, uplink};
use crate::report::FindingSeverity;
use crate::wording::{duration, percent};

const CODE: &str = "downlink-loss";

pub(super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    let uplinks: Vec<Vec<Stretch>> =
        (0..context.conference.participants.len()).map(|participant| uplink(context, participant)).collect();
    let mut findings = Vec::new();
    for (participant, connection, outages) in context.connections() {
        let own = samples(connection, &connection.inbound, true, outages, |stream, poll| {
            let Some(sender) = stream.sender.filter(|_| !connection.p2p) else { return true };
            let spans = uplinks.get(sender).map(Vec::as_slice).unwrap_or_default();
            !spans.iter().any(|span| accounts_for(span, poll)) && !context.in_outage(sender, poll)
        });
        for stretch in lossy(&own, connection) {
            findings.push(finding(context, participant, connection, &stretch));
        }
    }
    findings
}

fn finding(
    context: &RuleContext<'_>,
    participant: usize,
    connection: &PeerConnectionSamples,
    stretch: &Stretch,
) -> FindingBuilder {
    let mut senders: Vec<Option<usize>> = connection.inbound.iter().map(|stream| stream.sender).collect();
    senders.sort_unstable();
    senders.dedup();
    let ratios: Vec<(Option<usize>, f64)> = senders
        .into_iter()
        .filter_map(|sender| Some((sender, ratio_of(connection, sender, stretch)?)))
        .collect();
    let (bad, good): (Vec<_>, Vec<_>) = ratios.into_iter().partition(|(_, ratio)| *ratio >= WARNING / 2.0);
    let from: Vec<usize> = bad.iter().filter_map(|(sender, _)| *sender).collect();
    let count =
        |evidence_counts: &[(Option<usize>, f64)]| u32::try_from(evidence_counts.len()).unwrap_or(u32::MAX);

    let mut finding = FindingBuilder::on(CODE, participant, connection, stretch, "inbound-rtp packetsLost");
    finding.severity =
        if stretch.ratio >= CRITICAL { FindingSeverity::Critical } else { FindingSeverity::Warning };
    finding.value = Some(stretch.ratio);
    finding.unit = "ratio";
    finding.threshold = Some(WARNING);
    finding.evidence_counts = (count(&bad), count(&good));
    finding.side = match (connection.p2p, bad.len(), good.len()) {
        (true, ..) => Side::Path,
        // From everybody alike: it is their own side.
        (false, bad, good) if bad > good => Side::Downlink,
        _ => Side::Unknown,
    };
    let labels: Vec<&str> = from.iter().map(|sender| context.label(*sender)).collect();
    let what = if connection.p2p {
        format!("what {} sent", names(&labels))
    } else {
        "what they received".to_owned()
    };
    let long = duration(stretch.to_ms - stretch.from_ms);
    finding.title =
        format!("{} lost {} of {what}, for {long}", context.label(participant), percent(stretch.ratio));
    finding.advice = if connection.p2p {
        "With two people alone the dumps cannot tell whose network it is: let both test with somebody else."
    } else {
        "Their own network or provider loses what is sent to them: a wired connection, another Wi-Fi channel, or less \
         downstream traffic helps."
    };
    finding.other_participants = if connection.p2p { from } else { Vec::new() };
    finding
}
