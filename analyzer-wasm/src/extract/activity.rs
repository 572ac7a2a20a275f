//! What the writer did: muted, shared, spoke; each as time, from events that switch it on and off.

use crate::model::{Event, EventKind};
use crate::report::Activity;

/// Something that is on or off, and for how long it was on; unknown until the first switch.
#[derive(Debug, Default)]
struct Switch {
    on_since: Option<f64>,
    total_ms: Option<f64>,
}

impl Switch {
    fn set(&mut self, on: bool, at_ms: f64) {
        let total = self.total_ms.get_or_insert(0.0);
        match (on, self.on_since) {
            (true, None) => self.on_since = Some(at_ms),
            (false, Some(since)) => {
                *total += (at_ms - since).max(0.0);
                self.on_since = None;
            }
            _ => {}
        }
    }

    fn end(&self, end_ms: f64) -> Option<f64> {
        let open = self.on_since.map_or(0.0, |since| (end_ms - since).max(0.0));
        self.total_ms.map(|total| total + open)
    }
}

/// The writer's activity as it is being read.
#[derive(Debug, Default)]
pub(super) struct ActivityState {
    speaking: Switch,
    audio_muted: Switch,
    video_muted: Switch,
    screenshare: Switch,
}

impl ActivityState {
    /// Takes an event; `endpoint` is the writer's own.
    pub(super) fn event(&mut self, event: &Event, endpoint: Option<&str>) {
        let at_ms = event.at_ms;
        match event.kind {
            EventKind::AudioMuted => self.audio_muted.set(true, at_ms),
            EventKind::AudioUnmuted => self.audio_muted.set(false, at_ms),
            EventKind::VideoMuted => self.video_muted.set(true, at_ms),
            EventKind::VideoUnmuted => self.video_muted.set(false, at_ms),
            EventKind::ScreenShareStarted => self.screenshare.set(true, at_ms),
            EventKind::ScreenShareStopped => self.screenshare.set(false, at_ms),
            EventKind::DominantSpeaker if endpoint.is_some() => {
                self.speaking.set(event.detail.as_deref() == endpoint, at_ms);
            }
            _ => {}
        }
    }

    /// Times until the end of the dump.
    pub(super) fn summary(&self, end_ms: f64) -> Activity {
        Activity {
            speaking_ms: self.speaking.end(end_ms),
            audio_muted_ms: self.audio_muted.end(end_ms),
            video_muted_ms: self.video_muted.end(end_ms),
            screenshare_ms: self.screenshare.end(end_ms),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_counts_between_switches_and_until_the_end() {
        let mut state = ActivityState::default();
        let mut at = |at_ms, kind, detail: Option<&str>| {
            let event = Event { at_ms, line: 1, connection: None, kind, detail: detail.map(str::to_owned) };
            state.event(&event, Some("me"));
        };
        at(1_000.0, EventKind::AudioMuted, None);
        at(1_001.0, EventKind::AudioMuted, None);
        at(3_000.0, EventKind::AudioUnmuted, None);
        at(4_000.0, EventKind::DominantSpeaker, Some("me"));
        at(6_000.0, EventKind::DominantSpeaker, Some("other"));
        at(8_000.0, EventKind::DominantSpeaker, Some("me"));
        let activity = state.summary(9_000.0);
        assert_eq!(activity.audio_muted_ms, Some(2_000.0));
        assert_eq!(activity.speaking_ms, Some(3_000.0));
        assert_eq!(activity.video_muted_ms, None, "nothing says whether the camera was muted");
    }
}
