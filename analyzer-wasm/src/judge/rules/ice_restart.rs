//! `ice-restart`: a path was negotiated anew. Worth knowing; where it belongs to an outage, it is that one's effect.

use super::super::Case;
use super::super::draft::{Draft, Side};
use super::super::window::Stretch;
use crate::model::EventKind;
use crate::report::Gravity;

/// Entries of one restart come within this.
const ONE_RESTART_MS: f64 = 10_000.0;

pub(super) fn judge(case: &Case<'_>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for (person, path, _) in case.paths() {
        for state in path.states.iter().filter(|state| {
            let restarts = [
                EventKind::IceRestartRequested,
                EventKind::IceRestartApplied,
                EventKind::BridgeSessionRestarted,
            ];
            restarts.contains(&state.kind)
        }) {
            let known = drafts.iter_mut().rfind(|draft| draft.person == person);
            if let Some(draft) = known.filter(|draft| state.at_ms - draft.to_ms < ONE_RESTART_MS) {
                draft.to_ms = state.at_ms;
                continue;
            }
            let stretch =
                Stretch { from_ms: state.at_ms, to_ms: state.at_ms, ratio: 1.0, lines: vec![state.line] };
            let mut draft = Draft::on("ice-restart", person, path, &stretch, "iceRestart");
            draft.gravity = Gravity::Info;
            draft.side = Side::Path;
            draft.title = format!("{}'s connection was negotiated anew", case.label(person));
            draft.advice = "Once is a network that changed; often is a network that does not hold.";
            drafts.push(draft);
        }
    }
    drafts
}
