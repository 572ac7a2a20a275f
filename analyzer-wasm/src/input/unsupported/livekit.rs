//! LiveKit: webhooks as they were posted, and the server's log.

use super::GIVE_JITSI;
use crate::error::Refused;
use crate::input::formats::Unsupported;
use crate::input::head::Outline;

/// Webhooks, one on each line or as an array.
pub(in crate::input) static WEBHOOKS: Unsupported = Unsupported {
    refused: Refused {
        name: "livekit-webhooks",
        title: "these are webhooks of a LiveKit server, which are not read yet",
        hint: GIVE_JITSI,
    },
    signature: |start| is_webhook(start.outline()),
};

/// The server's log: time, level, logger, place in the source and message, divided by tabs.
pub(in crate::input) static LOG: Unsupported = Unsupported {
    refused: Refused {
        name: "livekit-log",
        title: "this is the log of a LiveKit server, which is not read yet",
        hint: GIVE_JITSI,
    },
    signature: |start| {
        let mut fields = start.line.split(|byte| *byte == b'\t');
        let time = fields.next().unwrap_or_default();
        let level = fields.next().unwrap_or_default();
        let logger = fields.next().unwrap_or_default();
        let levels: [&[u8]; 4] = [b"DEBUG", b"INFO", b"WARN", b"ERROR"];
        time.first().is_some_and(u8::is_ascii_digit)
            && levels.contains(&level)
            && logger.starts_with(b"livekit")
    },
};

fn is_webhook(outline: &Outline) -> bool {
    const SUBJECTS: [&str; 5] = ["room", "participant", "track", "egressInfo", "ingressInfo"];
    if outline.is_array {
        outline.has_inner("event") && SUBJECTS.into_iter().any(|name| outline.has_inner(name))
    } else {
        outline.has("event") && outline.has_any(&SUBJECTS)
    }
}
