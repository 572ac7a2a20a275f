//! `relay-transport`: media went through a TURN relay. Worth knowing: it adds delay and a machine that can fail.

use super::super::Case;
use super::super::draft::{Draft, Side};
use super::super::frame::{Pair, Path};
use super::super::window::Stretch;
use crate::report::Gravity;

pub(super) fn judge(case: &Case<'_>) -> Vec<Draft> {
    judge_pairs(
        case,
        "relay-transport",
        |pair| pair.relay,
        |label| {
            (
                format!("{label}'s media went through a relay"),
                "Direct UDP was blocked or failed: allow UDP to the bridge's port (10000 by default) in their firewall.",
            )
        },
    )
}

/// A finding for each path with pairs of that kind, over the time of the first stretch of them to the last.
pub(super) fn judge_pairs(
    case: &Case<'_>,
    code: &'static str,
    wanted: impl Fn(&Pair) -> bool,
    words: impl Fn(&str) -> (String, &'static str),
) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for (person, path, _) in case.paths().filter(|(_, path, _)| path.carried_media()) {
        let Some(stretch) = chosen(path, &wanted) else { continue };
        let mut draft = Draft::on(code, person, path, &stretch, "candidate-pair");
        draft.gravity = Gravity::Info;
        draft.side = Side::Relay;
        draft.votes = (1, 0);
        (draft.title, draft.advice) = words(case.label(person));
        drafts.push(draft);
    }
    drafts
}

fn chosen(path: &Path, wanted: impl Fn(&Pair) -> bool) -> Option<Stretch> {
    let end_ms = path.span()?.1;
    let next = path.pairs.iter().skip(1).map(|pair| pair.at_ms).chain([end_ms]);
    let mut stays = path.pairs.iter().zip(next).filter(|(pair, _)| wanted(pair));
    let (first, until) = stays.next()?;
    let to_ms = stays.last().map_or(until, |(_, until)| until);
    Some(Stretch { from_ms: first.at_ms, to_ms, ratio: 1.0, lines: vec![first.line] })
}
