//! Chrome's `goog` reports, which M122 removed: their names and text values become those of webrtc-stats.

use crate::model::{Metric, ReportKind, ReportTable, SlotId, Text};

/// The field of webrtc-stats for a `goog` field.
enum Target {
    /// A metric, and the factor that converts the value to its unit.
    Number(Metric, f64),
    /// A text.
    Text(Text),
}

const MS: f64 = 0.001;

fn target(kind: ReportKind, key: &str) -> Option<Target> {
    use Target::Number;
    Some(match (kind, key) {
        (ReportKind::CandidatePair, "googRtt") => Number(Metric::CurrentRoundTripTime, MS),
        (ReportKind::CandidatePair, "googActiveConnection") => Number(Metric::Selected, 1.0),
        (ReportKind::OutboundRtp, "googRtt") => Number(Metric::RoundTripTime, MS),
        (ReportKind::OutboundRtp, "googFrameHeightSent") => Number(Metric::FrameHeight, 1.0),
        (ReportKind::OutboundRtp, "googFrameWidthSent") => Number(Metric::FrameWidth, 1.0),
        (ReportKind::OutboundRtp, "googFrameRateSent") => Number(Metric::FramesPerSecond, 1.0),
        (ReportKind::OutboundRtp, "googNacksReceived") => Number(Metric::NackCount, 1.0),
        (ReportKind::OutboundRtp, "googPlisReceived") => Number(Metric::PliCount, 1.0),
        (ReportKind::OutboundRtp, "googFirsReceived") => Number(Metric::FirCount, 1.0),
        (ReportKind::InboundRtp, "googJitterReceived") => Number(Metric::Jitter, MS),
        (ReportKind::InboundRtp, "googFrameHeightReceived") => Number(Metric::FrameHeight, 1.0),
        (ReportKind::InboundRtp, "googFrameWidthReceived") => Number(Metric::FrameWidth, 1.0),
        (ReportKind::InboundRtp, "googFrameRateOutput") => Number(Metric::FramesPerSecond, 1.0),
        (ReportKind::InboundRtp, "googNacksSent") => Number(Metric::NackCount, 1.0),
        (ReportKind::InboundRtp, "googPlisSent") => Number(Metric::PliCount, 1.0),
        (ReportKind::InboundRtp, "googFirsSent") => Number(Metric::FirCount, 1.0),
        (ReportKind::BandwidthEstimation, "googAvailableSendBandwidth") => {
            Number(Metric::AvailableOutgoingBitrate, 1.0)
        }
        (ReportKind::BandwidthEstimation, "googAvailableReceiveBandwidth") => {
            Number(Metric::AvailableIncomingBitrate, 1.0)
        }
        (ReportKind::BandwidthEstimation, "googTargetEncBitrate") => Number(Metric::TargetBitrate, 1.0),
        (ReportKind::LocalCandidate | ReportKind::RemoteCandidate, "portNumber") => Number(Metric::Port, 1.0),
        (_, "googTrackId") => Target::Text(Text::TrackIdentifier),
        (_, "googCodecName") => Target::Text(Text::MimeType),
        _ => return None,
    })
}

/// Sets a field that is written as text and has no name in webrtc-stats, or is a number there.
pub(super) fn set(table: &mut ReportTable, slot: SlotId, kind: ReportKind, key: &str, text: &str) {
    let number = match text {
        "true" => Some(1.0),
        "false" => Some(0.0),
        _ => text.parse::<f64>().ok().filter(|number| number.is_finite()),
    };
    match (target(kind, key), Metric::of_key(key.as_bytes()), number) {
        // Chrome wrote -1 for an unknown value.
        (Some(Target::Number(..)), _, Some(number)) if number < 0.0 => {}
        (Some(Target::Number(metric, factor)), _, Some(number)) => table.set(slot, metric, number * factor),
        (Some(Target::Text(field)), _, _) => table.set_text(slot, field, text),
        (None, Some(metric), Some(number)) => table.set(slot, metric, number),
        (None, None, Some(number)) => table.set_extra(slot, key, number),
        _ => {}
    }
    let limit = match (kind, key) {
        (ReportKind::OutboundRtp, "googCpuLimitedResolution") => "cpu",
        (ReportKind::OutboundRtp, "googBandwidthLimitedResolution") => "bandwidth",
        _ => return,
    };
    let reason = table.report(slot).and_then(|report| report.text(Text::QualityLimitationReason));
    if number == Some(1.0) {
        table.set_text(slot, Text::QualityLimitationReason, limit);
    } else if reason.is_none_or(|reason| reason == limit) {
        table.set_text(slot, Text::QualityLimitationReason, "none");
    }
}

/// The type of a legacy `ssrc` report, which only its id shows: `ssrc_<n>_send` or `ssrc_<n>_recv`.
pub(super) fn kind_of(type_name: &str, id: &str) -> Option<ReportKind> {
    match type_name {
        "ssrc" if id.ends_with("_send") => Some(ReportKind::OutboundRtp),
        "ssrc" if id.ends_with("_recv") => Some(ReportKind::InboundRtp),
        _ => None,
    }
}

/// A text value as webrtc-stats spells it.
pub(super) fn text_value(field: Text, text: &str) -> &str {
    match (field, text) {
        (Text::CandidateType, "local") => "host",
        (Text::CandidateType, "stun" | "serverreflexive") => "srflx",
        (Text::CandidateType, "peerreflexive") => "prflx",
        (Text::CandidateType, "relayed") => "relay",
        _ => text,
    }
}
