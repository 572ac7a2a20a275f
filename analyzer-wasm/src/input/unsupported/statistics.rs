//! Statistics of a whole server, as its REST interface returns them.

use super::GIVE_JITSI;
use crate::error::Refused;
use crate::input::formats::Unsupported;

/// Jicofo's `/stats`.
pub(in crate::input) static JICOFO: Unsupported = Unsupported {
    refused: Refused {
        name: "jicofo-stats",
        title: "these are statistics of a Jicofo server, which are not read yet",
        hint: GIVE_JITSI,
    },
    signature: |start| {
        start.outline().has_any(&["jibri_detector", "jigasi_detector", "bridge_selector", "xmpp_service"])
    },
};

/// A bridge's `/colibri/stats`.
pub(in crate::input) static JVB: Unsupported = Unsupported {
    refused: Refused {
        name: "jvb-stats",
        title: "these are statistics of a Jitsi videobridge (colibri stats), which are not read yet",
        hint: GIVE_JITSI,
    },
    signature: |start| {
        let names = ["bit_rate_download", "inactive_endpoints", "total_packets_received", "stress_level"];
        start.outline().has_any(&names)
    },
};
