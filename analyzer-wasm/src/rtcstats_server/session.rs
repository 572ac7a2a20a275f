//! The features of the whole session: its times, pings between participants and facial expressions.

use super::value::{Object, Value, key, number};
use crate::limits::MAX_FEATURE_ENTRIES;

/// The expressions that are counted. `faceLandmarks` entries also hold when detection is switched on and off.
const SENTIMENTS: [&str; 7] = ["angry", "disgusted", "fearful", "happy", "neutral", "sad", "surprised"];

/// The features of the part of the dump read so far.
#[derive(Debug, Default)]
pub(super) struct SessionFeatures {
    start_ms: f64,
    end_ms: f64,
    /// `Some(None)` where an entry holds something that is not a time.
    conference_start_ms: Option<Option<f64>>,
    pings: Option<Object>,
    sentiments: [f64; SENTIMENTS.len()],
    landmarks: Vec<Value>,
}

impl SessionFeatures {
    /// Adds the time of an entry that is neither header nor identity.
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

    /// Adds the start of the conference: a number, or a number as text. 0 means its end and is ignored. Where it is not a
    /// time, the server writes its own time; here it is unknown.
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

    /// Adds a round-trip time to another participant. Returns false if there are too many.
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

    /// Adds an expression. Returns false if there are too many.
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

    /// Writes the features and returns the end of the session.
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
