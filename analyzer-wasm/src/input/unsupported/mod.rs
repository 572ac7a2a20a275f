//! Formats that are recognized so that they can be refused by their name.

pub(super) mod files;
pub(super) mod getstats;
pub(super) mod livekit;
pub(super) mod logs;
pub(super) mod rtcstats;
pub(super) mod statistics;
pub(super) mod webrtc_internals;

/// What to give instead of a file that is not read.
const GIVE_JITSI: &str = "Only Jitsi RTCStats dumps are read so far: one JSON entry on each line, plain or \
                          gzip-compressed, as the rtcstats server stores it.";
