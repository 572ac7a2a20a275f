//! The expected findings of random calls with faults are visible in the dumps, at the right person and time.

use simulator::{Call, Form, Scenario, TrueFinding, Truth, simulate};

use crate::series::{AllSeries, growth, read};

/// A dump with the time of a finding on its clock.
struct Evidence {
    series: AllSeries,
    text: String,
    from_ms: f64,
    to_ms: f64,
}

impl Evidence {
    /// The growth of a counter in each report whose id has a prefix.
    fn grown(&self, prefix: &str, field: &str) -> Vec<f64> {
        let reports = self.series.reports(prefix).into_iter();
        reports.map(|report| growth(self.series.points(&report, field), self.from_ms, self.to_ms)).collect()
    }

    fn sum(&self, prefix: &str, field: &str) -> f64 {
        self.grown(prefix, field).iter().sum()
    }

    fn most(&self, prefix: &str, field: &str) -> f64 {
        self.grown(prefix, field).into_iter().fold(0.0, f64::max)
    }

    fn round_trip_s(&self) -> f64 {
        let mean = |pair: &(String, String)| {
            let points = self.series.points(pair, "currentRoundTripTime").iter();
            let within: Vec<f64> = points
                .filter(|(at, _)| (self.from_ms..self.to_ms).contains(at))
                .map(|(_, rtt)| *rtt)
                .collect();
            within.iter().sum::<f64>() / within.len().max(1) as f64
        };
        self.series.reports("CP").iter().map(mean).fold(0.0, f64::max)
    }

    /// Whether an entry with a text is within the time, with half a second of tolerance.
    fn has_entry(&self, words: &str) -> bool {
        let time = (self.from_ms - 500.0) as u64..(self.to_ms + 500.0) as u64;
        let at_ms = |line: &str| line.rsplit(',').nth(1).and_then(|at_ms| at_ms.parse::<u64>().ok());
        self.text
            .lines()
            .any(|line| line.contains(words) && at_ms(line).is_some_and(|at_ms| time.contains(&at_ms)))
    }

    fn shows(&self, code: &str) -> bool {
        let length_s = (self.to_ms - self.from_ms) / 1_000.0;
        match code {
            "downlink-loss" => {
                let lost = self.sum("IT01", "packetsLost");
                lost / (lost + self.sum("IT01", "packetsReceived")) > 0.06
            }
            "uplink-loss" => self.sum("RI", "packetsLost") / self.sum("OT01", "packetsSent") > 0.06,
            "high-rtt" => self.round_trip_s() > 0.33,
            "video-freeze" => self.most("IT01V", "totalFreezesDuration") / length_s > 0.07,
            "cpu-limited" => self.most("OT01V", "qualityLimitationDurations.cpu") / length_s > 0.7,
            "bandwidth-limited" => {
                self.most("OT01V", "qualityLimitationDurations.bandwidth") / length_s > 0.7
            }
            "ice-disconnect" => {
                self.has_entry("oniceconnectionstatechange\",\"PC_0\",\"disconnected")
                    || self.has_entry("oniceconnectionstatechange\",\"PC_1\",\"disconnected")
            }
            "ice-failure" => self.has_entry("oniceconnectionstatechange\",\"PC_0\",\"failed"),
            "ice-restart" => self.has_entry("iceRestartRequested"),
            "relay-transport" => self.has_entry("\"candidateType\":\"relay\""),
            "tcp-transport" => self.has_entry("\"protocol\":\"tcp\""),
            other => panic!("no evidence is defined for {other}"),
        }
    }
}

/// The dump that should contain the evidence of a finding.
fn evidence(call: &Call, finding: &TrueFinding) -> Evidence {
    let person = &call.truth.people[finding.person];
    let is_there = |from_ms: u64, to_ms: u64| from_ms <= finding.from_ms && finding.to_ms <= to_ms;
    let presence =
        person.presences.iter().find(|presence| is_there(presence.from_ms, presence.to_ms)).unwrap();
    let dump = call.dumps.iter().find(|dump| dump.name == presence.file).unwrap();
    let [from_ms, to_ms] =
        [finding.from_ms, finding.to_ms].map(|at_ms| at_ms as f64 - person.clock_offset_ms as f64);
    let text = String::from_utf8(dump.bytes.clone()).unwrap();
    Evidence { series: read(&dump.bytes), text, from_ms, to_ms }
}

#[test]
fn every_expected_finding_is_visible_in_the_dumps() {
    for seed in 100..112 {
        let scenario = Scenario::random(seed, 2 + seed as usize % 9, true);
        let call = simulate(&scenario, Form::Plain);
        assert_eq!(call.truth, Truth::of(&scenario));
        for finding in &call.truth.findings {
            let evidence = evidence(&call, finding);
            assert!(evidence.shows(&finding.code), "seed {seed}: {finding:?} of {:?}", scenario.faults);
        }
    }
}

#[test]
fn the_sample_covers_six_kinds_of_fault() {
    let scenario = Scenario::sample();
    let packed: usize = simulate(&scenario, Form::Gzip).dumps.iter().map(|dump| dump.bytes.len()).sum();
    assert!(packed < 400_000, "{packed} bytes");
    let call = simulate(&scenario, Form::Plain);
    for finding in &call.truth.findings {
        assert!(evidence(&call, finding).shows(&finding.code), "{finding:?}");
    }
    let mut codes: Vec<&str> = call.truth.findings.iter().map(|finding| finding.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(
        codes,
        ["cpu-limited", "downlink-loss", "high-rtt", "ice-disconnect", "relay-transport", "uplink-loss"]
    );
    assert_eq!(call.dumps.len(), 7);
}
