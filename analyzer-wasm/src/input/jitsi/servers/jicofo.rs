//! Jicofo: who is in the room, which bridge carries whom, and whose sources are whose.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::is_news;
use super::state::{Applied, State, at, names, number, text, yes};
use crate::limits::MAX_ENDPOINTS;
use crate::model::{FocusBridge, FocusMember, FocusPoll, MediaSource, MemberKind, ServerSink, Stamp};
use crate::problems::ProblemKind;

const MEMBERS: &[&str] = &["chat_room", "members"];
const SESSIONS: &[&str] = &["colibri_session_manager", "sessions"];
/// Everywhere that a member has an entry.
const PLACES: &[&[&str]] =
    &[MEMBERS, &["participants"], &["colibri_session_manager", "participants"], &["conference_sources"]];
/// What is in a member's entry when it has just come, and never changes.
const WHOLE_MEMBER: &str = "occupant_jid";

/// A focus' dump as it is being read.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Jicofo {
    state: State,
    based: bool,
    /// Who has left, by the log: what the state says of them until they come anew is old.
    left: BTreeSet<String>,
    /// A poll in which somebody left of whom nothing has told yet who it was.
    unresolved: Option<u64>,
    /// How many of those were told already.
    told: usize,
    sources: BTreeSet<(u32, String)>,
}

/// Whether a member of the state is worth its room.
pub(super) fn keeps(key: &str) -> bool {
    !matches!(key, "features" | "capsNodeVer" | "feedback_sources" | "groups" | "invite_runnable")
}

impl Jicofo {
    /// Takes a change of the state.
    pub(super) fn take(&mut self, change: Value, at_poll: Stamp, sink: &mut dyn ServerSink) -> Applied {
        let touched = touched_sessions(&change);
        let changed = at(&change, MEMBERS).as_object();
        for (id, member) in changed.into_iter().flatten() {
            if member.get(WHOLE_MEMBER).is_some() {
                self.left.remove(id);
            }
        }
        self.end_shares(&change);
        let applied = self.state.apply(change, keeps);
        self.based |= applied.whole;
        if applied.whole {
            (self.unresolved, self.told) = (None, 0);
        }
        let excess = self.excess();
        if let Some(line) = self.unresolved.take().filter(|_| excess > self.told) {
            sink.problem(ProblemKind::UnknownDeparture, line);
            self.told = excess;
        }
        self.told = self.told.min(excess);
        for id in self.left.clone() {
            self.forget(&id);
        }
        self.forget_bots();
        self.forget_bridges();
        if self.based && self.excess() > 0 {
            if !self.lists_are_old() {
                self.find_who_left(&touched);
            }
            if self.excess() > 0 {
                self.unresolved = Some(at_poll.line);
            }
        }
        self.tell_sources(sink);
        if at_poll.at_ms.is_finite() {
            sink.focus(at_poll, &self.poll());
        }
        applied
    }

    /// A list that only became shorter comes as nothing: what has gone stood at its end. Screens come last and go first.
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

    /// Another file goes on from here: whoever left unseen did so before its first line.
    pub(super) fn resume(&mut self) {
        self.unresolved = self.unresolved.map(|_| 1);
    }

    /// The log says that somebody came.
    pub(super) fn joined(&mut self, id: &str) {
        self.left.remove(id);
    }

    /// The log says that somebody left.
    pub(super) fn left(&mut self, id: &str) {
        if self.left.len() < MAX_ENDPOINTS {
            self.left.insert(id.to_owned());
        }
        self.forget(id);
    }

    /// How many people more the state holds than the focus counts.
    fn excess(&self) -> usize {
        let root = self.state.root();
        let known = at(root, &["participants"]).as_object().map_or(0, serde_json::Map::len);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of people")]
        let counted = number(at(root, &["participant_count"])).map(|count| count.max(0.0) as usize);
        counted.map_or(0, |counted| known.saturating_sub(counted))
    }

    /// Whether somebody came in a poll that is lost: the state has only a part of their entry, and lists are not as they
    /// were when it was told who is where.
    fn lists_are_old(&self) -> bool {
        let mut people = at(self.state.root(), &["participants"]).as_object().into_iter().flatten();
        people.any(|(_, person)| person.get("id").is_none())
    }

    /// Takes away who is on no bridge any more. A bridge's list moves up when somebody leaves, so that its last ones
    /// stand there twice, or one too many does where the last one left.
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
        let gone: Vec<String> = people
            .into_iter()
            .flat_map(|people| people.keys())
            .filter(|id| !on_bridges.contains(*id))
            .cloned()
            .collect();
        if gone.len() != excess {
            return;
        }
        for (name, list) in lists {
            if let Some(session) = self.state.object_mut(&[SESSIONS, &[&name]].concat()) {
                session.insert("participants".to_owned(), list.into_iter().map(Value::String).collect());
            }
        }
        gone.iter().for_each(|id| self.forget(id));
    }

    /// Recorders and their like are counted, so that it is known when the last one has gone.
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
            // A gateway that transcribes counts as a transcriber alone.
            let counts_as = |member: &Value, flag: &str| yes(at(member, &[flag])) == Some(true);
            let bots = members.filter(|(_, member)| {
                counts_as(member, flag) && (flag != "is_jigasi" || !counts_as(member, "is_transcriber"))
            });
            let bots: Vec<String> = bots.map(|(id, _)| id.clone()).collect();
            bots.iter().for_each(|id| self.forget(id));
        }
    }

    /// Bridges are counted as well: one that was removed carries nobody any more.
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
        let gone: Vec<String> =
            sessions.map(|(name, _)| name).filter(|name| !in_use.contains(name.as_str())).cloned().collect();
        if gone.len() == excess
            && let Some(sessions) = self.state.object_mut(SESSIONS)
        {
            sessions.retain(|name, _| !gone.contains(name));
        }
    }

    /// Takes somebody out of the state.
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
        let limit = |key: &str| yes(at(root, &[key]));
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

    fn tell_sources(&mut self, sink: &mut dyn ServerSink) {
        let by_endpoint = at(self.state.root(), &["conference_sources"]).as_object();
        for (id, described) in by_endpoint.into_iter().flatten() {
            for source in at(described, &["sources"]).as_array().into_iter().flatten() {
                let ssrc = at(source, &["ssrc"]).as_u64().and_then(|ssrc| u32::try_from(ssrc).ok());
                let Some(ssrc) = ssrc else { continue };
                if is_news(&mut self.sources, ssrc, id) {
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

/// The bridges whose lists of participants a change speaks of.
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
    let is = |key: &str| yes(at(member, &[key])) == Some(true);
    let word = |value: &Value| text(value).map(str::to_owned);
    FocusMember {
        id: id.to_owned(),
        whole: member.get(WHOLE_MEMBER).is_some(),
        stats_id: word(at(member, &["stats_id"])),
        kind: match () {
            () if is("is_jibri") => MemberKind::Jibri,
            () if is("is_transcriber") => MemberKind::Transcriber,
            () if is("is_jigasi") => MemberKind::Jigasi,
            () if is("robot") => MemberKind::Bot,
            () => MemberKind::Person,
        },
        region: word(at(member, &["region"])),
        role: word(at(member, &["role"])),
        audio_muted: yes(at(member, &["is_audio_muted"])),
        video_muted: yes(at(member, &["is_video_muted"])),
        visitor: yes(at(allocated, &["visitor"])),
        bridge: word(at(allocated, &["bridge"])),
        jingle: word(at(jingle, &["state"])),
        sharing: None,
    }
}

fn bridge_of(name: &str, session: &Value) -> FocusBridge {
    let bridge = at(session, &["bridge"]);
    let is = |key: &str| yes(at(bridge, &[key]));
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
