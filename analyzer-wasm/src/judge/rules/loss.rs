//! What both loss rules share: samples of lost packets, and the spans of lossy uplinks.

use super::super::context::RuleContext;
use super::super::outage::Outage;
use super::super::samples::{PeerConnectionSamples, Poll, RtpStreamSamples};
use super::super::window::{DegradedSpan, Limit, Sample, degraded_spans};
use crate::catalog::{Thresholds, Unit};

/// Lost ÷ expected packets. WebRTC's own quality estimates begin to fall at a few percent; video without
/// retransmission is broken at ten.
pub(super) const THRESHOLDS: Thresholds = Thresholds { warning: 0.05, critical: 0.10, unit: Unit::Ratio };
/// With fewer packets in a window, a ratio is noise.
const LEAST_PACKETS: f64 = 50.0;
/// The other side's RTCP reports are seconds apart and late, so that the span of an uplink is this inexact.
const REPORT_SLACK_MS: f64 = 7_000.0;
/// A report that covers more time than this is counted for the time since the last poll only.
const LONGEST_REPORT_MS: f64 = 30_000.0;

/// Loss of some streams of a connection, pooled, without outages. `counts` selects a stream's part in a poll.
///
/// The first sample of a received stream that was idle is left out: a bridge increments sequence numbers while it
/// forwards nothing, which the receiver counts as lost.
pub(super) fn samples(
    connection: &PeerConnectionSamples,
    streams: &[RtpStreamSamples],
    receiving: bool,
    outages: &[Outage],
    counts: impl Fn(&RtpStreamSamples, &Poll) -> bool,
) -> Vec<Sample> {
    let mut reported_ms: Vec<Option<f64>> = vec![None; streams.len()];
    let mut idle = vec![true; streams.len()];
    let mut found = Vec::new();
    for (at, poll) in connection.polls.iter().enumerate() {
        let mut sample = Sample { poll: *poll, amount: 0.0, total: 0.0 };
        for ((stream, reported_ms), idle) in streams.iter().zip(&mut reported_ms).zip(&mut idle) {
            let (Some(expected), Some(lost)) = (stream.expected_packets.get(at), stream.lost_packets.get(at))
            else {
                continue;
            };
            if expected.is_nan() || lost.is_nan() {
                // Only some polls hold a new report about sent streams.
                *idle |= receiving;
                continue;
            }
            if std::mem::replace(idle, *expected <= 0.0) && receiving {
                continue;
            }
            let since =
                reported_ms.replace(poll.to_ms).filter(|since| poll.to_ms - since < LONGEST_REPORT_MS);
            if counts(stream, poll) {
                sample.poll.from_ms = sample.poll.from_ms.min(since.unwrap_or(poll.from_ms));
                sample.amount += lost;
                sample.total += expected;
            }
        }
        if sample.total > 0.0 && !outages.iter().any(|outage| outage.covers(poll)) {
            found.push(sample);
        }
    }
    found
}

/// The spans of loss in samples.
pub(super) fn lossy_spans(samples: &[Sample], connection: &PeerConnectionSamples) -> Vec<DegradedSpan> {
    let limit =
        Limit { warning: THRESHOLDS.warning, least_total: LEAST_PACKETS, poll_ms: connection.poll_ms };
    degraded_spans(samples, limit)
}

/// The spans in which a participant's uplink to the bridge was lossy, by the bridge's RTCP reports.
pub(super) fn uplink_spans(context: &RuleContext<'_>, participant: usize) -> Vec<DegradedSpan> {
    let own = context.connections().filter(|(owner, connection, _)| *owner == participant && !connection.p2p);
    own.flat_map(|(_, connection, outages)| {
        let samples = samples(connection, &connection.outbound, false, outages, |_, _| true);
        lossy_spans(&samples, connection)
    })
    .collect()
}

/// Whether a lossy span of a sender's uplink may explain loss in a poll of a receiver.
pub(super) fn explains_poll(span: &DegradedSpan, poll: &Poll) -> bool {
    span.overlaps(poll.from_ms - REPORT_SLACK_MS, poll.to_ms + REPORT_SLACK_MS)
}

/// Whether a loss ratio over a whole span counts as evidence: half of what opens a span.
pub(super) fn is_affected(ratio: f64) -> bool {
    ratio >= THRESHOLDS.warning / 2.0
}

/// Lost ÷ expected packets of one sender's streams in a span; `None` with too few packets.
pub(super) fn loss_ratio(
    connection: &PeerConnectionSamples,
    sender: Option<usize>,
    span: &DegradedSpan,
) -> Option<f64> {
    let (mut lost, mut expected) = (0.0, 0.0);
    for stream in connection.inbound.iter().filter(|stream| stream.sender == sender) {
        let packets = stream.expected_packets.iter().zip(&stream.lost_packets);
        let known = connection.polls.iter().zip(packets).filter(|(poll, (expected, lost))| {
            span.overlaps(poll.from_ms, poll.to_ms) && !expected.is_nan() && !lost.is_nan()
        });
        for (_, (of_poll, lost_of_poll)) in known {
            expected += of_poll;
            lost += lost_of_poll;
        }
    }
    (expected >= LEAST_PACKETS).then(|| lost / expected)
}
