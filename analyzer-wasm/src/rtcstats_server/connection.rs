//! The features of one peer connection.

use super::arithmetic::{mean, round2};
use super::budget::Budget;
use super::candidate_pair::{round_trip, selected_pair};
use super::delta::PolledReports;
use super::packets::{concealment, media_type, received, sent};
use super::stats_format::StatsFormat;
use super::tracks::Tracks;
use super::value::{Object, Value};
use super::video::{Bounds, VideoExperience, video_size};

/// A peer connection over the part of the dump read so far. Times are 0 where the server initializes them with 0.
#[derive(Debug, Default)]
pub(super) struct Connection {
    is_p2p: Option<Value>,
    pair: Option<Object>,
    dtls_errors: f64,
    dtls_failures: f64,
    sdp_create_failures: f64,
    sdp_set_failures: f64,
    last_ice_disconnect_ms: f64,
    last_ice_failure_ms: f64,
    times_connected: u32,
    has_failed: bool,
    start_ms: f64,
    end_ms: Option<f64>,
    round_trips: Vec<f64>,
    video: VideoExperience,
    polled: PolledReports,
    pub(super) tracks: Tracks,
}

impl Connection {
    /// Adds the legacy constraints, which hold whether this is the direct connection of a call of two.
    pub(super) fn constrain(&mut self, constraints: &Object) {
        let Some(Value::List(optional)) = constraints.get("optional") else { return };
        for constraint in optional.iter().filter_map(Value::as_object) {
            if let Some(is_p2p) = constraint.get("rtcStatsSFUP2P") {
                self.is_p2p = Some(is_p2p.clone());
            }
        }
    }

    pub(super) fn dtls_error(&mut self) {
        self.dtls_errors += 1.0;
    }

    /// Adds a DTLS state. In Firefox a failure after an ICE disconnection does not count, since DTLS always fails then.
    pub(super) fn dtls_state(&mut self, state: Option<&str>, format: StatsFormat) {
        let is_consequence = format == StatsFormat::Firefox && self.last_ice_disconnect_ms != 0.0;
        if state == Some("failed") && !is_consequence {
            self.dtls_failures += 1.0;
        }
    }

    pub(super) fn sdp_failure(&mut self, at_creation: bool) {
        if at_creation {
            self.sdp_create_failures += 1.0;
        } else {
            self.sdp_set_failures += 1.0;
        }
    }

    pub(super) fn ice_state(&mut self, state: Option<&str>, at_ms: Option<f64>) {
        match state {
            Some("disconnected") => self.last_ice_disconnect_ms = at_ms.unwrap_or_default(),
            Some("failed") => self.last_ice_failure_ms = at_ms.unwrap_or_default(),
            _ => {}
        }
    }

    pub(super) fn state(&mut self, state: Option<&str>, at_ms: Option<f64>) {
        if matches!(state, Some("connected" | "completed")) && self.start_ms == 0.0 {
            self.start_ms = at_ms.unwrap_or_default();
        }
        self.times_connected += u32::from(state == Some("connected"));
        self.has_failed |= state == Some("failed");
    }

    /// Adds the time of any entry about this connection.
    pub(super) fn note_time(&mut self, at_ms: Option<f64>) {
        if self.start_ms != 0.0 {
            self.end_ms = at_ms;
        }
    }

    /// Adds a poll. In an unsupported format its reports are not read.
    pub(super) fn poll(
        &mut self,
        format: StatsFormat,
        poll: Object,
        at_ms: Option<f64>,
        budget: &mut Budget,
    ) {
        let (all, whole) = self.polled.apply(poll);
        if !whole {
            budget.exceed();
        }
        if format == StatsFormat::Unsupported {
            return;
        }
        let mut bounds = Bounds::default();
        for at in all.walk() {
            write_id(all, at);
            let Some((_, Value::Object(report))) = all.0.get_index(at) else { continue };
            if let Some(round_trip) = round_trip(format, all, report) {
                budget.push(&mut self.round_trips, round_trip);
            }
            if let Some(pair) = selected_pair(format, all, report) {
                self.pair = Some(pair);
            }
            count_packets(&mut self.tracks, format, (all, report), at_ms, budget);
            if let Some(video_size) = video_size(format, report) {
                bounds.add(video_size);
            }
        }
        self.video.add(&bounds, budget);
    }

    /// The features of this connection.
    pub(super) fn aggregates(&self) -> Object {
        let pair = self.pair.clone().unwrap_or_default();
        let mut out = Object::default();
        out.set("isP2P", self.is_p2p.clone().unwrap_or(Value::Null));
        out.set("usesRelay", pair.get("isUsingRelay").cloned().unwrap_or(Value::Null));
        out.set("dtlsErrors", self.dtls_errors);
        out.set("dtlsFailure", self.dtls_failures);
        out.set("sdpCreateFailure", self.sdp_create_failures);
        out.set("sdpSetFailure", self.sdp_set_failures);
        out.set("lastIceFailure", self.last_ice_failure_ms);
        out.set("lastIceDisconnect", self.last_ice_disconnect_ms);
        out.set("candidatePairData", pair);
        self.tracks.write(&mut out);
        let mut transport = Object::default();
        transport.set("meanRtt", round2(mean(&self.round_trips)));
        out.set("transportAggregates", transport);
        out.set("iceReconnects", f64::from(self.times_connected.saturating_sub(1)));
        let duration_ms = self.end_ms.map_or(0.0, |end_ms| end_ms - self.start_ms);
        out.set("pcSessionDurationMs", duration_ms.max(0.0));
        out.set("connectionFailed", self.has_failed);
        out.set_if("inboundVideoExperience", self.video.aggregates());
        out
    }
}

/// Adds its id to a report, as the server does when it reaches the report.
fn write_id(all: &mut Object, at: usize) {
    if let Some((id, Value::Object(report))) = all.0.get_index_mut(at)
        && report.get("id").and_then(Value::as_text) != Some(id)
    {
        report.set("id", id.as_str());
    }
}

fn count_packets(
    tracks: &mut Tracks,
    format: StatsFormat,
    (all, report): (&Object, &Object),
    at_ms: Option<f64>,
    budget: &mut Budget,
) {
    let (sent, received) = (sent(format, all, report), received(report));
    let concealed = concealment(format, report);
    if sent.is_none() && received.is_none() && concealed.is_none() {
        return;
    }
    let Some(track) = tracks.touch(report.get("ssrc"), at_ms, budget) else { return };
    track.set_media_type(media_type(report));
    if let Some(sent) = sent {
        track.add_sent(sent, budget);
    }
    if let Some(received) = received {
        track.add_received(received, budget);
    }
    if let Some(concealed) = concealed {
        track.set_concealed(concealed);
    }
}
