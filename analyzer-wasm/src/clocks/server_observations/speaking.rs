//! Observations of dominant speakers: bridges decide speaker it is and notify all clients.
//!
//! Old clients log every change that they are notified of. New clients log only themselves: when they become the dominant
//! speaker, and again when they pause and continue. An entry is the start of a turn if the client was notified of another
//! speaker since; else it may be any time of a turn. Which turn it was is not logged either, so each entry may be of any
//! turn of that speaker.

use std::collections::{BTreeMap, BTreeSet};

use super::machine::Machine;
use super::{BUSY_MS, Client, EARLY_MS};
use crate::clocks::offset_observation::{AllowedOffsets, OffsetObservation, OffsetRange};
use crate::model::EventKind;
use crate::time_span::TimeSpan;

/// How many entries of all clients are used, more than are needed; and of each client at least and at most.
const MAX_NOTED: usize = 4_000;
const MAX_EACH: (usize, usize) = (8, 200);
/// An entry this soon after the start of another speaker's turn may be of the turn before.
const ECHO_MS: f64 = 500.0;

/// The turn that a first poll shows started this long before at most.
const LONG_MS: f64 = 3_600_000.0;

/// The time in which an endpoint was the dominant speaker of a bridge, on the conference's clock.
struct DominantSpeakerTurn<'a> {
    speaker: &'a str,
    /// The time in which it started.
    start: TimeSpan,
    /// The latest end.
    to_ms: f64,
    /// Whether the start is exact, by the bridge's log.
    exact: bool,
}

/// An entry of a client that names the dominant speaker.
struct NotedSpeaker<'a> {
    by: &'a Client<'a>,
    speaker: &'a str,
    /// On the client's clock.
    at_ms: f64,
    is_start: bool,
}

/// The entries of clients, compared with the turns on the bridges that list the client, or on all if none does.
pub(super) fn observations(clients: &[Client<'_>], machines: &[Machine<'_>]) -> Vec<OffsetObservation> {
    let bridges = |machine| (machine, listed(machine), by_speaker(turns(machine)), unobserved(machine));
    let bridges: Vec<_> = machines.iter().map(bridges).collect();
    let observation = |entry: NotedSpeaker<'_>| {
        let client = entry.by;
        // Relayed bridges decide each for itself, nearly alike.
        let is_listed = bridges.iter().any(|(_, listed, ..)| listed.contains(client.id));
        let mut allowed = Vec::new();
        for (machine, listed, turns, unobserved) in &bridges {
            if is_listed && !listed.contains(client.id) {
                continue;
            }
            let early_ms = EARLY_MS + machine.late_ms();
            allowed.extend(turns.get(entry.speaker).into_iter().flatten().map(|turn| {
                let TimeSpan { from_ms, to_ms: latest_ms } = turn.start;
                let to_ms = if entry.is_start { latest_ms } else { turn.to_ms };
                let usual_ms = from_ms - entry.at_ms + client.usual_rtt_ms() / 2.0;
                AllowedOffsets {
                    range: OffsetRange::new(
                        from_ms - entry.at_ms - early_ms,
                        to_ms - entry.at_ms + client.long_rtt_ms() + BUSY_MS,
                    ),
                    usual_ms: (entry.is_start && turn.exact).then_some(usual_ms),
                }
            }));
            allowed.extend(unobserved.iter().map(|span| AllowedOffsets {
                range: OffsetRange::new(
                    span.from_ms - entry.at_ms - early_ms,
                    span.to_ms - entry.at_ms + client.long_rtt_ms() + BUSY_MS,
                ),
                usual_ms: None,
            }));
        }
        let observation = OffsetObservation { allowed, firm: false };
        observation.shifted(client.ahead_ms, client.within_ms)
    };
    entries(clients)
        .into_iter()
        .map(observation)
        .filter(|observation| !observation.allowed.is_empty())
        .collect()
}

/// The endpoints that a bridge lists.
fn listed<'a>(machine: &Machine<'a>) -> BTreeSet<&'a str> {
    let endpoints = machine.dumps().flat_map(|(_, server)| &server.endpoints);
    endpoints.map(|endpoint| endpoint.id.as_str()).collect()
}

fn by_speaker(turns: Vec<DominantSpeakerTurn<'_>>) -> BTreeMap<&str, Vec<DominantSpeakerTurn<'_>>> {
    let mut found: BTreeMap<&str, Vec<DominantSpeakerTurn<'_>>> = BTreeMap::new();
    for turn in turns {
        found.entry(turn.speaker).or_default().push(turn);
    }
    found
}

/// The times in which the dominant speaker of a bridge is unknown: between two of its dumps, until the later one shows a
/// change, and before a first poll that shows a speaker.
fn unobserved(machine: &Machine<'_>) -> Vec<TimeSpan> {
    let mut unknown = Vec::new();
    for (offset_ms, server) in machine.dumps() {
        let Some(span) = server.span.map(|span| span.shifted(offset_ms)) else { continue };
        let changes = server.events.iter().filter(|event| event.kind == EventKind::DominantSpeaker);
        let first_ms = changes.map(|event| event.at_ms + offset_ms).reduce(f64::min);
        match (machine.polled_before(span.from_ms), first_ms) {
            (Some(before_ms), _) => unknown.push(TimeSpan::new(before_ms, first_ms.unwrap_or(span.to_ms))),
            (None, Some(first_ms)) if first_ms <= span.from_ms => {
                unknown.push(TimeSpan::new(first_ms - LONG_MS, first_ms));
            }
            _ => {}
        }
    }
    unknown
}

/// A bridge's turns, by its log, and by its polls where they show what the log does not.
fn turns<'a>(machine: &Machine<'a>) -> Vec<DominantSpeakerTurn<'a>> {
    let mut changes_of_all: Vec<(f64, bool, usize, Option<&str>)> = Vec::new();
    for (dump, (offset_ms, server)) in machine.dumps().enumerate() {
        let changes = server.events.iter().filter(|event| event.kind == EventKind::DominantSpeaker);
        changes_of_all.extend(
            changes.map(|event| (event.at_ms + offset_ms, event.exact, dump, event.endpoint.as_deref())),
        );
    }
    changes_of_all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut turns: Vec<DominantSpeakerTurn<'a>> = Vec::new();
    // The dump that shows the current turn.
    let mut open = None::<usize>;
    for (at_ms, exact, dump, speaker) in changes_of_all {
        let Some(speaker) = speaker else {
            // The log shows silence, in which the last speaker is still dominant; a poll shows that there is none.
            if !exact && let Some(last) = turns.last_mut().filter(|_| open.is_some()) {
                last.to_ms = at_ms;
                open = None;
            }
            continue;
        };
        if open == Some(dump) && turns.last().is_some_and(|last| last.speaker == speaker) {
            continue;
        }
        if let Some(last) = turns.last_mut().filter(|_| open.is_some()) {
            last.to_ms = at_ms;
        }
        // The start of what a first poll shows is unknown.
        let since_ms = if exact { Some(at_ms) } else { machine.polled_before(at_ms) };
        open = since_ms.map(|_| dump);
        turns.extend(since_ms.map(|since_ms| DominantSpeakerTurn {
            speaker,
            start: TimeSpan::new(since_ms, at_ms),
            to_ms: f64::INFINITY,
            exact,
        }));
    }
    if let (Some(last), Some(end_ms)) = (turns.last_mut().filter(|_| open.is_some()), machine.polled_last()) {
        last.to_ms = end_ms.max(last.start.to_ms);
    }
    turns
}

/// The entries of clients about dominant speakers on bridges.
fn entries<'a>(clients: &'a [Client<'a>]) -> Vec<NotedSpeaker<'a>> {
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
            let Some(speaker) = event.detail.as_deref() else { continue };
            let is_start = before.is_some_and(|before| before != speaker);
            before = Some(speaker);
            found.push(NotedSpeaker { by: client, speaker, at_ms: event.at_ms, is_start });
        }
        let became = events.filter(|event| event.kind == EventKind::BecameDominantSpeaker).take(share);
        own.extend(became.map(|event| {
            let entry = NotedSpeaker { by: client, speaker: client.id, at_ms: event.at_ms, is_start: false };
            (event.at_ms - client.ahead_ms, entry)
        }));
    }
    own.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut before: Option<(f64, &str)> = None;
    for (common_ms, mut entry) in own {
        entry.is_start =
            before.is_some_and(|(at_ms, speaker)| speaker != entry.speaker && at_ms + ECHO_MS < common_ms);
        before = Some((common_ms, entry.speaker));
        found.push(entry);
    }
    found
}

/// The time of a peer-to-peer connection, on the client's clock: clients determine the dominant speaker themselves then.
fn direct_span(client: &Client<'_>) -> Option<TimeSpan> {
    let direct = client.extract.connections.iter().find(|connection| connection.summary.p2p == Some(true))?;
    let id = direct.summary.id.as_str();
    let mut events = client.extract.events.iter().filter(|event| event.connection.as_deref() == Some(id));
    Some(TimeSpan::new(events.next()?.at_ms, direct.media_until_ms.unwrap_or(f64::INFINITY)))
}
