//! Shared by the rules `uplink-loss` and `downlink-loss`: samples of lost packets, and the spans in which many were lost.

use super::super::context::RuleContext;
use super::super::outage::Outage;
use super::super::samples::{PeerConnectionSamples, Poll, RtpStreamSamples};
use super::super::window::{DegradedSpan, Limit, Sample, degraded_spans};
use crate::catalog::{Thresholds, Unit};

/// Lost ÷ expected packets. Quality falls noticeably from a few percent; at 10 % video without retransmission is
/// unusable.
pub(super) const THRESHOLDS: Thresholds = Thresholds { warning: 0.05, critical: 0.10, unit: Unit::Ratio };
/// The loss ratio of fewer packets in a window is not significant.
const LEAST_PACKETS: f64 = 50.0;
/// The ends of a span of uplink loss are inexact by up to this: the bridge's RTCP reports are seconds apart and late.
const REPORT_SLACK_MS: f64 = 7_000.0;
/// Packets of a report usually belong to the time since the report before it; where that is longer ago than this, to
/// the time since the last poll.
const LONGEST_REPORT_MS: f64 = 30_000.0;

/// The lost and expected packets of a connection's streams in each poll, summed; polls in outages are left out.
///
/// `receiving` is true for received streams, and `counts` selects the streams that are summed in a poll.
///
/// The first sample of a received stream after a pause is left out: a bridge increments sequence numbers while it
/// forwards nothing, and the receiver counts these packets as lost.
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
                // Of sent streams only some polls have a new RTCP report, so that a missing value is not a pause.
                *idle |= receiving;
                continue;
            }
            if std::mem::replace(idle, *expected <= 0.0) && receiving {
                continue;
            }
            let since = reported_ms
                .replace(poll.span.to_ms)
                .filter(|since| poll.span.to_ms - since < LONGEST_REPORT_MS);
            if counts(stream, poll) {
                let from_ms = since.unwrap_or(poll.span.from_ms);
                sample.poll.span.from_ms = sample.poll.span.from_ms.min(from_ms);
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

/// The spans in which packet loss reached the threshold.
pub(super) fn lossy_spans(samples: &[Sample], connection: &PeerConnectionSamples) -> Vec<DegradedSpan> {
    let limit =
        Limit { warning: THRESHOLDS.warning, least_total: LEAST_PACKETS, poll_ms: connection.poll_ms };
    degraded_spans(samples, limit)
}

/// The spans of uplink packet loss of a participant, as the bridge's RTCP reports show it.
pub(super) fn uplink_spans(context: &RuleContext<'_>, participant: usize) -> Vec<DegradedSpan> {
    let own = context.connections().filter(|(owner, connection, _)| *owner == participant && !connection.p2p);
    own.flat_map(|(_, connection, outages)| {
        let samples = samples(connection, &connection.outbound, false, outages, |_, _| true);
        lossy_spans(&samples, connection)
    })
    .collect()
}

/// Whether uplink loss of a sender in this span can be the cause of loss in a receiver's poll.
pub(super) fn explains_poll(uplink: &DegradedSpan, poll: &Poll) -> bool {
    uplink.span.overlaps(poll.span.extended(REPORT_SLACK_MS))
}

/// Whether the loss ratio of one sender or receiver over a whole span is evidence of its cause: it reaches half of the
/// threshold.
pub(super) fn is_affected(ratio: f64) -> bool {
    ratio >= THRESHOLDS.warning / 2.0
}

/// Lost ÷ expected packets of one sender's streams in a span; `None` for fewer than [`LEAST_PACKETS`].
pub(super) fn loss_ratio(
    connection: &PeerConnectionSamples,
    sender: Option<usize>,
    degraded: &DegradedSpan,
) -> Option<f64> {
    let (mut lost, mut expected) = (0.0, 0.0);
    for stream in connection.inbound.iter().filter(|stream| stream.sender == sender) {
        let packets = stream.expected_packets.iter().zip(&stream.lost_packets);
        let known = connection.polls.iter().zip(packets).filter(|(poll, (expected, lost))| {
            degraded.span.overlaps(poll.span) && !expected.is_nan() && !lost.is_nan()
        });
        for (_, (poll_expected, poll_lost)) in known {
            expected += poll_expected;
            lost += poll_lost;
        }
    }
    (expected >= LEAST_PACKETS).then(|| lost / expected)
}
