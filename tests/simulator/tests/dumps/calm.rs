//! The values in dumps of calls without faults are below all warning thresholds. In calls with faults the same holds
//! for the unaffected streams and times.

use std::collections::BTreeMap;

use simulator::{Call, Direction, Fault, FaultKind, Form, Scenario, TimeRange, simulate};

use crate::series::{AllSeries, read};

/// The start of a connection, in which the encoder ramps up.
const SETTLING_MS: f64 = 30_000.0;
/// Time after a fault in which it may still have an effect, in addition to four polls.
const AFTER_MS: u64 = 25_000;

/// One person's dump, and the senders of its streams.
struct Checked<'a> {
    scenario: &'a Scenario,
    person: usize,
    senders: &'a BTreeMap<u32, usize>,
    series: AllSeries,
    name: &'a str,
}

type Report = (String, String);

impl Checked<'_> {
    /// Whether a fault of the person or of the stream's sender explains a high value in a time interval.
    fn is_excused(&self, report: &Report, from_ms: f64, to_ms: f64) -> bool {
        let person = &self.scenario.people[self.person];
        let zero_ms = self.scenario.start_ms as f64 + person.clock_ahead_ms as f64;
        let [from_ms, to_ms] = [from_ms, to_ms].map(|at_ms| (at_ms - zero_ms).max(0.0) as u64);
        let ssrc = report.1.trim_start_matches(|char: char| !char.is_ascii_digit()).trim_start_matches("01");
        let ssrc = ssrc.trim_start_matches(|char: char| !char.is_ascii_digit()).parse().ok();
        let sender = ssrc.and_then(|ssrc: u32| self.senders.get(&ssrc)).copied();
        let explains = |fault: &&Fault| {
            let time = TimeRange {
                from_ms: fault.time.from_ms.saturating_sub(1_000),
                to_ms: fault.time.to_ms + AFTER_MS + 4 * person.poll_ms,
            };
            // Relays and TCP have no effect on the quality here.
            let has_effect = !matches!(fault.kind, FaultKind::Relay { .. } | FaultKind::Tcp);
            let of_both = self.scenario.people.len() == 2;
            let concerned = fault.person == self.person || Some(fault.person) == sender || of_both;
            has_effect && concerned && time.overlaps(TimeRange { from_ms, to_ms: to_ms + 1 })
        };
        self.scenario.faults.iter().any(|fault| explains(&fault))
    }

    fn check(&self, report: &Report, what: &str, (from_ms, to_ms): (f64, f64), value: f64, below: f64) {
        assert!(
            value < below || self.is_excused(report, from_ms, to_ms),
            "{} of person {}: {report:?} {what} {value} at {from_ms}",
            self.name,
            self.person
        );
    }

    fn check_received(&self) {
        for report in self.series.reports("IT01") {
            let points = |field| self.series.points(&report, field);
            let lost = points("packetsLost");
            for (first, last, time, received) in windows(points("packetsReceived")) {
                let lost = lost[last].1 - lost[first].1;
                let judged = received + lost >= 50.0;
                self.check(&report, "loss", time, if judged { lost / (received + lost) } else { 0.0 }, 0.04);
            }
            for (at, jitter_s) in points("jitter") {
                self.check(&report, "jitter", (*at, *at), *jitter_s, 0.02);
            }
            for (_, _, time, frozen_s) in windows(points("totalFreezesDuration")) {
                self.check(&report, "freezes", time, frozen_s * 1_000.0 / (time.1 - time.0), 0.03);
            }
            let (concealed, silent) = (points("concealedSamples"), points("silentConcealedSamples"));
            for (first, last, time, samples) in windows(points("totalSamplesReceived")) {
                let heard = concealed[last].1 - concealed[first].1 - (silent[last].1 - silent[first].1);
                self.check(&report, "concealment", time, heard / samples, 0.04);
            }
        }
    }

    fn check_sent(&self) {
        for pair in self.series.reports("CP") {
            for (at, rtt_s) in self.series.points(&pair, "currentRoundTripTime") {
                self.check(&pair, "round trip", (*at - 3_000.0, *at), *rtt_s, 0.25);
            }
        }
        for report in self.series.reports("OT01V") {
            for field in ["qualityLimitationDurations.cpu", "qualityLimitationDurations.bandwidth"] {
                let points = self.series.points(&report, field);
                for (_, _, time, limited_s) in
                    windows(points).filter(|(_, _, time, _)| time.0 - points[0].0 > SETTLING_MS)
                {
                    self.check(&report, field, time, limited_s, 3.0);
                }
            }
        }
        for report in self.series.reports("RI") {
            let lost = self.series.points(&report, "packetsLost");
            let sent = (report.0.clone(), report.1.replacen("RI", "OT01", 1));
            let sent: BTreeMap<u64, f64> = self
                .series
                .points(&sent, "packetsSent")
                .iter()
                .map(|(at, sent)| (*at as u64, *sent))
                .collect();
            // Remote reports are up to five seconds late.
            for (first, last, time, lost) in windows(lost) {
                let sent = sent[&(lost_at(self.series.points(&report, "packetsLost"), last))]
                    - sent[&(lost_at(self.series.points(&report, "packetsLost"), first))];
                let before = (time.0 - 6_000.0, time.1);
                self.check(
                    &report,
                    "reported loss",
                    before,
                    if sent < 300.0 { 0.0 } else { lost / sent },
                    0.04,
                );
            }
        }
    }
}

fn lost_at(points: &[(f64, f64)], place: usize) -> u64 {
    points[place].0 as u64
}

/// The growth of a counter over sliding windows of at least ten seconds and two polls: first and last point, their
/// times, and the growth.
fn windows(points: &[(f64, f64)]) -> impl Iterator<Item = (usize, usize, (f64, f64), f64)> + '_ {
    (0..points.len()).filter_map(|first| {
        let from_ms = points[first].0;
        let last = (first + 2..points.len()).find(|last| points[*last].0 - from_ms >= 9_900.0)?;
        Some((first, last, (from_ms, points[last].0), points[last].1 - points[first].1))
    })
}

fn check(scenario: &Scenario, call: &Call) {
    let sent = call.dumps.iter().flat_map(|dump| {
        let sent = dump.counted.iter().filter(|row| row.direction == Direction::Outbound);
        sent.map(|row| (row.ssrc, dump.person))
    });
    let senders: BTreeMap<u32, usize> = sent.collect();
    for dump in &call.dumps {
        let checked = Checked {
            scenario,
            person: dump.person,
            senders: &senders,
            series: read(&dump.bytes),
            name: &format!("seed {}, {}", scenario.seed, dump.name),
        };
        checked.check_received();
        checked.check_sent();
    }
}

#[test]
fn calls_without_faults_are_below_all_thresholds() {
    for (seed, people) in [(1, 2), (2, 3), (3, 4), (4, 6), (5, 10)] {
        let scenario = Scenario::random(seed, people, false);
        check(&scenario, &simulate(&scenario, Form::Plain));
    }
}

#[test]
fn people_without_faults_are_below_all_thresholds() {
    for (seed, people) in [(1, 2), (2, 3), (3, 4), (4, 6), (5, 10)] {
        let scenario = Scenario::random(seed, people, true);
        check(&scenario, &simulate(&scenario, Form::Plain));
    }
}
