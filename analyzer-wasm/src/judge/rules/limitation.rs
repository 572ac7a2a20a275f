//! What both limitation rules share: time in which sent video was held back by one cause.

use super::super::RuleContext;
use super::super::finding_builder::FindingBuilder;
use super::super::samples::{PeerConnectionSamples, RtpStreamSamples};
use super::super::window::{Limit, Sample, Stretch, stretches};
use crate::report::{FindingSeverity, MediaKind};

/// Encoders ramp up at the start of every connection.
const RAMP_UP_MS: f64 = 30_000.0;
/// A stretch is one in which it held for at least half of the time.
const HALF: f64 = 0.5;
pub(super) const WARNING_MS: f64 = 10_000.0;
pub(super) const CRITICAL_MS: f64 = 60_000.0;

/// A finding for each long stretch; `column` is the limited time of a flow.
pub(super) fn judge(
    context: &RuleContext<'_>,
    code: &'static str,
    series: &str,
    column: impl Fn(&RtpStreamSamples) -> &Vec<f64>,
) -> Vec<FindingBuilder> {
    let mut findings = Vec::new();
    for (participant, connection, outages) in context.connections() {
        let long = |stretch: &Stretch| stretch.to_ms - stretch.from_ms >= WARNING_MS;
        let samples: Vec<Sample> = samples(connection, &column)
            .into_iter()
            .filter(|sample| !outages.iter().any(|outage| outage.covers(&sample.poll)))
            .collect();
        let limit = Limit { warning: HALF, least: 0.0, poll_ms: connection.poll_ms };
        for stretch in stretches(&samples, limit).into_iter().filter(long) {
            let mut finding = FindingBuilder::on(code, participant, connection, &stretch, series);
            let limited_ms = (stretch.to_ms - stretch.from_ms) * stretch.ratio.min(1.0);
            finding.severity =
                if limited_ms >= CRITICAL_MS { FindingSeverity::Critical } else { FindingSeverity::Warning };
            finding.value = Some(limited_ms / 1_000.0);
            finding.unit = "s";
            finding.threshold = Some(WARNING_MS / 1_000.0);
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
    let Some((start_ms, _)) = connection.span() else { return Vec::new() };
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
        .filter(|(_, poll)| poll.from_ms >= start_ms + RAMP_UP_MS)
        .filter_map(|(at, poll)| {
            let of = (poll.to_ms - poll.from_ms).max(1.0);
            Some(Sample { poll: *poll, amount: most(at)?.min(of), of })
        })
        .collect()
}
