//! Jicofo: the members of the room, the bridges to which they are assigned, and their sources.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::is_new_source;
use super::state::{Applied, State, at, boolean, names, number, text};
use crate::limits::MAX_ENDPOINTS;
use crate::model::{FocusBridge, FocusMember, FocusPoll, MediaSource, MemberKind, ServerSink, Stamp};
use crate::problems::ProblemKind;

const MEMBERS: &[&str] = &["chat_room", "members"];
const SESSIONS: &[&str] = &["colibri_session_manager", "sessions"];
/// The places of the state in which a member has an entry.
const PLACES: &[&[&str]] =
    &[MEMBERS, &["participants"], &["colibri_session_manager", "participants"], &["conference_sources"]];
/// A value of a member's entry that never changes, so that only a full entry has it.
const FULL_MEMBER: &str = "occupant_jid";

/// The state of reading a focus' dump.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Jicofo {
    state: State,
    /// Whether a full state was read.
    has_base: bool,
    /// Members that have left by the log. Their entries in the state are outdated until they join again.
    left: BTreeSet<String>,
    /// The line of a poll in which an unknown member left, until it is known which.
    unresolved: Option<u64>,
    /// How many unknown departures were reported as problems.
    reported_departures: usize,
    sources: BTreeSet<(u32, String)>,
}

/// Whether a member of the state is kept.
pub(super) fn keeps(key: &str) -> bool {
    !matches!(key, "features" | "capsNodeVer" | "feedback_sources" | "groups" | "invite_runnable")
}

impl Jicofo {
    /// Applies a change of the state and passes on the poll.
    pub(super) fn take(&mut self, change: Value, at_poll: Stamp, sink: &mut dyn ServerSink) -> Applied {
        let touched = touched_sessions(&change);
        let changed = at(&change, MEMBERS).as_object();
        for (id, member) in changed.into_iter().flatten() {
            if member.get(FULL_MEMBER).is_some() {
                self.left.remove(id);
            }
        }
        self.end_shares(&change);
        let applied = self.state.apply(change, keeps);
        self.has_base |= applied.is_full;
        if applied.is_full {
            (self.unresolved, self.reported_departures) = (None, 0);
        }
        let excess = self.excess();
        if let Some(line) = self.unresolved.take().filter(|_| excess > self.reported_departures) {
            sink.problem(ProblemKind::UnknownDeparture, line);
            self.reported_departures = excess;
        }
        self.reported_departures = self.reported_departures.min(excess);
        for id in self.left.clone() {
            self.forget(&id);
        }
        self.forget_bots();
        self.forget_bridges();
        if self.has_base && self.excess() > 0 {
            if !self.lists_are_incomplete() {
                self.find_who_left(&touched);
            }
            if self.excess() > 0 {
                self.unresolved = Some(at_poll.line);
            }
        }
        self.pass_sources(sink);
        if at_poll.at_ms.is_finite() {
            sink.focus(at_poll, &self.poll());
        }
        applied
    }

    /// Removes screens from lists of sources that became shorter. Such a change is written as `{}` and has lost the last
    /// entries; screens are added last and removed first.
    fn end_shares(&mut self, change: &Value) {
        let described = at(change, &["conference_sources"]).as_object().into_iter().flatten();
        let is_empty = |value: &Value| value.as_object().is_some_and(serde_json::Map::is_empty);
        for (id, _) in described.filter(|(_, described)| is_empty(at(described, &["sources"]))) {
            let known = self.state.object_mut(&["conference_sources", id]);
            let sources = known.and_then(|known| known.get_mut("sources")).and_then(Value::as_array_mut);
            if let Some(sources) = sources {
                while sources.last().is_some_and(is_screen) {
                    sources.pop();
                }
            }
        }
    }

    /// Prepares for the next part of the dump: an unknown departure was before its first line.
    pub(super) fn resume(&mut self) {
        self.unresolved = self.unresolved.map(|_| 1);
    }

    /// Notes that a member joined, by the log.
    pub(super) fn joined(&mut self, id: &str) {
        self.left.remove(id);
    }

    /// Notes that a member left, by the log.
    pub(super) fn left(&mut self, id: &str) {
        if self.left.len() < MAX_ENDPOINTS {
            self.left.insert(id.to_owned());
        }
        self.forget(id);
    }

    /// How many more participants the state has than the focus counts.
    fn excess(&self) -> usize {
        let root = self.state.root();
        let known = at(root, &["participants"]).as_object().map_or(0, serde_json::Map::len);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of people")]
        let counted = number(at(root, &["participant_count"])).map(|count| count.max(0.0) as usize);
        counted.map_or(0, |counted| known.saturating_sub(counted))
    }

    /// Whether the poll in which a participant joined is lost: the state has only a part of its entry, and the lists of
    /// the bridges are incomplete.
    fn lists_are_incomplete(&self) -> bool {
        let mut participants = at(self.state.root(), &["participants"]).as_object().into_iter().flatten();
        participants.any(|(_, participant)| participant.get("id").is_none())
    }

    /// Removes participants that are on no bridge any more. When one leaves, the list of its bridge moves up by one, but the
    /// last entries stay in the rebuilt state: twice, or once too often if the last one left.
    fn find_who_left(&mut self, touched: &[String]) {
        let excess = self.excess();
        let mut on_bridges: BTreeSet<String> = BTreeSet::new();
        let mut lists: Vec<(String, Vec<String>)> = Vec::new();
        for (name, session) in at(self.state.root(), SESSIONS).as_object().into_iter().flatten() {
            lists.push((name.clone(), names(at(session, &["participants"]))));
        }
        for (name, list) in &mut lists {
            if touched.len() == 1 && touched.contains(name) {
                list.truncate(list.len().saturating_sub(excess));
            }
            on_bridges.extend(list.iter().cloned());
        }
        let people = at(self.state.root(), &["participants"]).as_object();
        let departed: Vec<String> = people
            .into_iter()
            .flat_map(|people| people.keys())
            .filter(|id| !on_bridges.contains(*id))
            .cloned()
            .collect();
        if departed.len() != excess {
            return;
        }
        for (name, list) in lists {
            if let Some(session) = self.state.object_mut(&[SESSIONS, &[&name]].concat()) {
                session.insert("participants".to_owned(), list.into_iter().map(Value::String).collect());
            }
        }
        departed.iter().for_each(|id| self.forget(id));
    }

    /// Removes recorders, gateways and transcribers when the focus counts none of their kind any more.
    fn forget_bots(&mut self) {
        let counts = [
            ("jibri_count", "is_jibri"),
            ("transcriber_count", "is_transcriber"),
            ("jigasi_count", "is_jigasi"),
        ];
        for (count, flag) in counts {
            if number(at(self.state.root(), &[count])) != Some(0.0) {
                continue;
            }
            let members = at(self.state.root(), MEMBERS).as_object().into_iter().flatten();
            // A gateway that transcribes is counted as a transcriber only.
            let counts_as = |member: &Value, flag: &str| boolean(at(member, &[flag])) == Some(true);
            let bots = members.filter(|(_, member)| {
                counts_as(member, flag) && (flag != "is_jigasi" || !counts_as(member, "is_transcriber"))
            });
            let bots: Vec<String> = bots.map(|(id, _)| id.clone()).collect();
            bots.iter().for_each(|id| self.forget(id));
        }
    }

    /// Removes bridges when the focus counts fewer: those to which no participant is assigned.
    fn forget_bridges(&mut self) {
        let root = self.state.root();
        let known = at(root, SESSIONS).as_object().map_or(0, serde_json::Map::len);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of bridges")]
        let counted =
            number(at(root, &["conference_properties", "bridge-count"])).map(|count| count.max(0.0) as usize);
        let excess = counted.map_or(0, |counted| known.saturating_sub(counted));
        if excess == 0 {
            return;
        }
        let allocated = at(root, &["colibri_session_manager", "participants"]).as_object();
        let in_use: BTreeSet<&str> =
            allocated.into_iter().flatten().filter_map(|(_, member)| text(at(member, &["bridge"]))).collect();
        let sessions = at(root, SESSIONS).as_object().into_iter().flatten();
        let departed: Vec<String> =
            sessions.map(|(name, _)| name).filter(|name| !in_use.contains(name.as_str())).cloned().collect();
        if departed.len() == excess
            && let Some(sessions) = self.state.object_mut(SESSIONS)
        {
            sessions.retain(|name, _| !departed.contains(name));
        }
    }

    /// Removes a member from the state.
    fn forget(&mut self, id: &str) {
        for place in PLACES {
            if let Some(entries) = self.state.object_mut(place) {
                entries.remove(id);
            }
        }
        let Some(sessions) = self.state.object_mut(SESSIONS) else { return };
        for session in sessions.values_mut() {
            if let Some(list) = session.get_mut("participants").and_then(Value::as_array_mut) {
                list.retain(|member| member != id);
            }
        }
    }

    fn poll(&self) -> FocusPoll {
        let root = self.state.root();
        let count = |key: &str| number(at(root, &[key]));
        let limit = |key: &str| boolean(at(root, &[key]));
        let members = at(root, MEMBERS).as_object().into_iter().flatten();
        let sessions = at(root, SESSIONS).as_object().into_iter().flatten();
        FocusPoll {
            members: members
                .take(MAX_ENDPOINTS)
                .map(|(id, member)| {
                    let allocated = at(root, &["colibri_session_manager", "participants", id]);
                    let known =
                        member_of(id, member, allocated, at(root, &["participants", id, "jingle_session"]));
                    let sources = at(root, &["conference_sources", id, "sources"]).as_array();
                    FocusMember { sharing: sources.map(|sources| sources.iter().any(is_screen)), ..known }
                })
                .collect(),
            bridges: sessions.take(MAX_ENDPOINTS).map(|(name, session)| bridge_of(name, session)).collect(),
            audio_senders: number(at(root, &["chat_room", "audio_senders_count"])),
            video_senders: number(at(root, &["chat_room", "video_senders_count"])),
            participants: count("participant_count"),
            recorders: count("jibri_count"),
            sip: count("jigasi_count"),
            transcribers: count("transcriber_count"),
            visitors: count("visitor_count"),
            audio_limit: limit("audio_limit_reached"),
            video_limit: limit("video_limit_reached"),
        }
    }

    fn pass_sources(&mut self, sink: &mut dyn ServerSink) {
        let by_endpoint = at(self.state.root(), &["conference_sources"]).as_object();
        for (id, described) in by_endpoint.into_iter().flatten() {
            for source in at(described, &["sources"]).as_array().into_iter().flatten() {
                let ssrc = at(source, &["ssrc"]).as_u64().and_then(|ssrc| u32::try_from(ssrc).ok());
                let Some(ssrc) = ssrc else { continue };
                if is_new_source(&mut self.sources, ssrc, id) {
                    let word = |key| text(at(source, &[key])).map(str::to_owned);
                    sink.source(MediaSource {
                        ssrc,
                        endpoint: id.clone(),
                        name: word("name"),
                        kind: word("media_type"),
                        video_type: word("videoType"),
                    });
                }
            }
        }
    }
}

/// The bridges whose lists of participants a change has.
fn touched_sessions(change: &Value) -> Vec<String> {
    let sessions = at(change, SESSIONS).as_object().into_iter().flatten();
    sessions
        .filter(|(_, session)| session.get("participants").is_some())
        .map(|(name, _)| name.clone())
        .collect()
}

fn is_screen(source: &Value) -> bool {
    text(at(source, &["videoType"])) == Some("desktop")
}

fn member_of(id: &str, member: &Value, allocated: &Value, jingle: &Value) -> FocusMember {
    let is = |key: &str| boolean(at(member, &[key])) == Some(true);
    let word = |value: &Value| text(value).map(str::to_owned);
    FocusMember {
        id: id.to_owned(),
        is_full: member.get(FULL_MEMBER).is_some(),
        stats_id: word(at(member, &["stats_id"])),
        kind: match () {
            () if is("is_jibri") => MemberKind::Jibri,
            () if is("is_transcriber") => MemberKind::Transcriber,
            () if is("is_jigasi") => MemberKind::Jigasi,
            () if is("robot") => MemberKind::Bot,
            () => MemberKind::Participant,
        },
        region: word(at(member, &["region"])),
        role: word(at(member, &["role"])),
        audio_muted: boolean(at(member, &["is_audio_muted"])),
        video_muted: boolean(at(member, &["is_video_muted"])),
        visitor: boolean(at(allocated, &["visitor"])),
        bridge: word(at(allocated, &["bridge"])),
        jingle: word(at(jingle, &["state"])),
        sharing: None,
    }
}

fn bridge_of(name: &str, session: &Value) -> FocusBridge {
    let bridge = at(session, &["bridge"]);
    let is = |key: &str| boolean(at(bridge, &[key]));
    FocusBridge {
        name: name.to_owned(),
        version: text(at(bridge, &["version"])).map(str::to_owned),
        region: text(at(bridge, &["region"])).map(str::to_owned),
        stress: number(at(bridge, &["stress"])),
        healthy: is("healthy"),
        overloaded: is("overloaded"),
        draining: is("drain"),
        shutting_down: [is("shutting-down"), is("graceful-shutdown")]
            .into_iter()
            .flatten()
            .reduce(|a, b| a || b),
        operational: is("operational"),
    }
}
