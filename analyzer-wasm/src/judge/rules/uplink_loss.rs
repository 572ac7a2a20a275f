//! `uplink-loss`: what somebody sends to the bridge gets lost on the way there.
//!
//! Measured by the bridge's own receiver reports (`remote-inbound-rtp.packetsLost`) over packets sent. Warning from
//! 5 %, critical from 10 % by the mean of the stretch (windows of 10 s, at least 50 packets). Everybody who receives
//! from them feels it, so the losses seen there are its effects. Between two people alone there is no uplink: see
//! `downlink-loss`.

use super::super::RuleContext;
use super::super::finding_builder::{FindingBuilder, Side};
use super::loss::{CRITICAL, WARNING, lossy, ratio_of, samples};
use crate::report::FindingSeverity;
use crate::wording::{duration, percent};

const CODE: &str = "uplink-loss";

pub(super) fn judge(context: &RuleContext<'_>) -> Vec<FindingBuilder> {
    let mut findings = Vec::new();
    for (participant, connection, outages) in
        context.connections().filter(|(_, connection, _)| !connection.p2p)
    {
        for stretch in
            lossy(&samples(connection, &connection.outbound, false, outages, |_, _| true), connection)
        {
            let mut finding =
                FindingBuilder::on(CODE, participant, connection, &stretch, "remote-inbound-rtp packetsLost");
            finding.severity =
                if stretch.ratio >= CRITICAL { FindingSeverity::Critical } else { FindingSeverity::Warning };
            finding.value = Some(stretch.ratio);
            finding.unit = "ratio";
            finding.threshold = Some(WARNING);
            finding.side = Side::Uplink;
            finding.evidence_counts.0 = 1;
            let felt = context
                .connections()
                .filter(|(other, connection, _)| *other != participant && !connection.p2p);
            for (receiver, ratio) in felt.filter_map(|(who, connection, _)| {
                Some((who, ratio_of(connection, Some(participant), &stretch)?))
            }) {
                if ratio >= WARNING / 2.0 {
                    finding.evidence_counts.0 += 1;
                    finding.other_participants.push(receiver);
                    finding.add_effect("downlink-loss", receiver);
                } else {
                    finding.evidence_counts.1 += 1;
                }
            }
            let long = duration(stretch.to_ms - stretch.from_ms);
            finding.title =
                format!("{}'s uplink lost {} for {long}", context.label(participant), percent(stretch.ratio));
            finding.advice = "Their own network or provider loses what they send: a wired connection, another Wi-Fi \
                            channel, or less upstream traffic helps; others cannot fix it.";
            findings.push(finding);
        }
    }
    findings
}
