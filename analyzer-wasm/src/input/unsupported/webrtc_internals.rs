//! Dumps of chrome://webrtc-internals: one JSON document, whose members come in another order with each generation.

use super::GIVE_JITSI;
use crate::error::Refused;
use crate::input::formats::Unsupported;

/// The dump that the page's button creates.
pub(in crate::input) static DUMP: Unsupported = Unsupported {
    refused: Refused {
        name: "webrtc-internals",
        title: "this is a chrome://webrtc-internals dump, which is not read yet",
        hint: GIVE_JITSI,
    },
    signature: |start| {
        start.outline().has_any(&["PeerConnections", "getUserMedia", "UserAgent", "UserAgentData"])
    },
};

/// The page itself, copied as text.
pub(in crate::input) static PAGE: Unsupported = Unsupported {
    refused: Refused {
        name: "webrtc-internals-page",
        title: "this is text copied from the page chrome://webrtc-internals, which is not read",
        hint: "The page's text does not hold the statistics over time. Only Jitsi RTCStats dumps are read so far.",
    },
    signature: |start| LABELS.iter().any(|label| start.line.starts_with(label)),
};

/// Labels that start a line of the page, in the order in which they stand there.
const LABELS: &[&[u8]] = &[
    b"Create a WebRTC-Internals dump",
    b"Create Dump",
    b"ICE connection state:",
    b"Connection state:",
    b"Signaling state:",
    b"ICE candidate grid",
    b"Stats graphs for ",
];
