//! Joining and leaving: devices, identities, the conference's start, the end of connections.

use serde_json::{Value, json};

use super::Script;
use crate::deployment::{DOMAIN, REGION};
use crate::scenario::Topology;

impl Script<'_> {
    /// From the page's begin until the bridge answers.
    pub(super) fn joins(&mut self) {
        let from_ms = self.session.time().from_ms;
        let (audio, video) = (self.session.audio.track.clone(), self.camera_track());
        self.page(
            from_ms + 100,
            "navigator.mediaDevices.getUserMedia",
            &json!({
                "audio": {"autoGainControl": true, "echoCancellation": true, "noiseSuppression": true},
                "video": {"frameRate": {"max": 30, "min": 15}, "height": {"ideal": 720, "max": 720, "min": 180}},
            }),
        );
        let track = |kind: &str, id: &str, label: &str| json!({"id": id, "kind": kind, "label": label, "enabled": true, "muted": false, "readyState": "live"});
        let stream = self.random.uuid();
        self.page(
            from_ms + 350,
            "navigator.mediaDevices.getUserMediaOnSuccess",
            &json!({"id": stream, "tracks": [
                track("audio", &audio, "Default - Internal Microphone"),
                track("video", &video, "Integrated Camera"),
            ]}),
        );
        let room = self.scenario.room.clone();
        let lower = room.to_lowercase();
        self.page(from_ms + 700, "identity", &json!({
            "confName": lower, "applicationName": "Jitsi Meet",
            "hosts": {"domain": DOMAIN, "muc": format!("conference.{DOMAIN}")}, "bosh": format!("https://{DOMAIN}/http-bind"),
        }));
        let first =
            self.scenario.people.iter().flat_map(|person| &person.presences).map(|p| p.time.from_ms).min();
        let begun_ms = self.scenario.start_ms + first.unwrap_or(0) + 1_000;
        self.page(from_ms + 1_100, "conferenceStartTimestamp", &json!(begun_ms.to_string()));
        let identity = self.identity(&room, &lower);
        self.page(from_ms + 1_150, "identity", &identity);
        let meeting = json!({"meetingUniqueId": self.scenario.meeting_id});
        self.page(from_ms + 1_160, "identity", &meeting);
    }

    fn identity(&self, room: &str, lower: &str) -> Value {
        let presence = &self.session.presence;
        let region = self.scenario.region_of(self.session.person);
        json!({
            "applicationName": "Jitsi Meet",
            "confID": format!("{DOMAIN}/{room}"),
            "confName": lower,
            "deploymentInfo": {
                "environment": "production", "envType": "prod", "releaseNumber": "5512", "shard": "shard-7",
                "region": REGION, "userRegion": region, "crossRegion": u32::from(region != REGION),
            },
            "displayName": self.session.details.stats_id,
            "endpointId": presence.endpoint_id,
            "isBreakoutRoom": false,
            "localId": presence.endpoint_id,
            "meetingUniqueId": self.scenario.meeting_id,
            "p2p": {"enabled": self.scenario.topology == Topology::PeerToPeer},
            "channelLastN": self.scenario.last_n.map_or(-1, |last_n| last_n as i64),
        })
    }

    pub(super) fn camera_track(&self) -> String {
        self.session.camera.first().map(|source| source.track.to_string()).unwrap_or_default()
    }

    /// Leaving ends the connections.
    pub(super) fn leaves(&mut self) {
        let to_ms = self.session.time().to_ms;
        for connection in (0..=super::media_connection(self.scenario.topology)).rev() {
            self.on(connection, to_ms.saturating_sub(20), "close", &json!({}));
        }
    }
}
