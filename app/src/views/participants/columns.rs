//! The columns of numbers in the table of participants: title, source and format of each.

use analyzer_wasm::report::Participant;
use analyzer_wasm::wire::Trend;
use analyzer_wasm::wording::percent;

use crate::format;
use crate::format::report;

/// One column of numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// The heading that it shares with its neighbors.
    pub(super) group: &'static str,
    /// Its heading.
    pub(super) title: &'static str,
    /// Its unit; empty where it has none.
    pub(super) unit: &'static str,
    /// One sentence on what it is, with the identifier of W3C webrtc-stats.
    pub(super) help: &'static str,
    /// The number; `None` where the dumps have no data for it.
    pub(super) value: fn(&Participant) -> Option<f64>,
    /// The number as text, without its unit.
    pub(super) text: fn(f64) -> String,
    /// Its course over the call.
    pub(super) trend: Option<Trend>,
    /// A value of the trend as text, with its unit.
    pub(super) text_of_trend: fn(f64) -> String,
}

/// All columns, from left to right.
pub(super) const COLUMNS: [Column; 17] = [
    Column {
        group: "",
        title: "Present",
        unit: "m:ss",
        help: "Duration of the participant's presences, without the gaps between them.",
        value: report::present_ms,
        text: format::duration,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Network",
        title: "RTT mean",
        unit: "ms",
        help: "Mean round-trip time of the connection that carried media (candidate-pair.currentRoundTripTime).",
        value: |participant| participant.network.rtt_ms.map(|rtt| rtt.mean),
        text: format::short_number,
        trend: Some(Trend::Rtt),
        text_of_trend: milliseconds,
    },
    Column {
        group: "Network",
        title: "RTT p95",
        unit: "ms",
        help: "Round-trip time that 95 % of the samples stay below (candidate-pair.currentRoundTripTime).",
        value: |participant| participant.network.rtt_ms.map(|rtt| rtt.p95),
        text: format::short_number,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Network",
        title: "Jitter",
        unit: "ms",
        help: "Mean interarrival jitter of the received streams (inbound-rtp.jitter).",
        value: |participant| participant.network.jitter_ms.map(|jitter| jitter.mean),
        text: format::short_number,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Network",
        title: "Downlink loss",
        unit: "%",
        help: "Share of the packets sent to the participant that were lost (inbound-rtp.packetsLost ÷ (packetsLost + \
               packetsReceived)).",
        value: |participant| participant.network.loss_down_ratio,
        text: format::percent,
        trend: Some(Trend::LossDown),
        text_of_trend: percent,
    },
    Column {
        group: "Network",
        title: "Uplink loss",
        unit: "%",
        help: "Share of the packets sent by the participant that the receiver reported as lost \
               (remote-inbound-rtp.packetsLost).",
        value: |participant| participant.network.loss_up_ratio,
        text: format::percent,
        trend: Some(Trend::LossUp),
        text_of_trend: percent,
    },
    Column {
        group: "Network",
        title: "Sent",
        unit: "kbit/s",
        help: "Mean bitrate of the RTP payload that the participant sent (outbound-rtp.bytesSent).",
        value: |participant| participant.network.send_bps,
        text: kilobits,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Network",
        title: "Received",
        unit: "kbit/s",
        help: "Mean bitrate of the RTP payload that the participant received (inbound-rtp.bytesReceived).",
        value: |participant| participant.network.receive_bps,
        text: kilobits,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Network",
        title: "Available",
        unit: "kbit/s",
        help: "Mean available bitrate as the sender's bandwidth estimator saw it \
               (candidate-pair.availableOutgoingBitrate).",
        value: |participant| participant.network.available_out_bps,
        text: kilobits,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Received media",
        title: "Frame rate",
        unit: "fps",
        help: "Mean frame rate of received video while frames arrived (inbound-rtp.framesPerSecond).",
        value: |participant| participant.media.fps,
        text: format::short_number,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Received media",
        title: "Height",
        unit: "px",
        help: "Median frame height of received video, weighted by time (inbound-rtp.frameHeight).",
        value: |participant| participant.media.height,
        text: whole,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Received media",
        title: "Freezes",
        unit: "",
        help: "Number of video freezes (inbound-rtp.freezeCount).",
        value: |participant| participant.media.freezes,
        text: whole,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Received media",
        title: "Frozen",
        unit: "s",
        help: "Duration of video freezes, summed over all received streams (inbound-rtp.totalFreezesDuration).",
        value: |participant| participant.media.freeze_ms,
        text: seconds,
        trend: Some(Trend::Frozen),
        text_of_trend: percent,
    },
    Column {
        group: "Received media",
        title: "Paused",
        unit: "s",
        help: "Duration of gaps of more than 5 s without a frame, summed over all received streams: an outage, or a camera that was switched off \
               (inbound-rtp.totalPausesDuration).",
        value: |participant| participant.media.pause_ms,
        text: seconds,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Received media",
        title: "Concealed",
        unit: "%",
        help: "Share of received audio that was synthesized to conceal lost packets ((inbound-rtp.concealedSamples − \
               silentConcealedSamples) ÷ totalSamplesReceived).",
        value: |participant| participant.media.concealed_ratio,
        text: format::percent,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Limited by",
        title: "CPU",
        unit: "s",
        help: "Duration of reduced quality of sent video because of CPU load \
               (outbound-rtp.qualityLimitationDurations.cpu).",
        value: |participant| participant.media.cpu_limited_ms,
        text: seconds,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Limited by",
        title: "Bandwidth",
        unit: "s",
        help: "Duration of reduced quality of sent video because of limited bandwidth \
               (outbound-rtp.qualityLimitationDurations.bandwidth).",
        value: |participant| participant.media.bandwidth_limited_ms,
        text: seconds,
        trend: None,
        text_of_trend: percent,
    },
];

/// Whether a column is the first of its group.
pub(super) fn begins_group(index: usize) -> bool {
    let group = |index: usize| COLUMNS.get(index).map(|column| column.group);
    index.checked_sub(1).is_some_and(|before| group(before) != group(index))
}

/// The groups with the number of their columns.
pub(super) fn groups() -> Vec<(&'static str, usize)> {
    let mut groups: Vec<(&'static str, usize)> = Vec::new();
    for column in &COLUMNS {
        match groups.last_mut() {
            Some((group, span)) if *group == column.group => *span += 1,
            _ => groups.push((column.group, 1)),
        }
    }
    groups
}

fn milliseconds(ms: f64) -> String {
    format!("{} ms", format::short_number(ms))
}

fn kilobits(bps: f64) -> String {
    let kilobits = bps / 1e3;
    if kilobits >= 10.0 { whole(kilobits) } else { format::short_number(kilobits) }
}

fn seconds(ms: f64) -> String {
    format::short_number(ms / 1e3)
}

fn whole(value: f64) -> String {
    format::number(value, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::participant;

    #[test]
    fn without_data_every_number_is_missing() {
        let participant = participant("a");
        assert!(COLUMNS.iter().all(|column| (column.value)(&participant).is_none()));
    }

    #[test]
    fn groups_span_all_columns() {
        assert_eq!(groups().iter().map(|(_, span)| span).sum::<usize>(), COLUMNS.len());
        assert_eq!(groups().len(), 4);
    }

    #[test]
    fn bitrates_and_durations_are_scaled_to_their_unit() {
        assert_eq!(kilobits(2_540_400.0), "2\u{202f}540");
        assert_eq!(kilobits(1_250.0), "1.2");
        assert_eq!(seconds(61_400.0), "61");
    }
}
