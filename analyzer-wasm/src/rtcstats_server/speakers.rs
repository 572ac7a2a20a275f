//! Dominant speaker changes and speaker time, from the dump of one participant.

use indexmap::IndexMap;

use super::value::{Object, Value, key, truthy};
use crate::limits::MAX_FEATURE_ENTRIES;

#[derive(Debug, Default)]
struct Speaker {
    changes: f64,
    time_ms: f64,
}

/// The dominant speakers so far. The id of "no speaker" may be `null`, empty or missing.
#[derive(Debug, Default)]
pub(super) struct Speakers {
    current: Option<Value>,
    since_ms: f64,
    speakers: IndexMap<String, Speaker>,
    events: Vec<Value>,
}

impl Speakers {
    /// Adds a change of the dominant speaker. Returns false if it was not kept entirely.
    pub(super) fn change(&mut self, me: Option<&Value>, next: Option<Value>, at_ms: f64) -> bool {
        // Like in the server, two missing ids are equal.
        if next.as_ref() == me {
            self.event("DOMINANT_SPEAKER_STARTED", at_ms);
        } else if self.current.as_ref() == me {
            self.event("DOMINANT_SPEAKER_STOPPED", at_ms);
        }
        let id = key(next.as_ref());
        let kept = self.speakers.len() < MAX_FEATURE_ENTRIES || self.speakers.contains_key(&id);
        if kept {
            self.speakers.entry(id).or_default().changes += 1.0;
        }
        self.end_turn(at_ms);
        self.current = next;
        self.since_ms = at_ms;
        kept && self.events.len() < MAX_FEATURE_ENTRIES
    }

    /// Ends the session: writes how often this participant became dominant speaker and for how long. As in the server,
    /// both are 0 if there is no dominant speaker at the end.
    pub(super) fn finish(mut self, me: Option<&Value>, end_ms: f64, features: &mut Object) {
        let (mut changes, mut time_ms) = (0.0, 0.0);
        if truthy(self.current.as_ref()) {
            self.end_turn(end_ms);
            if let Some(own) = self.speakers.get(&key(me)) {
                (changes, time_ms) = (own.changes, own.time_ms);
            }
        }
        features.set("dominantSpeakerChanges", changes);
        features.set("speakerTime", time_ms);
        features.set("dominantSpeakerEvents", self.events);
    }

    fn end_turn(&mut self, at_ms: f64) {
        if truthy(self.current.as_ref())
            && let Some(speaker) = self.speakers.get_mut(&key(self.current.as_ref()))
        {
            speaker.time_ms += at_ms - self.since_ms;
        }
    }

    fn event(&mut self, kind: &str, at_ms: f64) {
        if self.events.len() < MAX_FEATURE_ENTRIES {
            let mut event = Object::default();
            event.set("type", kind);
            event.set("timestamp", at_ms);
            self.events.push(event.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(me: Option<&str>, turns: &[(Option<&str>, f64)], end_ms: f64) -> String {
        let me = me.map(Value::from);
        let mut speakers = Speakers::default();
        for (id, at_ms) in turns {
            speakers.change(me.as_ref(), Some(id.map_or(Value::Null, Value::from)), *at_ms);
        }
        let mut out = Object::default();
        speakers.finish(me.as_ref(), end_ms, &mut out);
        out.to_string()
    }

    #[test]
    fn turns_are_added_up() {
        assert_eq!(
            features(
                Some("me"),
                &[(Some("me"), 10.0), (Some("x"), 15.0), (Some("me"), 20.0), (Some("me"), 21.0)],
                30.0
            ),
            r#"{"dominantSpeakerChanges":3,"speakerTime":15,"dominantSpeakerEvents":[{"type":"DOMINANT_SPEAKER_STARTED","timestamp":10},{"type":"DOMINANT_SPEAKER_STOPPED","timestamp":15},{"type":"DOMINANT_SPEAKER_STARTED","timestamp":20},{"type":"DOMINANT_SPEAKER_STARTED","timestamp":21}]}"#
        );
    }

    #[test]
    fn silence_at_the_end_forgets_who_spoke() {
        assert_eq!(
            features(Some("me"), &[(Some("me"), 10.0), (None, 15.0)], 30.0),
            r#"{"dominantSpeakerChanges":0,"speakerTime":0,"dominantSpeakerEvents":[{"type":"DOMINANT_SPEAKER_STARTED","timestamp":10},{"type":"DOMINANT_SPEAKER_STOPPED","timestamp":15}]}"#
        );
    }

    #[test]
    fn who_has_no_id_has_stopped_at_the_first_change() {
        assert_eq!(
            features(None, &[(Some("x"), 10.0), (Some("y"), 15.0)], 30.0),
            r#"{"dominantSpeakerChanges":0,"speakerTime":0,"dominantSpeakerEvents":[{"type":"DOMINANT_SPEAKER_STOPPED","timestamp":10}]}"#
        );
    }
}
