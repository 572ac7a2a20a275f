//! Entries of a participant's activity: mute, screen sharing, speaking.

use serde_json::{Value, json};

use super::{Script, media_connection};
use crate::scenario::TimeRange;

impl Script<'_> {
    /// Follows what the scenario has the person do.
    pub(super) fn acts(&mut self) {
        let details = &self.session.details;
        let (audio, video, screen) =
            (details.audio_muted.clone(), details.video_muted.clone(), details.screen.clone());
        self.switches("audioMutedChanged", &audio, true, None);
        self.switches("videoMutedChanged", &video, true, None);
        // The client's own numbers of connections begin at 1. The value is the screen track's muted flag.
        let own_number = media_connection(self.scenario.topology) + 1;
        self.switches("screenshareToggled", &screen, false, Some(own_number));
        self.speaks();
    }

    fn switches(&mut self, kind: &'static str, stretches: &[TimeRange], begins: bool, pc: Option<u32>) {
        let (time, connected_ms) = (self.session.time(), self.session.connected_ms);
        for stretch in stretches.iter().filter(|stretch| stretch.overlaps(time)) {
            let from_ms = stretch.from_ms.max(connected_ms - 100);
            let edges = [(from_ms, begins), (stretch.to_ms, !begins)];
            for (at_ms, value) in edges.into_iter().filter(|(at_ms, _)| time.contains(*at_ms)) {
                match pc {
                    Some(pc) => self.on(pc, at_ms, kind, &json!(value)),
                    None => self.page(at_ms, kind, &json!(value)),
                }
            }
        }
    }

    fn speaks(&mut self) {
        let connected = self.session.connected();
        let turns = self.scenario.turns.iter().filter(|turn| turn.person == self.session.person);
        for at_ms in turns.map(|turn| turn.at_ms).filter(|at_ms| connected.contains(*at_ms)) {
            // It takes the bridge about this long to be sure.
            self.page(at_ms + 400, "dominantSpeakerChanged", &Value::Null);
        }
    }
}
