//! The events that a lane marks: with which sign, and which of them share one. Pure.

use analyzer_wasm::report::Event;
use analyzer_wasm::wire::Overview;

use crate::format;
use crate::state::finding_counts::indices_by_key;

/// More events of one sign are counted, not listed.
const LISTED: usize = 6;
/// The most signs of a lane.
const MOST_SIGNS: usize = 150;

/// Event subtypes with their sign and their text; of several, the last one in this list gives the sign.
const SIGNS: [(&str, &str, &str); 24] = [
    ("audio_unmute", "mic-on", "microphone on"),
    ("audio_mute", "mic-off", "microphone muted"),
    ("video_enable", "camera-on", "camera on"),
    ("video_disable", "camera-off", "camera off"),
    ("screenshare_start", "screen-on", "screen sharing started"),
    ("screenshare_stop", "screen-off", "screen sharing ended"),
    ("strophe_reconnected", "signal-on", "signaling reconnected"),
    ("ice_restart_requested", "restart", "ICE restart requested"),
    ("ice_restart_applied", "restart", "ICE restart applied"),
    ("jvb_ice_restarted", "restart", "bridge session restarted"),
    ("remoteSourceSuspended", "media", "the bridge suspended a received video"),
    ("remoteSourceInterrupted", "media", "received media was interrupted"),
    ("cpu_restricted", "cpu", "CPU overload reported"),
    ("getUserMediaOnFailure", "device", "microphone or camera failed"),
    ("getDisplayMediaOnFailure", "device", "screen capture failed"),
    ("addIceCandidateOnFailure", "ice", "ICE candidate rejected"),
    ("negotiation_failure", "signal", "SDP negotiation failed"),
    ("strophe_error", "signal", "signaling error"),
    ("strophe_disconnected", "signal", "signaling disconnected"),
    ("dtlsstatechange", "ice", "DTLS state"),
    ("dtlserror", "ice", "DTLS error"),
    ("connectionstatechange", "ice", "connection state"),
    ("iceconnectionstatechange", "ice", "ICE state"),
    ("", "other", ""),
];

/// An event in a lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mark {
    /// In ms after the start of the conference.
    pub(super) at_ms: f64,
    /// The index of the event in the conference.
    event: usize,
    /// The index in [`SIGNS`].
    sign: usize,
}

/// Events that share a sign at some zoom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cluster<'a> {
    pub(super) marks: &'a [Mark],
}

/// The marks of each participant, in time order.
pub(super) fn of_all(overview: &Overview) -> Vec<Vec<Mark>> {
    let indices = indices_by_key(overview);
    let start_ms = overview.conference.start_ms.unwrap_or(0.0);
    let mut lanes = vec![Vec::new(); overview.participants.len()];
    for (index, event) in overview.marks.iter().enumerate() {
        let lane = event.participant.as_deref().and_then(|key| lanes.get_mut(*indices.get(key)?));
        if let Some(lane) = lane {
            lane.push(Mark { at_ms: event.at_ms - start_ms, event: index, sign: sign(event) });
        }
    }
    lanes
}

fn sign(event: &Event) -> usize {
    // A connection that is closed on purpose is no problem.
    let closed = event.detail.as_deref() == Some("closed");
    let known = SIGNS.iter().position(|(subtype, ..)| *subtype == event.subtype);
    known.filter(|_| !closed).unwrap_or(SIGNS.len() - 1)
}

/// Marks less than `least_ms` after the one before share a sign.
pub(super) fn clusters(marks: &[Mark], least_ms: f64) -> Vec<Cluster<'_>> {
    let mut least_ms = least_ms.max(f64::MIN_POSITIVE);
    loop {
        let found: Vec<_> = marks
            .chunk_by(|before, after| after.at_ms - before.at_ms < least_ms)
            .map(|marks| Cluster { marks })
            .collect();
        if found.len() <= MOST_SIGNS {
            return found;
        }
        least_ms *= 2.0;
    }
}

impl Cluster<'_> {
    /// The time of the first of them.
    pub(super) fn at_ms(&self) -> f64 {
        self.marks.first().map_or(0.0, |mark| mark.at_ms)
    }

    /// The class of the sign.
    pub(super) fn sign(&self) -> &'static str {
        let last = self.marks.iter().map(|mark| mark.sign).filter(|sign| *sign + 1 < SIGNS.len()).max();
        last.and_then(|sign| SIGNS.get(sign)).map_or("other", |(_, class, _)| class)
    }

    /// The events, with their times and their lines in the dumps.
    pub(super) fn text(&self, overview: &Overview) -> String {
        let listed = self.marks.iter().take(LISTED).filter_map(|mark| {
            let event = overview.marks.get(mark.event)?;
            Some(format!(
                "{} {} ({}, line {})",
                format::duration(mark.at_ms),
                event_text(event),
                event.file,
                format::count(event.line)
            ))
        });
        let mut lines: Vec<String> = listed.collect();
        let more = self.marks.len().saturating_sub(LISTED);
        if more > 0 {
            lines.push(format!("and {more} more"));
        }
        lines.join("\n")
    }
}

/// The text of an event.
fn event_text(event: &Event) -> String {
    let known = SIGNS.iter().find(|(subtype, ..)| *subtype == event.subtype);
    let text = known.map_or(event.subtype.as_str(), |(_, _, text)| text);
    let connection = event.connection.as_deref().map(|name| format!(" on {name}")).unwrap_or_default();
    match event.detail.as_deref().filter(|detail| !detail.is_empty()) {
        Some(detail) => format!("{text}: {detail}{connection}"),
        None => format!("{text}{connection}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{event, overview};

    #[test]
    fn marks_close_together_share_the_sign_of_the_worst() {
        let mut one = overview("call", &["a", "b"]);
        one.conference.start_ms = Some(1_000.0);
        one.marks = vec![
            event("a", "audio_mute", None, 2_000.0),
            event("b", "audio_mute", None, 2_000.0),
            event("a", "iceconnectionstatechange", Some("failed"), 2_500.0),
            event("a", "somethingNew", None, 9_000.0),
        ];
        let lanes = of_all(&one);
        assert_eq!((lanes[0].len(), lanes[1].len()), (3, 1));
        let together = clusters(&lanes[0], 1_000.0);
        let signs: Vec<_> = together.iter().map(|one| (one.at_ms(), one.sign(), one.marks.len())).collect();
        assert_eq!(signs, [(1_000.0, "ice", 2), (8_000.0, "other", 1)]);
        assert_eq!(
            together[0].text(&one),
            "0:01 microphone muted (f, line 1)\n0:02 ICE state: failed (f, line 1)"
        );
        assert_eq!(clusters(&lanes[0], 0.0).len(), 3);
        assert_eq!(event_text(&one.marks[3]), "somethingNew");
    }

    #[test]
    fn closing_a_connection_is_no_problem() {
        assert_eq!(SIGNS[sign(&event("a", "connectionstatechange", Some("closed"), 0.0))].1, "other");
    }

    #[test]
    fn the_signs_of_a_lane_are_limited() {
        let marks: Vec<Mark> =
            (0..1000).map(|at| Mark { at_ms: f64::from(at) * 100.0, event: 0, sign: 0 }).collect();
        assert!(clusters(&marks, 1.0).len() <= MOST_SIGNS);
    }
}
