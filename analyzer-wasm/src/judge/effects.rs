//! One cause once: symptoms that a cause explains become its effects and are no findings of their own.

use super::finding_builder::{FindingBuilder, Side};
use crate::report::FindingSeverity;

/// How much of a symptom's time a cause must fill to explain it.
const MOST: f64 = 0.5;

/// What a cause may explain, beginning this long after it at most.
const SLACK_MS: f64 = 6_000.0;

/// What explains what, and for whom: the same person, or whoever receives from the cause's owner.
const EXPLAINS: &[(&str, &[&str])] = &[
    (
        "ice-failure",
        &[
            "ice-disconnect",
            "ice-restart",
            "downlink-loss",
            "uplink-loss",
            "video-freeze",
            "bandwidth-limited",
            "high-rtt",
        ],
    ),
    (
        "ice-disconnect",
        &["ice-restart", "downlink-loss", "uplink-loss", "video-freeze", "bandwidth-limited", "high-rtt"],
    ),
    ("uplink-loss", &["video-freeze", "bandwidth-limited"]),
    ("downlink-loss", &["video-freeze", "bandwidth-limited"]),
    ("high-rtt", &["bandwidth-limited", "video-freeze"]),
    ("cpu-limited", &["video-freeze"]),
];

/// Findings with their effects in them.
pub(super) fn put_where_they_belong(mut findings: Vec<FindingBuilder>) -> Vec<FindingBuilder> {
    for (cause, symptoms) in EXPLAINS {
        let (mut causes, rest): (Vec<FindingBuilder>, Vec<FindingBuilder>) =
            findings.into_iter().partition(|finding| finding.code == *cause);
        let mut kept = Vec::new();
        for symptom in rest {
            let explains = |cause: &&mut FindingBuilder| {
                symptoms.contains(&symptom.code)
                    && symptom.severity != FindingSeverity::Info
                    && cause.severity != FindingSeverity::Info
                    && concerns(cause, &symptom)
                    && cause.share_of(&symptom, SLACK_MS) >= MOST
            };
            let restart = symptom.code == "ice-restart" && symptoms.contains(&"ice-restart");
            match causes.iter_mut().find(|cause| {
                explains(cause)
                    || (restart
                        && cause.participant == symptom.participant
                        && cause.overlaps(&symptom, SLACK_MS))
            }) {
                Some(cause) => {
                    cause.add_effect(symptom.code, symptom.participant);
                    for (code, participant, _) in symptom.effects {
                        cause.add_effect(code, participant);
                    }
                }
                None => kept.push(symptom),
            }
        }
        causes.append(&mut kept);
        findings = causes;
    }
    findings
}

/// Whether a cause can be felt where the symptom is.
fn concerns(cause: &FindingBuilder, symptom: &FindingBuilder) -> bool {
    let of_sender = matches!(cause.code, "uplink-loss" | "ice-failure" | "ice-disconnect" | "cpu-limited");
    let direct = cause.side == Side::Path && cause.other_participants.contains(&symptom.participant);
    cause.participant == symptom.participant
        // A picture stands still for whoever receives it.
        || (of_sender && symptom.code == "video-freeze" && symptom.other_participants == [cause.participant])
        // Between two people, loss on the way to one holds back the other's encoder.
        || (direct && symptom.code == "bandwidth-limited")
}
