//! Minimal session descriptions that name every stream.

use std::fmt::Write as _;

use crate::session::{Session, Source};

/// What this side sends.
pub(super) fn of_own(session: &Session, setup: &str) -> String {
    let [fingerprint, _] = &session.fingerprints;
    let ufrag = session.ice.first().map_or("", |ids| &*ids.ufrag);
    let mut sdp = head(2 + session.camera.len().min(1));
    media(&mut sdp, "audio", 0, ufrag, fingerprint, setup);
    source(&mut sdp, &session.audio, &session.audio.track, "-");
    media(&mut sdp, "video", 1, ufrag, fingerprint, setup);
    if session.camera.len() > 1 {
        let ssrcs: Vec<String> = session.camera.iter().map(|layer| layer.ssrc.to_string()).collect();
        let _ = write!(sdp, "a=ssrc-group:SIM {}\r\n", ssrcs.join(" "));
    }
    for layer in &session.camera {
        source(&mut sdp, layer, &layer.track, "-");
    }
    sdp
}

/// The description of the other side: the streams of all other participants.
pub(super) fn of_others(session: &Session, others: &[&Session], setup: &str) -> String {
    of_others_after(session, others, setup, 0)
}

/// The same after so many restarts of ICE.
pub(super) fn of_others_after(
    session: &Session,
    others: &[&Session],
    setup: &str,
    generation: usize,
) -> String {
    let [_, fingerprint] = &session.fingerprints;
    let ufrag = session.ice.get(generation).map_or("", |ids| &*ids.remote_ufrag);
    let mut sdp = head(2 * others.len().max(1));
    for (place, other) in others.iter().enumerate() {
        media(&mut sdp, "audio", 2 * place, ufrag, fingerprint, setup);
        source(&mut sdp, &other.audio, &other.audio.remote_track, &other.audio.remote_stream);
        media(&mut sdp, "video", 2 * place + 1, ufrag, fingerprint, setup);
        if let Some(camera) = other.camera.first() {
            source(&mut sdp, camera, &camera.remote_track, &camera.remote_stream);
        }
    }
    if others.is_empty() {
        media(&mut sdp, "audio", 0, ufrag, fingerprint, setup);
        media(&mut sdp, "video", 1, ufrag, fingerprint, setup);
    }
    sdp
}

fn head(sections: usize) -> String {
    let mids: Vec<String> = (0..sections).map(|mid| mid.to_string()).collect();
    format!("v=0\r\no=- 1923518516 2 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE {}\r\n", mids.join(" "))
}

fn media(sdp: &mut String, kind: &str, mid: usize, ufrag: &str, fingerprint: &str, setup: &str) {
    let (payload, map) = if kind == "audio" { (111, "opus/48000/2") } else { (96, "VP8/90000") };
    let _ = write!(
        sdp,
        "m={kind} 9 UDP/TLS/RTP/SAVPF {payload}\r\nc=IN IP4 0.0.0.0\r\na=mid:{mid}\r\na=rtpmap:{payload} {map}\r\n\
         a=sendrecv\r\na=rtcp-mux\r\na=ice-ufrag:{ufrag}\r\n"
    );
    if mid == 0 {
        let _ = write!(sdp, "a=fingerprint:sha-256 {fingerprint}\r\na=setup:{setup}\r\n");
    }
}

fn source(sdp: &mut String, source: &Source, track: &str, stream: &str) {
    let _ = write!(sdp, "a=ssrc:{} msid:{stream} {track}\r\n", source.ssrc);
}
