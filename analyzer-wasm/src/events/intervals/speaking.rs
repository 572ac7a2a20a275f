//! Speaking as new clients tell it: each says only that it became dominant, so it ended when another one says the same.

use super::source::{Span, Stay, Testimony};
use super::statements::Statements;
use crate::events::timeline::{Switch, writer};
use crate::model::EventKind;
use crate::participants::Dump;
use crate::report::Source;

/// What a person's own dump tells of a stay, if it is one of that kind.
pub(super) fn became(
    stay: &Stay,
    dumps: &[Dump<'_>],
    switches: &[Switch<'_>],
    statements: &Statements,
) -> Option<Testimony> {
    let number = stay.dump?;
    let dump = dumps.get(number)?;
    let tells = dump.extract.events.iter().any(|event| event.kind == EventKind::BecameDominantSpeaker);
    if !tells || statements.is_observer(number) {
        return None;
    }
    let own = writer(number, dump);
    let mut spans = Vec::new();
    for (at, switch) in switches.iter().enumerate() {
        let told = switch.told;
        if told.who != own || told.at_ms < stay.from_ms || stay.to_ms < told.at_ms {
            continue;
        }
        let next = switches.get(at + 1).map(|next| next.told.at_ms).filter(|next| *next < stay.to_ms);
        let (dump, line) = switch.line_in(number);
        spans.push(Span {
            from_ms: told.at_ms,
            to_ms: next.unwrap_or(stay.to_ms),
            open: statements.is_blind(),
            dump,
            line,
        });
    }
    let weight = spans.len();
    Some(Testimony { witness: Source::Own, from_ms: stay.from_ms, to_ms: stay.to_ms, spans, weight })
}
