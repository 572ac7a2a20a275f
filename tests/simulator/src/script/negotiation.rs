//! Peer connections: creation, session descriptions, connection states.

use serde_json::{Value, json};

use super::{Script, sdp};
use crate::scenario::Topology;
use crate::session::connected_after;

/// How long before its connection a peer connection is made.
const BEFORE_MS: u64 = 1_000;

/// The side that makes the offer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Offers,
    Answers,
}

impl Script<'_> {
    /// The connection to the bridge, which offers; and the direct one, which the first to come offers.
    pub(super) fn connects(&mut self) {
        let bridge_ms = connected_after(self.session.time().from_ms);
        self.connection(0, bridge_ms, Role::Answers, false);
        if self.scenario.topology == Topology::PeerToPeer {
            let role = if self.session.person == 0 { Role::Offers } else { Role::Answers };
            self.connection(1, self.session.connected_ms, role, true);
        }
    }

    fn connection(&mut self, pc: u32, connected_ms: u64, role: Role, p2p: bool) {
        let begin_ms = connected_ms.saturating_sub(BEFORE_MS);
        let servers = json!([{"urls": "turns:turn.example.org:443?transport=tcp", "username": "1795167600"}]);
        self.on(
            pc,
            begin_ms,
            "create",
            &json!({
                "iceServers": servers, "bundlePolicy": "max-bundle", "rtcpMuxPolicy": "require",
                "sdpSemantics": "unified-plan", "browserType": "webkit",
            }),
        );
        self.on(pc, begin_ms, "constraints", &json!({"optional": [{"rtcStatsSFUP2P": p2p}]}));
        if !p2p {
            self.on(
                pc,
                begin_ms + 10,
                "createDataChannel",
                &json!({
                    "0": "JVB data channel", "1": {"protocol": "http://jitsi.org/protocols/colibri"},
                }),
            );
        }
        for (kind, track) in [("audio", self.session.audio.track.to_string()), ("video", self.camera_track())]
        {
            self.on(pc, begin_ms + 12, "addTrack", &json!(format!("{kind}:{track} -")));
        }
        let local = sdp::of_own(self.session, if role == Role::Offers { "actpass" } else { "active" });
        let remote =
            sdp::of_others(self.session, &[], if role == Role::Offers { "active" } else { "actpass" });
        let describe = |kind: &str, sdp: &str| json!({"type": kind, "sdp": sdp});
        match role {
            Role::Answers => {
                self.done(pc, begin_ms + 40, "setRemoteDescription", &describe("offer", &remote));
                self.on(pc, begin_ms + 60, "onsignalingstatechange", &json!("have-remote-offer"));
                self.on(pc, begin_ms + 80, "createAnswer", &json!({}));
                self.on(pc, begin_ms + 100, "createAnswerOnSuccess", &describe("answer", &local));
                self.done(pc, begin_ms + 110, "setLocalDescription", &describe("answer", &local));
                self.on(pc, begin_ms + 125, "onsignalingstatechange", &json!("stable"));
            }
            Role::Offers => {
                self.on(pc, begin_ms + 40, "createOffer", &json!({}));
                self.on(pc, begin_ms + 60, "createOfferOnSuccess", &describe("offer", &local));
                self.done(pc, begin_ms + 70, "setLocalDescription", &describe("offer", &local));
                self.on(pc, begin_ms + 85, "onsignalingstatechange", &json!("have-local-offer"));
                self.done(pc, begin_ms + 350, "setRemoteDescription", &describe("answer", &remote));
                self.on(pc, begin_ms + 365, "onsignalingstatechange", &json!("stable"));
            }
        }
        self.candidates(pc, begin_ms + 130);
        for (after_ms, kind, state) in [
            (620, "oniceconnectionstatechange", "checking"),
            (620, "onconnectionstatechange", "connecting"),
            (940, "ondtlsstatechange", "connecting"),
            (960, "oniceconnectionstatechange", "connected"),
            (995, "ondtlsstatechange", "connected"),
            (BEFORE_MS, "onconnectionstatechange", "connected"),
        ] {
            self.on(pc, begin_ms + after_ms, kind, &json!(state));
        }
    }

    /// A method and its success.
    pub(super) fn done(&mut self, pc: u32, at_ms: u64, method: &'static str, data: &Value) {
        self.on(pc, at_ms, method, data);
        let success = match method {
            "setLocalDescription" => "setLocalDescriptionOnSuccess",
            "addIceCandidate" => "addIceCandidateOnSuccess",
            _ => "setRemoteDescriptionOnSuccess",
        };
        self.on(pc, at_ms + 14, success, &Value::Null);
    }

    /// Gathers candidates and takes the other side's.
    fn candidates(&mut self, pc: u32, at_ms: u64) {
        self.on(pc, at_ms, "onicegatheringstatechange", &json!("gathering"));
        let Some(ids) = self.session.ice.first().cloned() else { return };
        let (port, ufrag) = (ids.port, ids.ufrag);
        let candidate = |text: String, ufrag: &str| json!({"candidate": text, "sdpMid": "0", "sdpMLineIndex": 0, "usernameFragment": ufrag});
        for (after_ms, kind, priority) in [(8, "host", 2_122_260_223_u32), (60, "srflx", 1_686_052_607)] {
            let text = format!(
                "candidate:1391522453 1 udp {priority} x.x.x.x {port} typ {kind} generation 0 ufrag {ufrag} network-cost 999"
            );
            self.on(pc, at_ms + after_ms, "onicecandidate", &candidate(text, &ufrag));
        }
        let text = format!(
            "candidate:1 1 udp 2130706431 x.x.x.x 10000 typ host generation 0 ufrag {}",
            ids.remote_ufrag
        );
        self.done(pc, at_ms + 70, "addIceCandidate", &candidate(text, &ids.remote_ufrag));
        self.on(pc, at_ms + 160, "onicegatheringstatechange", &json!("complete"));
        self.on(pc, at_ms + 160, "onicecandidate", &Value::Null);
    }
}
