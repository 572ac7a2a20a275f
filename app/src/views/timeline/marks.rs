//! Which events a lane marks, with which sign, and which of them stand together. Pure.

use analyzer_wasm::report::Event;
use analyzer_wasm::wire::Overview;

use crate::format;
use crate::state::finding_counts::places;

/// More at one place are counted, not listed.
const LISTED: usize = 6;
/// No lane has more signs than that at once.
const MOST_SIGNS: usize = 150;

/// Subtypes with their sign and their words; later signs are louder.
const SIGNS: [(&str, &str, &str); 24] = [
    ("audio_unmute", "mic-on", "microphone on"),
    ("audio_mute", "mic-off", "microphone muted"),
    ("video_enable", "camera-on", "camera on"),
    ("video_disable", "camera-off", "camera off"),
    ("screenshare_start", "screen-on", "screen sharing began"),
    ("screenshare_stop", "screen-off", "screen sharing ended"),
    ("strophe_reconnected", "signal-on", "signalling is back"),
    ("ice_restart_requested", "restart", "ICE restart requested"),
    ("ice_restart_applied", "restart", "ICE restart applied"),
    ("jvb_ice_restarted", "restart", "bridge session restarted"),
    ("remoteSourceSuspended", "media", "the bridge suspended somebody's video"),
    ("remoteSourceInterrupted", "media", "somebody's media was interrupted"),
    ("cpu_restricted", "cpu", "the machine reports too high a load"),
    ("getUserMediaOnFailure", "device", "microphone or camera failed"),
    ("getDisplayMediaOnFailure", "device", "screen capture failed"),
    ("addIceCandidateOnFailure", "ice", "a candidate was refused"),
    ("negotiation_failure", "signal", "negotiation failed"),
    ("strophe_error", "signal", "signalling error"),
    ("strophe_disconnected", "signal", "signalling was cut off"),
    ("dtlsstatechange", "ice", "DTLS"),
    ("dtlserror", "ice", "DTLS error"),
    ("connectionstatechange", "ice", "connection"),
    ("iceconnectionstatechange", "ice", "ICE"),
    ("", "other", ""),
];

/// An event in a lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mark {
    /// In ms after the call's start.
    pub(super) at_ms: f64,
    /// The event's place in the conference's list.
    event: usize,
    /// Its place in [`SIGNS`].
    sign: usize,
}

/// Events that stand together at some zoom, under one sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cluster<'a> {
    pub(super) marks: &'a [Mark],
}

/// The marks of each participant, in time order.
pub(super) fn of_all(overview: &Overview) -> Vec<Vec<Mark>> {
    let places = places(overview);
    let start_ms = overview.conference.start_ms.unwrap_or(0.0);
    let mut lanes = vec![Vec::new(); overview.participants.len()];
    for (event, told) in overview.marks.iter().enumerate() {
        let lane = told.participant.as_deref().and_then(|key| lanes.get_mut(*places.get(key)?));
        if let Some(lane) = lane {
            lane.push(Mark { at_ms: told.at_ms - start_ms, event, sign: sign(told) });
        }
    }
    lanes
}

fn sign(event: &Event) -> usize {
    // A connection that somebody closes is nobody's trouble.
    let closed = event.detail.as_deref() == Some("closed");
    let known = SIGNS.iter().position(|(subtype, ..)| *subtype == event.subtype);
    known.filter(|_| !closed).unwrap_or(SIGNS.len() - 1)
}

/// Marks less than `least_ms` after the one before stand together.
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
    /// When the first of them was.
    pub(super) fn at_ms(&self) -> f64 {
        self.marks.first().map_or(0.0, |mark| mark.at_ms)
    }

    /// The class of the loudest sign among them.
    pub(super) fn sign(&self) -> &'static str {
        let loudest = self.marks.iter().map(|mark| mark.sign).filter(|sign| *sign + 1 < SIGNS.len()).max();
        loudest.and_then(|sign| SIGNS.get(sign)).map_or("other", |(_, class, _)| class)
    }

    /// What, when, and the line that says so.
    pub(super) fn words(&self, overview: &Overview) -> String {
        let listed = self.marks.iter().take(LISTED).filter_map(|mark| {
            let event = overview.marks.get(mark.event)?;
            Some(format!(
                "{} {} ({}, line {})",
                format::duration(mark.at_ms),
                words(event),
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

/// An event in words.
pub(super) fn words(event: &Event) -> String {
    let known = SIGNS.iter().find(|(subtype, ..)| *subtype == event.subtype);
    let words = known.map_or(event.subtype.as_str(), |(_, _, words)| words);
    let connection = event.connection.as_deref().map(|name| format!(" on {name}")).unwrap_or_default();
    match event.detail.as_deref().filter(|detail| !detail.is_empty()) {
        Some(detail) => format!("{words}: {detail}{connection}"),
        None => format!("{words}{connection}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{event, overview};

    #[test]
    fn marks_close_together_share_the_loudest_sign() {
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
            together[0].words(&one),
            "0:01 microphone muted (f, line 1)\n0:02 ICE: failed (f, line 1)"
        );
        assert_eq!(clusters(&lanes[0], 0.0).len(), 3);
        assert_eq!(words(&one.marks[3]), "somethingNew");
    }

    #[test]
    fn closing_is_no_trouble() {
        assert_eq!(SIGNS[sign(&event("a", "connectionstatechange", Some("closed"), 0.0))].1, "other");
    }

    #[test]
    fn a_lane_never_has_more_signs_than_can_be_told_apart() {
        let marks: Vec<Mark> =
            (0..1000).map(|at| Mark { at_ms: f64::from(at) * 100.0, event: 0, sign: 0 }).collect();
        assert!(clusters(&marks, 1.0).len() <= MOST_SIGNS);
    }
}
