//! One cause once: symptoms that a cause explains become its effects and are no findings of their own.

use super::draft::{Draft, Side};
use crate::report::Gravity;

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
pub(super) fn put_where_they_belong(mut drafts: Vec<Draft>) -> Vec<Draft> {
    for (cause, symptoms) in EXPLAINS {
        let (mut causes, rest): (Vec<Draft>, Vec<Draft>) =
            drafts.into_iter().partition(|draft| draft.code == *cause);
        let mut kept = Vec::new();
        for symptom in rest {
            let explains = |cause: &&mut Draft| {
                symptoms.contains(&symptom.code)
                    && symptom.gravity != Gravity::Info
                    && cause.gravity != Gravity::Info
                    && concerns(cause, &symptom)
                    && cause.share_of(&symptom, SLACK_MS) >= MOST
            };
            let restart = symptom.code == "ice-restart" && symptoms.contains(&"ice-restart");
            match causes.iter_mut().find(|cause| {
                explains(cause)
                    || (restart && cause.person == symptom.person && cause.overlaps(&symptom, SLACK_MS))
            }) {
                Some(cause) => {
                    cause.add_effect(symptom.code, symptom.person);
                    for (code, person, _) in symptom.effects {
                        cause.add_effect(code, person);
                    }
                }
                None => kept.push(symptom),
            }
        }
        causes.append(&mut kept);
        drafts = causes;
    }
    drafts
}

/// Whether a cause can be felt where the symptom is.
fn concerns(cause: &Draft, symptom: &Draft) -> bool {
    let of_sender = matches!(cause.code, "uplink-loss" | "ice-failure" | "ice-disconnect" | "cpu-limited");
    let direct = cause.side == Side::Path && cause.others.contains(&symptom.person);
    cause.person == symptom.person
        // A picture stands still for whoever receives it.
        || (of_sender && symptom.code == "video-freeze" && symptom.others == [cause.person])
        // Between two people, loss on the way to one holds back the other's encoder.
        || (direct && symptom.code == "bandwidth-limited")
}
