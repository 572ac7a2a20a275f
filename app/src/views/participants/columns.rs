//! The numbers of the participants table: what each is, where it comes from, how it is written.

use analyzer_wasm::report::Participant;
use analyzer_wasm::wire::Trend;
use analyzer_wasm::wording::percent;

use crate::format;
use crate::format::report;

/// One column of numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Its family, over several columns.
    pub(super) group: &'static str,
    /// Its name.
    pub(super) title: &'static str,
    /// Its unit, if it has one.
    pub(super) unit: &'static str,
    /// What it is in a sentence, with the identifier of W3C webrtc-stats.
    pub(super) help: &'static str,
    /// The number; `None` where the dumps do not say it.
    pub(super) value: fn(&Participant) -> Option<f64>,
    /// The number as text, without its unit.
    pub(super) text: fn(f64) -> String,
    /// How it went over the call.
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
        help: "How long their dumps last, without the gaps between them.",
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
        value: |person| person.network.rtt_ms.map(|rtt| rtt.mean),
        text: format::short_number,
        trend: Some(Trend::Rtt),
        text_of_trend: milliseconds,
    },
    Column {
        group: "Network",
        title: "RTT p95",
        unit: "ms",
        help: "Round-trip time that 95 % of the samples stay below (candidate-pair.currentRoundTripTime).",
        value: |person| person.network.rtt_ms.map(|rtt| rtt.p95),
        text: format::short_number,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Network",
        title: "Jitter",
        unit: "ms",
        help: "Mean variation of the packets' arrival, of what was received (inbound-rtp.jitter).",
        value: |person| person.network.jitter_ms.map(|jitter| jitter.mean),
        text: format::short_number,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Network",
        title: "Loss down",
        unit: "%",
        help: "Share of packets lost on the way to them (inbound-rtp.packetsLost ÷ packetsLost + packetsReceived).",
        value: |person| person.network.loss_down_ratio,
        text: format::percent,
        trend: Some(Trend::LossDown),
        text_of_trend: percent,
    },
    Column {
        group: "Network",
        title: "Loss up",
        unit: "%",
        help: "Share of their packets that the other side reported lost (remote-inbound-rtp.packetsLost).",
        value: |person| person.network.loss_up_ratio,
        text: format::percent,
        trend: Some(Trend::LossUp),
        text_of_trend: percent,
    },
    Column {
        group: "Network",
        title: "Sent",
        unit: "kbit/s",
        help: "Mean rate of the RTP payload they sent (outbound-rtp.bytesSent).",
        value: |person| person.network.send_bps,
        text: kilobits,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Network",
        title: "Received",
        unit: "kbit/s",
        help: "Mean rate of the RTP payload they received (inbound-rtp.bytesReceived).",
        value: |person| person.network.receive_bps,
        text: kilobits,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Network",
        title: "Available",
        unit: "kbit/s",
        help: "Mean rate that the sender thought the network would take \
               (candidate-pair.availableOutgoingBitrate).",
        value: |person| person.network.available_out_bps,
        text: kilobits,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Received media",
        title: "Rate",
        unit: "fps",
        help: "Mean frame rate of received video while frames came (inbound-rtp.framesPerSecond).",
        value: |person| person.media.fps,
        text: format::short_number,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Received media",
        title: "Height",
        unit: "px",
        help: "Median height of received video by time (inbound-rtp.frameHeight).",
        value: |person| person.media.height,
        text: whole,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Received media",
        title: "Freezes",
        unit: "",
        help: "How often received video stood still (inbound-rtp.freezeCount).",
        value: |person| person.media.freezes,
        text: whole,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Received media",
        title: "Frozen",
        unit: "s",
        help: "How long received video stood still, over all streams (inbound-rtp.totalFreezesDuration).",
        value: |person| person.media.freeze_ms,
        text: seconds,
        trend: Some(Trend::Frozen),
        text_of_trend: percent,
    },
    Column {
        group: "Received media",
        title: "Paused",
        unit: "s",
        help: "How long no frame came for more than 5 s, over all streams: an outage, or a camera switched off \
               (inbound-rtp.totalPausesDuration).",
        value: |person| person.media.pause_ms,
        text: seconds,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Received media",
        title: "Concealed",
        unit: "%",
        help: "Share of received audio that was made up for lost packets (inbound-rtp.concealedSamples without \
               silentConcealedSamples ÷ totalSamplesReceived).",
        value: |person| person.media.concealed_ratio,
        text: format::percent,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Limited by",
        title: "CPU",
        unit: "s",
        help: "How long their video was reduced because the machine was too slow \
               (outbound-rtp.qualityLimitationDurations.cpu).",
        value: |person| person.media.cpu_limited_ms,
        text: seconds,
        trend: None,
        text_of_trend: percent,
    },
    Column {
        group: "Limited by",
        title: "Bandwidth",
        unit: "s",
        help: "How long their video was reduced because the network gave no more \
               (outbound-rtp.qualityLimitationDurations.bandwidth).",
        value: |person| person.media.bandwidth_limited_ms,
        text: seconds,
        trend: None,
        text_of_trend: percent,
    },
];

/// Whether a column is the first of its family.
pub(super) fn begins_group(index: usize) -> bool {
    let group = |index: usize| COLUMNS.get(index).map(|column| column.group);
    index.checked_sub(1).is_some_and(|before| group(before) != group(index))
}

/// The families with how many columns each spans.
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
    fn of_somebody_unknown_every_number_is_missing() {
        let nobody = participant("a");
        assert!(COLUMNS.iter().all(|column| (column.value)(&nobody).is_none()));
    }

    #[test]
    fn groups_span_all_columns() {
        assert_eq!(groups().iter().map(|(_, span)| span).sum::<usize>(), COLUMNS.len());
        assert_eq!(groups().len(), 4);
    }

    #[test]
    fn rates_and_times_are_scaled_to_their_unit() {
        assert_eq!(kilobits(2_540_400.0), "2\u{202f}540");
        assert_eq!(kilobits(1_250.0), "1.2");
        assert_eq!(seconds(61_400.0), "61");
    }
}
