//! Who dominates: bridges decide it and tell everybody.
//!
//! Old clients note every speaker that they hear of, new ones only themselves: when they begin to dominate, and again
//! when they fall silent and go on. It is the begin if they were told of somebody else since they last dominated; else
//! any time of a turn will do. Which turn it was is not told either, so each is any of that speaker.

use std::collections::{BTreeMap, BTreeSet};

use super::machine::Machine;
use super::{BUSY_MS, Client, EARLY_MS};
use crate::clocks::agreement::{AllowedOffsets, OffsetObservation};
use crate::model::EventKind;
use crate::time_span::TimeSpan;

/// More of them than are needed, of all clients; of each at least and at most.
const MAX_NOTED: usize = 4_000;
const MAX_EACH: (usize, usize) = (8, 200);
/// What is noted this shortly after somebody else's begin may be of the turn before.
const ECHO_MS: f64 = 500.0;

/// Whoever dominates at a first poll began at most this long before.
const LONG_MS: f64 = 3_600_000.0;

/// Somebody dominates, by a bridge.
struct DominantSpeakerTurn<'a> {
    who: &'a str,
    /// When it began, at the earliest and at the latest.
    from_ms: (f64, f64),
    /// When it ended, at the latest.
    to_ms: f64,
    exact: bool,
}

/// A client noted that somebody dominates.
struct NotedSpeaker<'a> {
    by: &'a Client<'a>,
    who: &'a str,
    /// By the client's clock.
    at_ms: f64,
    is_start: bool,
}

/// What was noted, against the turns on the bridges that list the noter, or on any if none does.
pub(super) fn witnesses(clients: &[Client<'_>], machines: &[Machine<'_>]) -> Vec<OffsetObservation> {
    let told = |machine| (machine, listed(machine), by_speaker(turns(machine)), unobserved(machine));
    let told: Vec<_> = machines.iter().map(told).collect();
    let witness = |noted: NotedSpeaker<'_>| {
        let client = noted.by;
        // Relayed bridges decide for themselves, nearly alike.
        let is_listed = told.iter().any(|(_, listed, ..)| listed.contains(client.id));
        let mut allows = Vec::new();
        for (machine, listed, turns, unobserved) in &told {
            if is_listed && !listed.contains(client.id) {
                continue;
            }
            let early_ms = EARLY_MS + machine.late_ms();
            allows.extend(turns.get(noted.who).into_iter().flatten().map(|turn| {
                let (from_ms, latest_ms) = turn.from_ms;
                let to_ms = if noted.is_start { latest_ms } else { turn.to_ms };
                let usual_ms = from_ms - noted.at_ms + client.usual_rtt_ms() / 2.0;
                AllowedOffsets {
                    low: from_ms - noted.at_ms - early_ms,
                    high: to_ms - noted.at_ms + client.long_rtt_ms() + BUSY_MS,
                    usual: (noted.is_start && turn.exact).then_some(usual_ms),
                }
            }));
            allows.extend(unobserved.iter().map(|span| AllowedOffsets {
                low: span.from_ms - noted.at_ms - early_ms,
                high: span.to_ms - noted.at_ms + client.long_rtt_ms() + BUSY_MS,
                usual: None,
            }));
        }
        let witness = OffsetObservation { allows, firm: false };
        witness.moved(client.ahead_ms, client.within_ms)
    };
    noted(clients).into_iter().map(witness).filter(|witness| !witness.allows.is_empty()).collect()
}

/// Whom a bridge lists.
fn listed<'a>(machine: &Machine<'a>) -> BTreeSet<&'a str> {
    let endpoints = machine.dumps().flat_map(|(_, server)| &server.endpoints);
    endpoints.map(|endpoint| endpoint.id.as_str()).collect()
}

fn by_speaker(turns: Vec<DominantSpeakerTurn<'_>>) -> BTreeMap<&str, Vec<DominantSpeakerTurn<'_>>> {
    let mut found: BTreeMap<&str, Vec<DominantSpeakerTurn<'_>>> = BTreeMap::new();
    for turn in turns {
        found.entry(turn.who).or_default().push(turn);
    }
    found
}

/// When anybody may have dominated, as far as a bridge's dumps tell: between two of them, until the later one tells of a
/// change, and for long before a first poll that shows somebody.
fn unobserved(machine: &Machine<'_>) -> Vec<TimeSpan> {
    let mut unobserved = Vec::new();
    for (offset_ms, server) in machine.dumps() {
        let Some(span) = server.span.map(|span| span.shifted(offset_ms)) else { continue };
        let changes = server.events.iter().filter(|event| event.kind == EventKind::DominantSpeaker);
        let first_ms = changes.map(|event| event.at_ms + offset_ms).reduce(f64::min);
        match (machine.polled_before(span.from_ms), first_ms) {
            (Some(before_ms), _) => unobserved.push(TimeSpan::new(before_ms, first_ms.unwrap_or(span.to_ms))),
            (None, Some(first_ms)) if first_ms <= span.from_ms => {
                unobserved.push(TimeSpan::new(first_ms - LONG_MS, first_ms));
            }
            _ => {}
        }
    }
    unobserved
}

/// A bridge's turns, by its log where that tells and by its polls where they show what the log did not.
fn turns<'a>(machine: &Machine<'a>) -> Vec<DominantSpeakerTurn<'a>> {
    let mut said: Vec<(f64, bool, usize, Option<&str>)> = Vec::new();
    for (dump, (offset_ms, server)) in machine.dumps().enumerate() {
        let changes = server.events.iter().filter(|event| event.kind == EventKind::DominantSpeaker);
        said.extend(
            changes.map(|event| (event.at_ms + offset_ms, event.exact, dump, event.endpoint.as_deref())),
        );
    }
    said.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut turns: Vec<DominantSpeakerTurn<'a>> = Vec::new();
    // The dump that tells of the turn that goes on.
    let mut open = None::<usize>;
    for (at_ms, exact, dump, who) in said {
        let Some(who) = who else {
            // A log tells of silence, in which the last speaker still dominates; a poll that nobody does.
            if !exact && let Some(last) = turns.last_mut().filter(|_| open.is_some()) {
                last.to_ms = at_ms;
                open = None;
            }
            continue;
        };
        if open == Some(dump) && turns.last().is_some_and(|last| last.who == who) {
            continue;
        }
        if let Some(last) = turns.last_mut().filter(|_| open.is_some()) {
            last.to_ms = at_ms;
        }
        // What the first poll shows may have been so for long.
        let since_ms = if exact { Some(at_ms) } else { machine.polled_before(at_ms) };
        open = since_ms.map(|_| dump);
        turns.extend(since_ms.map(|since_ms| DominantSpeakerTurn {
            who,
            from_ms: (since_ms, at_ms),
            to_ms: f64::INFINITY,
            exact,
        }));
    }
    if let (Some(last), Some(end_ms)) = (turns.last_mut().filter(|_| open.is_some()), machine.polled_last()) {
        last.to_ms = end_ms.max(last.from_ms.1);
    }
    turns
}

/// What clients noted of dominance through bridges.
fn noted<'a>(clients: &'a [Client<'a>]) -> Vec<NotedSpeaker<'a>> {
    let mut found = Vec::new();
    let mut own: Vec<(f64, NotedSpeaker<'a>)> = Vec::new();
    let share = (MAX_NOTED / clients.len().max(1)).clamp(MAX_EACH.0, MAX_EACH.1);
    for client in clients {
        let direct = direct_span(client);
        let events = client
            .extract
            .events
            .iter()
            .filter(|event| !direct.is_some_and(|direct| direct.contains(event.at_ms)));
        let mut before: Option<&str> = None;
        for event in events.clone().filter(|event| event.kind == EventKind::DominantSpeaker).take(share) {
            let Some(who) = event.detail.as_deref() else { continue };
            let is_start = before.is_some_and(|before| before != who);
            before = Some(who);
            found.push(NotedSpeaker { by: client, who, at_ms: event.at_ms, is_start });
        }
        let became = events.filter(|event| event.kind == EventKind::BecameDominantSpeaker).take(share);
        own.extend(became.map(|event| {
            let noted = NotedSpeaker { by: client, who: client.id, at_ms: event.at_ms, is_start: false };
            (event.at_ms - client.ahead_ms, noted)
        }));
    }
    own.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut before: Option<(f64, &str)> = None;
    for (common_ms, mut noted) in own {
        noted.is_start = before.is_some_and(|(at_ms, who)| who != noted.who && at_ms + ECHO_MS < common_ms);
        before = Some((common_ms, noted.who));
        found.push(noted);
    }
    found
}

/// When two people talked directly, by the client's clock: then they decide themselves who dominates.
fn direct_span(client: &Client<'_>) -> Option<TimeSpan> {
    let direct = client.extract.connections.iter().find(|connection| connection.summary.p2p == Some(true))?;
    let id = direct.summary.id.as_str();
    let mut events = client.extract.events.iter().filter(|event| event.connection.as_deref() == Some(id));
    Some(TimeSpan::new(events.next()?.at_ms, direct.media_until_ms.unwrap_or(f64::INFINITY)))
}
