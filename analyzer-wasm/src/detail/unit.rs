//! Units of numeric fields, by the naming rules of W3C webrtc-stats.

/// The unit of a field; `None` for counts and for unknown fields.
pub(super) fn unit(field: &str) -> Option<&'static str> {
    const SECONDS: [&str; 3] = ["jitter", "currentRoundTripTime", "roundTripTime"];
    let ends = |endings: &[&str]| endings.iter().any(|ending| field.ends_with(ending));
    match field {
        "timestamp" | "remoteTimestamp" => Some("ms"),
        "framesPerSecond" | "frameRate" => Some("1/s"),
        "frameWidth" | "frameHeight" | "width" | "height" => Some("px"),
        _ if SECONDS.contains(&field) => Some("s"),
        _ if ends(&["Bitrate"]) => Some("bit/s"),
        _ if ends(&["Timestamp"]) => Some("ms"),
        _ if field.starts_with("bytes") || ends(&["BytesSent", "BytesReceived", "BytesDiscardedOnSend"]) => {
            Some("B")
        }
        _ if ends(&["Delay", "Duration"]) || field.starts_with("total") && ends(&["Time"]) => Some("s"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::unit;

    #[test]
    fn units_follow_from_names() {
        for (field, known) in [
            ("jitter", Some("s")),
            ("currentRoundTripTime", Some("s")),
            ("jitterBufferDelay", Some("s")),
            ("totalFreezesDuration", Some("s")),
            ("totalDecodeTime", Some("s")),
            ("bytesReceived", Some("B")),
            ("headerBytesSent", Some("B")),
            ("availableOutgoingBitrate", Some("bit/s")),
            ("frameHeight", Some("px")),
            ("lastPacketReceivedTimestamp", Some("ms")),
            ("packetsLost", None),
            ("framesDecoded", None),
            ("audioLevel", None),
        ] {
            assert_eq!(unit(field), known, "{field}");
        }
    }
}
