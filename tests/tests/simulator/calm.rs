//! A calm call stays below every warning threshold, in the numbers of its dumps.

use e2e::simulator::{Form, Scenario, simulate};

use crate::series::{AllSeries, read};

/// A connection's first seconds, in which its encoder grows.
const SETTLING_MS: f64 = 30_000.0;

/// The counters' growth over sliding windows of at least ten seconds and two polls.
fn windows<'a>(points: &'a [(f64, f64)]) -> impl Iterator<Item = (usize, usize, f64, f64)> + 'a {
    (0..points.len()).filter_map(|first| {
        let from_ms = points[first].0;
        let last = (first + 2..points.len()).find(|last| points[*last].0 - from_ms >= 9_900.0)?;
        Some((first, last, points[last].0 - from_ms, points[last].1 - points[first].1))
    })
}

fn check(series: &AllSeries, name: &str) {
    for report in series.reports("IT01") {
        let received = series.points(&report, "packetsReceived");
        let lost = series.points(&report, "packetsLost");
        for (first, last, _, received) in windows(received) {
            let lost = lost[last].1 - lost[first].1;
            assert!(received + lost < 50.0 || lost / (received + lost) < 0.04, "{name} {report:?}: {lost}/{received}");
        }
        for (_, jitter_s) in series.points(&report, "jitter") {
            assert!(*jitter_s < 0.02, "{name} {report:?}: {jitter_s}");
        }
        for (_, _, ms, frozen_s) in windows(series.points(&report, "totalFreezesDuration")) {
            assert!(frozen_s * 1_000.0 / ms < 0.03, "{name} {report:?}: {frozen_s}");
        }
        let (concealed, silent) =
            (series.points(&report, "concealedSamples"), series.points(&report, "silentConcealedSamples"));
        for (first, last, _, samples) in windows(series.points(&report, "totalSamplesReceived")) {
            let heard = concealed[last].1 - concealed[first].1 - (silent[last].1 - silent[first].1);
            assert!(heard / samples < 0.04, "{name} {report:?}: {heard}/{samples}");
        }
    }
    for pair in series.reports("CP") {
        let late = series.points(&pair, "currentRoundTripTime").iter().find(|(_, rtt_s)| *rtt_s > 0.25);
        assert_eq!(late, None, "{name}");
    }
    for report in series.reports("OT01V") {
        for field in ["qualityLimitationDurations.cpu", "qualityLimitationDurations.bandwidth"] {
            let points = series.points(&report, field);
            let settled = points.iter().find(|(at, _)| at - points[0].0 > SETTLING_MS);
            let limited_s = settled.zip(points.last()).map_or(0.0, |(settled, last)| last.1 - settled.1);
            assert!(limited_s < 3.0, "{name} {report:?} {field}: {limited_s}");
        }
    }
    for report in series.reports("RI") {
        let (lost, sent) = (series.points(&report, "packetsLost"), report.1.replacen("RI", "OT01", 1));
        let sent = series.points(&(report.0.clone(), sent), "packetsSent");
        let (Some(lost), Some(sent)) = (lost.last(), sent.last()) else { continue };
        assert!(lost.1 / sent.1.max(1.0) < 0.01, "{name} {report:?}");
    }
}

#[test]
fn calm_calls_are_calm() {
    for (seed, people) in [(1, 2), (2, 3), (3, 4), (4, 6), (5, 10)] {
        let call = simulate(&Scenario::random(seed, people, false), Form::Plain);
        for dump in &call.dumps {
            check(&read(&dump.bytes), &format!("seed {seed}, {}", dump.name));
        }
    }
}
