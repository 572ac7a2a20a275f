//! What both limitation rules share: time in which one cause limited sent video.

use super::super::context::RuleContext;
use super::super::finding_builder::FindingBuilder;
use super::super::samples::{PeerConnectionSamples, RtpStreamSamples};
use super::super::window::{DegradedSpan, Limit, Sample, degraded_spans};
use crate::catalog::{FindingInfo, Thresholds, Unit};
use crate::report::MediaKind;

/// Encoders start at a low bitrate on every connection.
const RAMP_UP_MS: f64 = 30_000.0;
/// Video is limited for at least this share of a span.
const LEAST_SHARE: f64 = 0.5;
const WARNING_MS: f64 = 10_000.0;
/// Limited time.
pub(super) const THRESHOLDS: Thresholds =
    Thresholds { warning: WARNING_MS / 1_000.0, critical: 60.0, unit: Unit::Seconds };

/// A finding for each long span; `column` is the limited time of a stream.
pub(super) fn judge(
    context: &RuleContext<'_>,
    info: &'static FindingInfo,
    column: impl Fn(&RtpStreamSamples) -> &Vec<f64>,
) -> Vec<FindingBuilder> {
    let mut findings = Vec::new();
    for (participant, connection, outages) in context.connections() {
        let is_long = |found: &DegradedSpan| found.span.duration_ms() >= WARNING_MS;
        let samples: Vec<Sample> = samples(connection, &column)
            .into_iter()
            .filter(|sample| !outages.iter().any(|outage| outage.covers(&sample.poll)))
            .collect();
        let limit = Limit { warning: LEAST_SHARE, least_total: 0.0, poll_ms: connection.poll_ms };
        for degraded in degraded_spans(&samples, limit).into_iter().filter(is_long) {
            let mut finding = FindingBuilder::of_degraded_span(info, participant, connection, &degraded);
            finding.set_value(degraded.span.duration_ms() * degraded.ratio.min(1.0) / 1_000.0);
            findings.push(finding);
        }
    }
    findings
}

/// The most limited layer of each poll: simulcast layers are limited together.
fn samples(
    connection: &PeerConnectionSamples,
    column: impl Fn(&RtpStreamSamples) -> &Vec<f64>,
) -> Vec<Sample> {
    let Some(whole) = connection.span() else { return Vec::new() };
    let video: Vec<&RtpStreamSamples> =
        connection.outbound.iter().filter(|stream| stream.kind != Some(MediaKind::Audio)).collect();
    let most = |at: usize| {
        let values = video.iter().filter_map(|stream| column(stream).get(at)).filter(|ms| !ms.is_nan());
        values.copied().reduce(f64::max)
    };
    connection
        .polls
        .iter()
        .enumerate()
        .filter(|(_, poll)| poll.span.from_ms >= whole.from_ms + RAMP_UP_MS)
        .filter_map(|(at, poll)| {
            let total = poll.span.duration_ms().max(1.0);
            Some(Sample { poll: *poll, amount: most(at)?.min(total), total })
        })
        .collect()
}
