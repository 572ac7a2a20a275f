//! Remote streams: added when a session joins, removed when it leaves.

use serde_json::json;

use super::{Script, media_connection, sdp};
use crate::session::{Session, Source};

/// Between a stream's begin and its announcement.
const ANNOUNCED_MS: u64 = 250;

impl Script<'_> {
    /// Follows the others' coming and going.
    pub(super) fn meets_others(&mut self) {
        let sessions = self.sessions;
        let own = self.session.connected();
        let pc = media_connection(self.scenario.topology);
        let others: Vec<&Session> = sessions
            .iter()
            .filter(|other| other.presence.endpoint_id != self.session.presence.endpoint_id)
            .filter(|other| other.connected().overlaps(own))
            .collect();
        let mut arrivals: Vec<(u64, Vec<&Session>)> = Vec::new();
        for other in &others {
            let at_ms = other.connected_ms.max(own.from_ms) + ANNOUNCED_MS;
            match arrivals.iter_mut().find(|(time, _)| *time == at_ms) {
                Some((_, together)) => together.push(other),
                None => arrivals.push((at_ms, vec![other])),
            }
        }
        for (at_ms, arrived) in arrivals {
            let there: Vec<&Session> =
                others.iter().copied().filter(|other| other.connected().contains(at_ms)).collect();
            let offer = json!({"type": "offer", "sdp": sdp::of_others(self.session, &there, "actpass")});
            self.done(pc, at_ms, "setRemoteDescription", &offer);
            for other in arrived {
                for (kind, source) in [("audio", Some(&other.audio)), ("video", other.camera.first())] {
                    self.announce(pc, at_ms + 5, kind, source);
                }
            }
        }
        for other in others {
            for share in other.details.screen.iter().filter(|share| share.overlaps(other.connected())) {
                let at_ms = share.from_ms.max(other.connected_ms).max(own.from_ms) + ANNOUNCED_MS + 20;
                self.announce(pc, at_ms, "video", Some(&other.screen));
            }
            if other.time().to_ms < own.to_ms {
                let gone_ms = other.time().to_ms + 80;
                for source in [Some(&other.audio), other.camera.first()].into_iter().flatten() {
                    self.on(pc, gone_ms, "onremovestream", &json!(format!("{} ", source.remote_stream)));
                }
            }
        }
    }

    fn announce(&mut self, pc: u32, at_ms: u64, kind: &str, source: Option<&Source>) {
        let Some(Source { remote_track, remote_stream, .. }) = source else { return };
        self.on(pc, at_ms, "onaddstream", &json!(format!("{remote_stream} {kind}:{remote_track}")));
        self.on(pc, at_ms, "ontrack", &json!(format!("{kind}:{remote_track} stream:{remote_stream}")));
    }
}
