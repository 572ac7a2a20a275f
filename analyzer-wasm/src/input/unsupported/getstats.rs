//! The result of one `RTCPeerConnection.getStats()` call as JSON: an object by id or an array of reports.

use super::GIVE_JITSI;
use crate::error::Refused;
use crate::input::formats::Unsupported;
use crate::input::head::Outline;

/// Reports of one moment, in the spelling of any version of webrtc-stats.
pub(in crate::input) static RESULT: Unsupported = Unsupported {
    refused: Refused {
        name: "getstats",
        title: "this is the result of a getStats() call, which is not read yet",
        hint: GIVE_JITSI,
    },
    signature: |start| {
        let outline = start.outline();
        is_report(outline) || outline.is_array && is_measurement(outline)
    },
};

/// Whether an object within is an `RTCStats` dictionary: each has an id, a type and a timestamp.
fn is_report(outline: &Outline) -> bool {
    outline.has_inner("type") && (outline.has_inner("id") || outline.has_inner("timestamp"))
}

/// Whether an item holds packet counts with a time, as libraries that wrap `getStats` return it.
fn is_measurement(outline: &Outline) -> bool {
    let has = |name: &str| outline.has_inner(name) || outline.has_inner(&format!("_{name}"));
    has("timestamp") && ["packetsLost", "packetsReceived", "packetsSent"].into_iter().any(has)
}
