//! Who dominates: bridges decide it and tell everybody.
//!
//! Old clients note every speaker that they hear of, new ones only themselves: when they begin to dominate, and again
//! when they fall silent and go on. It is the begin if they were told of somebody else since they last dominated; else
//! any time of a reign will do. Which reign it was is not told either, so each is any of that speaker.

use std::collections::{BTreeMap, BTreeSet};

use super::machine::Machine;
use super::{BUSY_MS, Client, EARLY_MS};
use crate::clocks::agreement::{Stretch, Witness};
use crate::model::EventKind;
use crate::time_span::TimeSpan;

/// More of them than are needed, of all clients; of each at least and at most.
const MAX_HEARD: usize = 4_000;
const MAX_EACH: (usize, usize) = (8, 200);
/// What is noted this shortly after somebody else's begin may be of the reign before.
const ECHO_MS: f64 = 500.0;

/// Whoever dominates at a first poll began at most this long before.
const LONG_MS: f64 = 3_600_000.0;

/// Somebody dominates, by a bridge.
struct Reign<'a> {
    who: &'a str,
    /// When it began, at the earliest and at the latest.
    from_ms: (f64, f64),
    /// When it ended, at the latest.
    to_ms: f64,
    exact: bool,
}

/// A client noted that somebody dominates.
struct Heard<'a> {
    by: &'a Client<'a>,
    who: &'a str,
    /// By the client's clock.
    at_ms: f64,
    is_begin: bool,
}

/// What was noted, against the reigns on the bridges that list the noter, or on any if none does.
pub(super) fn witnesses(clients: &[Client<'_>], machines: &[Machine<'_>]) -> Vec<Witness> {
    let told = |machine| (machine, listed(machine), by_speaker(reigns(machine)), blind(machine));
    let told: Vec<_> = machines.iter().map(told).collect();
    let witness = |heard: Heard<'_>| {
        let client = heard.by;
        // Relayed bridges decide for themselves, nearly alike.
        let is_listed = told.iter().any(|(_, listed, ..)| listed.contains(client.id));
        let mut allows = Vec::new();
        for (machine, listed, reigns, blind) in &told {
            if is_listed && !listed.contains(client.id) {
                continue;
            }
            let early_ms = EARLY_MS + machine.late_ms();
            allows.extend(reigns.get(heard.who).into_iter().flatten().map(|reign| {
                let (from_ms, latest_ms) = reign.from_ms;
                let to_ms = if heard.is_begin { latest_ms } else { reign.to_ms };
                let usual_ms = from_ms - heard.at_ms + client.usual_rtt_ms() / 2.0;
                Stretch {
                    low: from_ms - heard.at_ms - early_ms,
                    high: to_ms - heard.at_ms + client.long_rtt_ms() + BUSY_MS,
                    usual: (heard.is_begin && reign.exact).then_some(usual_ms),
                }
            }));
            allows.extend(blind.iter().map(|span| Stretch {
                low: span.from_ms - heard.at_ms - early_ms,
                high: span.to_ms - heard.at_ms + client.long_rtt_ms() + BUSY_MS,
                usual: None,
            }));
        }
        let witness = Witness { allows, firm: false };
        witness.moved(client.ahead_ms, client.within_ms)
    };
    heard(clients).into_iter().map(witness).filter(|witness| !witness.allows.is_empty()).collect()
}

/// Whom a bridge lists.
fn listed<'a>(machine: &Machine<'a>) -> BTreeSet<&'a str> {
    let endpoints = machine.dumps().flat_map(|(_, server)| &server.endpoints);
    endpoints.map(|endpoint| endpoint.id.as_str()).collect()
}

fn by_speaker(reigns: Vec<Reign<'_>>) -> BTreeMap<&str, Vec<Reign<'_>>> {
    let mut found: BTreeMap<&str, Vec<Reign<'_>>> = BTreeMap::new();
    for reign in reigns {
        found.entry(reign.who).or_default().push(reign);
    }
    found
}

/// When anybody may have dominated, as far as a bridge's dumps tell: between two of them, until the later one tells of a
/// change, and for long before a first poll that shows somebody.
fn blind(machine: &Machine<'_>) -> Vec<TimeSpan> {
    let mut blind = Vec::new();
    for (offset_ms, server) in machine.dumps() {
        let Some(span) = server.span.map(|span| span.shifted(offset_ms)) else { continue };
        let changes = server.events.iter().filter(|event| event.kind == EventKind::DominantSpeaker);
        let first_ms = changes.map(|event| event.at_ms + offset_ms).reduce(f64::min);
        match (machine.polled_before(span.from_ms), first_ms) {
            (Some(before_ms), _) => blind.push(TimeSpan::new(before_ms, first_ms.unwrap_or(span.to_ms))),
            (None, Some(first_ms)) if first_ms <= span.from_ms => {
                blind.push(TimeSpan::new(first_ms - LONG_MS, first_ms));
            }
            _ => {}
        }
    }
    blind
}

/// A bridge's reigns, by its log where that tells and by its polls where they show what the log did not.
fn reigns<'a>(machine: &Machine<'a>) -> Vec<Reign<'a>> {
    let mut said: Vec<(f64, bool, usize, Option<&str>)> = Vec::new();
    for (dump, (offset_ms, server)) in machine.dumps().enumerate() {
        let changes = server.events.iter().filter(|event| event.kind == EventKind::DominantSpeaker);
        said.extend(
            changes.map(|event| (event.at_ms + offset_ms, event.exact, dump, event.endpoint.as_deref())),
        );
    }
    said.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut reigns: Vec<Reign<'a>> = Vec::new();
    // The dump that tells of the reign that goes on.
    let mut open = None::<usize>;
    for (at_ms, exact, dump, who) in said {
        let Some(who) = who else {
            // A log tells of silence, in which the last speaker still dominates; a poll that nobody does.
            if !exact && let Some(last) = reigns.last_mut().filter(|_| open.is_some()) {
                last.to_ms = at_ms;
                open = None;
            }
            continue;
        };
        if open == Some(dump) && reigns.last().is_some_and(|last| last.who == who) {
            continue;
        }
        if let Some(last) = reigns.last_mut().filter(|_| open.is_some()) {
            last.to_ms = at_ms;
        }
        // What the first poll shows may have been so for long.
        let since_ms = if exact { Some(at_ms) } else { machine.polled_before(at_ms) };
        open = since_ms.map(|_| dump);
        reigns.extend(since_ms.map(|since_ms| Reign {
            who,
            from_ms: (since_ms, at_ms),
            to_ms: f64::INFINITY,
            exact,
        }));
    }
    if let (Some(last), Some(end_ms)) = (reigns.last_mut().filter(|_| open.is_some()), machine.polled_last())
    {
        last.to_ms = end_ms.max(last.from_ms.1);
    }
    reigns
}

/// What clients noted of dominance through bridges.
fn heard<'a>(clients: &'a [Client<'a>]) -> Vec<Heard<'a>> {
    let mut found = Vec::new();
    let mut own: Vec<(f64, Heard<'a>)> = Vec::new();
    let share = (MAX_HEARD / clients.len().max(1)).clamp(MAX_EACH.0, MAX_EACH.1);
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
            let is_begin = before.is_some_and(|before| before != who);
            before = Some(who);
            found.push(Heard { by: client, who, at_ms: event.at_ms, is_begin });
        }
        let became = events.filter(|event| event.kind == EventKind::BecameDominantSpeaker).take(share);
        own.extend(became.map(|event| {
            let heard = Heard { by: client, who: client.id, at_ms: event.at_ms, is_begin: false };
            (event.at_ms - client.ahead_ms, heard)
        }));
    }
    own.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut before: Option<(f64, &str)> = None;
    for (common_ms, mut heard) in own {
        heard.is_begin = before.is_some_and(|(at_ms, who)| who != heard.who && at_ms + ECHO_MS < common_ms);
        before = Some((common_ms, heard.who));
        found.push(heard);
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
