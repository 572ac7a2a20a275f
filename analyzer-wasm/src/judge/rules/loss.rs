//! What both loss rules share: samples of lost packets, and where uplinks were lossy.

use super::super::RuleContext;
use super::super::outage::Outage;
use super::super::samples::{PeerConnectionSamples, Poll, RtpStreamSamples};
use super::super::window::{Limit, Sample, Stretch, stretches};

/// Lost ÷ expected packets over the window: a warning, and critical by its mean. WebRTC's own quality estimates begin
/// to fall at a few percent; video without retransmission is broken at ten.
pub(super) const WARNING: f64 = 0.05;
pub(super) const CRITICAL: f64 = 0.10;
pub(super) const LIMITS: (f64, f64) = (WARNING, CRITICAL);
/// Fewer packets in a window say nothing.
const LEAST_PACKETS: f64 = 50.0;
/// The other side's reports are seconds apart and late, so an uplink's stretch is known to within this.
const REPORT_SLACK_MS: f64 = 7_000.0;
/// A report on a longer time than this is taken for the time since the last poll only.
const LONGEST_REPORT_MS: f64 = 30_000.0;

/// Loss of some flows of a path, pooled, outages left out. `counts` says whether a flow's part in a poll is wanted.
///
/// The first sample of a received flow that was idle is left out: a bridge goes on with sequence numbers that it did
/// not forward meanwhile, which the receiver takes for losses.
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
        let mut sample = Sample { poll: *poll, amount: 0.0, of: 0.0 };
        for ((stream, reported_ms), idle) in streams.iter().zip(&mut reported_ms).zip(&mut idle) {
            let (Some(expected), Some(lost)) = (stream.expected_packets.get(at), stream.lost_packets.get(at))
            else {
                continue;
            };
            if expected.is_nan() || lost.is_nan() {
                // Of sent flows only some polls bring a report: between them nothing is known.
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
                sample.of += expected;
            }
        }
        if sample.of > 0.0 && !outages.iter().any(|outage| outage.covers(poll)) {
            found.push(sample);
        }
    }
    found
}

/// The stretches of loss in samples.
pub(super) fn lossy(samples: &[Sample], connection: &PeerConnectionSamples) -> Vec<Stretch> {
    stretches(samples, Limit { warning: WARNING, least: LEAST_PACKETS, poll_ms: connection.poll_ms })
}

/// Where somebody's uplink to the bridge was lossy, by what the bridge reported to them.
pub(super) fn uplink(context: &RuleContext<'_>, participant: usize) -> Vec<Stretch> {
    let own = context.connections().filter(|(owner, connection, _)| *owner == participant && !connection.p2p);
    own.flat_map(|(_, connection, outages)| {
        lossy(&samples(connection, &connection.outbound, false, outages, |_, _| true), connection)
    })
    .collect()
}

/// Whether a stretch of an uplink may account for what a poll shows elsewhere.
pub(super) fn accounts_for(stretch: &Stretch, poll: &Poll) -> bool {
    stretch.overlaps(poll.from_ms - REPORT_SLACK_MS, poll.to_ms + REPORT_SLACK_MS)
}

/// Lost ÷ expected of what one sender's flows show in a stretch; `None` with too few packets.
pub(super) fn ratio_of(
    connection: &PeerConnectionSamples,
    sender: Option<usize>,
    stretch: &Stretch,
) -> Option<f64> {
    let (mut lost, mut expected) = (0.0, 0.0);
    for stream in connection.inbound.iter().filter(|stream| stream.sender == sender) {
        let values = connection.polls.iter().zip(stream.expected_packets.iter().zip(&stream.lost_packets));
        for (_, (e, l)) in values
            .filter(|(poll, (e, l))| stretch.overlaps(poll.from_ms, poll.to_ms) && !e.is_nan() && !l.is_nan())
        {
            expected += e;
            lost += l;
        }
    }
    (expected >= LEAST_PACKETS).then(|| lost / expected)
}
