//! A member of the room as the focus reports it: role, mutes and bridges.

use serde::{Deserialize, Serialize};

use super::events::ServerEvents;
use super::presences::ServerPresences;
use crate::model::{EventKind as Kind, FocusMember, MemberKind, Stamp};

/// A member in the dump of a focus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MemberExtract {
    /// The endpoint id.
    pub id: String,
    /// The generated stats id.
    pub stats_id: Option<String>,
    /// Participant, recorder, SIP gateway, transcriber or bot.
    pub kind: MemberKind,
    /// The region that the deployment assigned to it.
    pub region: Option<String>,
    /// The last role.
    pub role: Option<String>,
    /// Whether it is a visitor (receives only).
    pub visitor: Option<bool>,
    /// When it was present.
    pub presences: ServerPresences,
    /// The bridges that it was assigned to, in order.
    pub bridges: Vec<BridgeChoice>,
    /// Time with the microphone muted, by the polls, ms.
    pub audio_muted_ms: Option<f64>,
    /// Time with the camera muted, by the polls, ms.
    pub video_muted_ms: Option<f64>,
    /// The last state of the Jingle session.
    pub jingle: Option<String>,
}

/// The assignment of a member to a bridge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BridgeChoice {
    /// The first poll that has it, epoch ms.
    pub at_ms: f64,
    /// The name of the bridge.
    pub bridge: String,
}

/// The most bridge assignments of one member.
const MAX_CHOICES: usize = 256;

/// A member over the part of the dump read so far.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MemberState {
    pub(super) extract: MemberExtract,
    audio: Switch,
    video: Switch,
    screen: Switch,
}

/// A mute or another switch, and how long it was on.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Switch {
    on: Option<bool>,
    since_ms: f64,
    total_ms: Option<f64>,
}

impl Switch {
    /// Adds a poll. Returns the new state if it has changed.
    fn add_poll(&mut self, now: Option<bool>, at_ms: f64) -> Option<bool> {
        let now = now?;
        let total = self.total_ms.get_or_insert(0.0);
        if self.on == Some(true) {
            *total += (at_ms - self.since_ms).max(0.0);
        }
        self.since_ms = at_ms;
        let before = self.on.replace(now);
        (before.unwrap_or(false) != now).then_some(now)
    }
}

impl MemberState {
    pub(super) fn new(id: &str) -> Self {
        let extract = MemberExtract {
            id: id.to_owned(),
            stats_id: None,
            kind: MemberKind::Participant,
            region: None,
            role: None,
            visitor: None,
            presences: ServerPresences::default(),
            bridges: Vec::new(),
            audio_muted_ms: None,
            video_muted_ms: None,
            jingle: None,
        };
        Self { extract, audio: Switch::default(), video: Switch::default(), screen: Switch::default() }
    }

    /// Adds a poll.
    pub(super) fn add_poll(&mut self, at: Stamp, now: &FocusMember, events: &mut ServerEvents) {
        let id = Some(now.id.as_str());
        let known = &mut self.extract;
        for (place, word) in [
            (&mut known.stats_id, &now.stats_id),
            (&mut known.region, &now.region),
            (&mut known.jingle, &now.jingle),
        ] {
            if word.is_some() {
                place.clone_from(word);
            }
        }
        known.visitor = now.visitor.or(known.visitor);
        if now.kind != MemberKind::Participant {
            known.kind = now.kind;
        }
        if now.role.is_some() && known.role != now.role {
            if let Some(before) = &known.role {
                let change = format!("{before} to {}", now.role.as_deref().unwrap_or_default());
                events.polled(at, Kind::RoleChanged, id, Some(change));
            }
            known.role.clone_from(&now.role);
        }
        if let Some(bridge) = &now.bridge
            && known.bridges.last().is_none_or(|last| last.bridge != *bridge)
            && known.bridges.len() < MAX_CHOICES
        {
            match known.bridges.last() {
                None => events.polled(at, Kind::BridgeAssigned, id, Some(bridge.clone())),
                Some(last) => {
                    let move_ = format!("{} to {bridge}", last.bridge);
                    events.polled(at, Kind::BridgeMoved, id, Some(move_));
                }
            }
            known.bridges.push(BridgeChoice { at_ms: at.at_ms, bridge: bridge.clone() });
        }
        let switches = [
            (&mut self.audio, now.audio_muted, Kind::AudioMuted, Kind::AudioUnmuted),
            (&mut self.video, now.video_muted, Kind::VideoMuted, Kind::VideoUnmuted),
            (&mut self.screen, now.sharing, Kind::ScreenShareStarted, Kind::ScreenShareStopped),
        ];
        // Recorders and transcribers have no microphone that could be muted.
        let has_microphone = !matches!(self.extract.kind, MemberKind::Jibri | MemberKind::Transcriber);
        for (switch, state, on, off) in switches.into_iter().filter(|_| has_microphone) {
            if let Some(is_on) = switch.add_poll(state, at.at_ms) {
                events.polled(at, if is_on { on } else { off }, id, None);
            }
        }
    }

    /// Notes that the member has left, so that its next switch states belong to another presence.
    pub(super) fn left(&mut self) {
        (self.audio.on, self.video.on, self.screen.on) = (None, None, None);
    }

    /// Adds the detail of a log line about a join: `stats-id=… region=… role=… isJibri=…`.
    pub(super) fn joined(&mut self, detail: &str) {
        for (key, value) in detail.split([' ', ',']).filter_map(|pair| pair.split_once('=')) {
            let known = &mut self.extract;
            match (key, value) {
                (_, "" | "null" | "false") => {}
                ("stats-id", _) => known.stats_id = Some(value.to_owned()),
                ("region", _) => known.region = Some(value.to_owned()),
                ("role", _) => known.role = Some(value.to_owned()),
                ("isJibri", "true") => known.kind = MemberKind::Jibri,
                ("isTranscriber", "true") => known.kind = MemberKind::Transcriber,
                ("isJigasi", "true") if known.kind == MemberKind::Participant => {
                    known.kind = MemberKind::Jigasi;
                }
                _ => {}
            }
        }
    }

    /// Ends the dump.
    pub(super) fn finish(mut self) -> MemberExtract {
        self.extract.audio_muted_ms = self.audio.total_ms;
        self.extract.video_muted_ms = self.video.total_ms;
        self.extract
    }
}
