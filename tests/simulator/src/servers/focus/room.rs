//! The state of a room in the focus' format: members, their sessions and streams, the bridges and their stress.

use serde_json::{Map, Value, json};

use super::log::{ACCEPTED_MS, FEATURES, role};
use crate::deployment::{BRIDGE_VERSION, DOMAIN, Lines, Machine, MachineKind};
use crate::scenario::TimeRange;
use crate::server_truth::TrueStress;
use crate::servers::plan::Setting;
use crate::servers::presences::{BridgePresence, member_time, published_ms};
use crate::session::Session;

/// The release number of all bridges.
const RELEASE: &str = "5512";

/// The room at one time.
#[derive(Debug)]
pub(super) struct Room<'a> {
    pub(super) setting: Setting<'a>,
    pub(super) at_ms: u64,
    /// The stress of the bridges in use.
    pub(super) stress: &'a [TrueStress],
}

impl Room<'_> {
    /// The members of the room, with their session indices.
    pub(super) fn members(&self) -> impl Iterator<Item = (usize, &Session)> {
        let there = |session: &Session| member_time(session).contains(self.at_ms);
        self.setting.sessions.iter().enumerate().filter(move |(_, session)| there(session))
    }

    /// The recorders and gateways in the room.
    pub(super) fn machines(&self) -> impl Iterator<Item = &Machine> {
        self.setting.servers.focus.machines.iter().filter(|machine| machine.time.contains(self.at_ms))
    }

    /// Whether a member's audio and video are muted. Before their announcement they are.
    pub(super) fn muted(&self, session: &Session) -> [bool; 2] {
        let within = |stretches: &[TimeRange]| stretches.iter().any(|stretch| stretch.contains(self.at_ms));
        let early = self.at_ms < published_ms(session);
        [&session.details.audio_muted, &session.details.video_muted].map(|muted| early || within(muted))
    }

    /// The number of audio senders and of video senders.
    pub(super) fn senders(&self) -> [usize; 2] {
        let count = |place: usize| {
            let sends = |session: &Session| self.muted(session).get(place) == Some(&false);
            self.members().filter(|(_, session)| sends(session)).count()
        };
        [count(0), count(1)]
    }

    /// Whether a member's session was accepted.
    fn is_accepted(&self, session: &Session) -> bool {
        published_ms(session) - ACCEPTED_MS <= self.at_ms
    }

    /// Whether the focus is of a current version, whose state has more fields.
    fn is_current(&self) -> bool {
        self.setting.servers.focus.host.lines == Lines::Enveloped
    }

    /// The complete state.
    pub(super) fn state(&self) -> Value {
        let [audio_senders, video_senders] = self.senders();
        let (room, participants) = (self.setting.room(), self.members().count() + self.machines().count());
        let by_id = |of: &dyn Fn(usize, &Session) -> Value| -> Map<String, Value> {
            self.members()
                .map(|(index, session)| (session.presence.endpoint_id.clone(), of(index, session)))
                .collect()
        };
        let clock_ms = self.setting.scenario.start_ms + self.at_ms;
        let sources = |index: usize, session: &Session| self.sources(index, session);
        let and_machines = |mut people: Map<String, Value>, of: &dyn Fn(&Machine) -> Value| {
            people.extend(self.machines().map(|machine| (machine.endpoint_id.clone(), of(machine))));
            people
        };
        let count = |kind: MachineKind| self.machines().filter(|machine| machine.kind == kind).count();
        let [audio_limit, video_limit] = self
            .setting
            .servers
            .focus
            .limits
            .map(|limit| limit.is_some_and(|time| time.contains(self.at_ms)));
        let nothing = |_: &Machine| json!({"sources": [], "groups": []});
        let mut bridges: Vec<&str> = self.stress.iter().map(|row| row.bridge.as_str()).collect();
        bridges.dedup();
        json!({
            "name": room,
            "meeting_id": self.setting.scenario.meeting_id,
            "config": {"rtcstatsEnabled": true, "startAudioMuted": 25, "startVideoMuted": 25},
            "chat_room": {
                "room_jid": room, "my_occupant_jid": format!("{room}/focus"),
                "members": and_machines(
                    by_id(&|index, session| self.member(index, session)),
                    &|machine| self.machine_member(machine),
                ),
                "audio_senders_count": audio_senders, "video_senders_count": video_senders, "av_moderation": {},
            },
            "participants": and_machines(
                by_id(&|_, session| self.participant(session)),
                &|machine| json!({"id": machine.endpoint_id, "jingle_session": {"state": "ACTIVE"}}),
            ),
            "chat_room_role_manager": "null",
            "started": true, "start_audio_muted": false, "start_video_muted": false,
            "colibri_session_manager": {
                "participants": and_machines(
                    by_id(&|index, session| self.on_bridge(index, session)),
                    &|machine| self.machine_on_bridge(machine),
                ),
                "sessions": self.sessions(),
            },
            "conference_properties": {
                "visitors-enabled": "false", "support-terminate-restart": "false",
                "bridge-count": bridges.len().to_string(),
            },
            "include_in_statistics": true,
            "conference_sources": and_machines(by_id(&sources), &nothing),
            "audio_limit_reached": audio_limit, "video_limit_reached": video_limit,
            "participant_count": participants, "visitor_count": 0, "jibri_count": count(MachineKind::Jibri),
            "jigasi_count": count(MachineKind::Jigasi), "transcriber_count": count(MachineKind::Transcriber),
            "timestamp": clock_ms.saturating_add_signed(self.setting.servers.focus.host.clock_ahead_ms),
        })
    }

    fn member(&self, index: usize, session: &Session) -> Value {
        let id = &session.presence.endpoint_id;
        let [audio, video] = self.muted(session);
        let mut member = json!({
            "region": self.setting.scenario.region_of(session.person),
            "occupant_jid": format!("{}/{id}", self.setting.room()),
            "jid": format!("{}@{DOMAIN}/{}", session.presence.session_id, id.chars().rev().collect::<String>()),
            "is_jibri": false, "is_jigasi": false, "role": role(self.setting, index),
            "stats_id": session.details.stats_id, "is_audio_muted": audio, "is_video_muted": video,
            "features": FEATURES, "capsNodeVer": "https://jitsi.org/jitsi-meet#Wn2/3mqpqEjoKyYvJ1oDZ0mgf2s=",
        });
        if let Some(member) = member.as_object_mut() {
            if self.is_current() {
                member.insert("is_transcriber".to_owned(), false.into());
                member.insert("video_codecs".to_owned(), json!(["vp8", "vp9", "h264", "av1"]));
            } else {
                member.insert("robot".to_owned(), false.into());
            }
        }
        member
    }

    /// The member row of a machine. A recorder is a browser, a transcriber is a SIP gateway with a flag.
    fn machine_member(&self, machine: &Machine) -> Value {
        let id = &machine.endpoint_id;
        json!({
            "region": Value::Null, "occupant_jid": format!("{}/{id}", self.setting.room()),
            "jid": format!("{id}@recorder.{DOMAIN}/{id}"), "is_jibri": machine.kind == MachineKind::Jibri,
            "is_jigasi": machine.kind != MachineKind::Jibri,
            "is_transcriber": machine.kind == MachineKind::Transcriber, "role": "PARTICIPANT",
            "stats_id": Value::Null, "is_audio_muted": true, "is_video_muted": true, "features": FEATURES,
        })
    }

    /// The bridge participant of a machine. Machines are on the first of the bridges in use.
    fn machine_on_bridge(&self, machine: &Machine) -> Value {
        json!({
            "id": machine.endpoint_id, "sources": {"sources": [], "groups": []},
            "bridge": self.stress.first().map(|row| &row.bridge), "audio_muted": true, "video_muted": true,
            "visitor": false,
        })
    }

    fn participant(&self, session: &Session) -> Value {
        let id = &session.presence.endpoint_id;
        let moving = self.setting.servers.restarts().any(|(fault, _)| {
            let was_there =
                self.setting.servers.bridge_of(session.person, fault.time.from_ms) == fault.bridge;
            was_there && (fault.moved_ms()..fault.time.to_ms).contains(&self.at_ms)
        });
        let active = self.is_accepted(session) && !moving;
        let running = if active { "Not running" } else { "Running" };
        json!({
            "id": id, "stats_id": session.details.stats_id, "invite_runnable": running,
            "jingle_session": {
                "sid": session.presence.session_id.chars().filter(char::is_ascii_alphanumeric).take(13).collect::<String>(),
                "remoteJid": format!("{}/{id}", self.setting.room()),
                "state": if active { "ACTIVE" } else { "PENDING" },
            },
        })
    }

    fn sources(&self, index: usize, session: &Session) -> Value {
        let repairs = self.setting.plan.repairs.get(index).filter(|_| self.is_accepted(session));
        let shares = self.setting.shares(session, self.at_ms);
        repairs
            .map_or_else(|| json!({"sources": [], "groups": []}), |repairs| repairs.listed(session, shares))
    }

    /// A member as the focus allocated it on its bridge.
    fn on_bridge(&self, index: usize, session: &Session) -> Value {
        let [audio, video] = self.muted(session);
        let bridge = self.setting.servers.bridge_of(session.person, self.at_ms);
        json!({
            "id": session.presence.endpoint_id, "stats_id": session.details.stats_id,
            "sources": self.sources(index, session), "bridge": self.setting.bridge_name(bridge),
            "audio_muted": audio, "video_muted": video,
            "private_addresses": false, "ssrc_rewriting": false, "visitor": false,
        })
    }

    /// The focus' sessions with bridges, by bridge.
    fn sessions(&self) -> Map<String, Value> {
        let mut sessions = Map::new();
        for row in self.stress {
            let here = |presence: &&BridgePresence| {
                presence.is_kept(self.at_ms) && self.setting.bridge_name(presence.bridge) == row.bridge
            };
            let mut presences = self.setting.plan.presences.iter().filter(here).peekable();
            let conference =
                presences.peek().and_then(|presence| self.setting.plan.conferences.get(presence.conference));
            let Some(conference) = conference else { continue };
            let id = |presence: &BridgePresence| {
                self.setting
                    .sessions
                    .get(presence.session)
                    .map(|session| session.presence.endpoint_id.clone())
            };
            let is_first = self.stress.first().is_some_and(|first| first.bridge == row.bridge);
            let machines = self.machines().filter(|_| is_first).map(|machine| machine.endpoint_id.clone());
            let others = self.stress.iter().filter(|other| other.bridge != row.bridge);
            let relay = |other: &TrueStress| {
                let first = row.bridge < other.bridge;
                let dtls = if first { "active" } else { "passive" };
                let relay = json!({
                    "id": other.bridge, "use_unique_port": first, "ice_controlling": first, "dtls_setup": dtls,
                });
                (other.bridge.clone(), relay)
            };
            let bridge = self.setting.servers.bridges.get(conference.bridge);
            let session = json!({
                "id": conference.colibri_id, "created": true,
                "relays": others.map(relay).collect::<Map<String, Value>>(),
                "participants": presences.filter_map(id).chain(machines).collect::<Vec<String>>(),
                "feedback_sources": {"jvb": {"sources": [], "groups": []}},
                "bridge": self.bridge(row, bridge.map_or("", |bridge| &bridge.region)),
            });
            sessions.insert(row.bridge.clone(), session);
        }
        sessions
    }

    fn bridge(&self, row: &TrueStress, region: &str) -> Value {
        let mut bridge = json!({
            "version": BRIDGE_VERSION, "release": RELEASE, "region": region, "relay-id": row.bridge,
            "stress": row.stress, "operational": true, "healthy": true, "overloaded": row.overloaded,
            "drain": row.draining, "graceful-shutdown": false, "shutting-down": false,
        });
        if let (true, Some(bridge)) = (self.is_current(), bridge.as_object_mut()) {
            bridge.insert("corrected-stress".to_owned(), row.stress.into());
            bridge.insert("endpoint-restart-requests".to_owned(), 0.into());
            bridge.insert("failing-ice".to_owned(), false.into());
        }
        bridge
    }
}
