//! Packets and audio samples in a stats report, by the rules of each stats format.

use super::stats_format::StatsFormat;
use super::value::{Object, Value, key, number, truthy};

/// The packet count of one SSRC in a report, and how many were lost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Packets {
    pub(super) packets: f64,
    pub(super) lost: f64,
}

/// `value || 0`, or `Number(value) || 0`.
fn or_zero(value: Option<&Value>) -> f64 {
    let number = number(value);
    if number.is_nan() { 0.0 } else { number }
}

/// The packets sent. In Chrome and Safari, the second rule also matches `remote-outbound-rtp` reports, which count the
/// packets that the remote side has sent.
pub(super) fn sent(format: StatsFormat, all: &Object, report: &Object) -> Option<Packets> {
    let kind = report.get("type").and_then(Value::as_text);
    if format == StatsFormat::Firefox {
        return (kind == Some("remote-inbound-rtp")).then(|| Packets {
            packets: or_zero(report.get("packetsSent")),
            lost: number(report.get("packetsLost")),
        });
    }
    let packets = or_zero(report.get("packetsSent"));
    let remote = all.get(&key(report.get("remoteId")));
    if kind == Some("outbound-rtp") && truthy(remote) {
        let lost = remote.and_then(Value::as_object).and_then(|remote| remote.get("packetsLost"));
        return Some(Packets { packets, lost: or_zero(lost) });
    }
    let counts = truthy(report.get("packetsSent")) && !truthy(report.get("packetsReceived"));
    (counts && truthy(report.get("ssrc")))
        .then(|| Packets { packets, lost: or_zero(report.get("packetsLost")) })
}

/// The packets received. Firefox's `remote-inbound-rtp` reports match as well, so sent tracks there have rows as received
/// ones.
pub(super) fn received(report: &Object) -> Option<Packets> {
    let counts = truthy(report.get("packetsReceived")) && !truthy(report.get("packetsSent"));
    (counts && truthy(report.get("ssrc"))).then(|| Packets {
        packets: or_zero(report.get("packetsReceived")),
        lost: or_zero(report.get("packetsLost")),
    })
}

/// The concealed samples and all samples.
pub(super) fn concealment(format: StatsFormat, report: &Object) -> Option<(f64, f64)> {
    let [total, concealed, ssrc] =
        ["totalSamplesReceived", "concealedSamples", "ssrc"].map(|field| report.get(field));
    let counts = format != StatsFormat::Firefox && truthy(total) && truthy(concealed) && truthy(ssrc);
    counts.then(|| (number(concealed), number(total)))
}

/// `mediaType`, or `kind` in newer reports.
pub(super) fn media_type(report: &Object) -> Option<&Value> {
    report.get("mediaType").filter(|kind| kind.is_truthy()).or_else(|| report.get("kind"))
}
