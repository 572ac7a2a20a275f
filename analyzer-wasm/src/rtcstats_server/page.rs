//! What a dump tells of the page as a whole: its times, pings between participants, faces.

use super::value::{Object, Value, key, number};
use crate::limits::MAX_FEATURE_ENTRIES;

/// The faces that are counted; `faceLandmarks` entries also say when detection goes on and off.
const SENTIMENTS: [&str; 7] = ["angry", "disgusted", "fearful", "happy", "neutral", "sad", "surprised"];

/// The page so far.
#[derive(Debug, Default)]
pub(super) struct Page {
    start_ms: f64,
    end_ms: f64,
    /// `None` where an entry says it in a way that is no time.
    conference_start_ms: Option<Option<f64>>,
    pings: Option<Object>,
    sentiments: [f64; SENTIMENTS.len()],
    landmarks: Vec<Value>,
}

impl Page {
    /// Takes the time of any entry but headers and identities.
    pub(super) fn note_time(&mut self, at_ms: Option<f64>) {
        let Some(at_ms) = at_ms else { return };
        if self.start_ms == 0.0 {
            self.start_ms = at_ms;
        }
        if at_ms > self.end_ms {
            self.end_ms = at_ms;
        }
    }

    pub(super) fn has_times(&self) -> bool {
        self.start_ms != 0.0
    }

    /// Takes when the conference began: a number, or one as text. 0 stands for its end and is passed over. For
    /// what is no time the server puts in its own clock's; here it is unknown.
    pub(super) fn conference_start(&mut self, at: Option<&Value>) {
        let at_ms = match at {
            Some(Value::Text(text)) if !text.is_empty() => number(at),
            Some(Value::Number(at_ms)) => *at_ms,
            _ => f64::NAN,
        };
        if at_ms != 0.0 {
            self.conference_start_ms = Some((!at_ms.is_nan()).then_some(at_ms));
        }
    }

    /// Takes a round trip to another participant; false if there are too many of them.
    pub(super) fn ping(&mut self, data: &Object) -> bool {
        let remote = key(data.get("remoteEndpointId"));
        let pings = self.pings.get_or_insert_default();
        let mut ping = Object::default();
        ping.set_if("remoteRegion", data.get("remoteRegion"));
        ping.set_if("rtt", data.get("rtt"));
        let fits = pings.0.len() < MAX_FEATURE_ENTRIES || pings.get(&remote).is_some();
        if fits {
            pings.set(&remote, ping);
        }
        fits
    }

    /// Takes a face; false if there are too many of them.
    pub(super) fn landmark(&mut self, data: &Object) -> bool {
        let face = data.get("faceLandmarks");
        let known = SENTIMENTS.iter().position(|name| face.and_then(Value::as_text) == Some(name));
        if let Some(seconds) = known.and_then(|at| self.sentiments.get_mut(at)) {
            *seconds += number(data.get("duration"));
        }
        let mut landmark = Object::default();
        landmark.set_if("timestamp", data.get("timestamp"));
        landmark.set_if("faceLandmarks", face);
        let fits = self.landmarks.len() < MAX_FEATURE_ENTRIES;
        if fits {
            self.landmarks.push(landmark.into());
        }
        fits
    }

    /// Writes all of it, and gives when the session ended.
    pub(super) fn finish(self, features: &mut Object, metrics: &mut Object) -> f64 {
        let conference_start_ms = self.conference_start_ms.unwrap_or(Some(0.0));
        features.set("conferenceStartTime", conference_start_ms.map_or(Value::Null, Value::Number));
        features.set("sessionStartTime", self.start_ms);
        features.set("sessionEndTime", self.end_ms);
        features.set_if("e2epings", self.pings);
        let mut sentiment = Object::default();
        for (name, seconds) in SENTIMENTS.iter().zip(self.sentiments) {
            sentiment.set(name, seconds);
        }
        features.set("sentiment", sentiment);
        features.set("faceLandmarksTimestamps", self.landmarks);
        let since = |start_ms: f64| if self.end_ms > start_ms { self.end_ms - start_ms } else { 0.0 };
        let started = conference_start_ms.filter(|start_ms| *start_ms != 0.0);
        metrics.set("conferenceDurationMs", started.map_or(0.0, since));
        metrics.set("sessionDurationMs", since(self.start_ms));
        self.end_ms
    }
}
