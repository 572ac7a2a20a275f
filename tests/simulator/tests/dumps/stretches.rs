//! The dumps show each fault in its time interval and with its magnitude.

use simulator::{Call, Fault, FaultKind, Form, Scenario, TimeRange, simulate};

use crate::series::{AllSeries, growth, read};
use crate::short;

const FAULT_TIME: TimeRange = TimeRange { from_ms: 100_000, to_ms: 180_000 };
/// The person with the fault.
const AFFECTED: usize = 1;

/// A call with a single fault, and its scenario.
fn call_with(people: usize, kind: FaultKind, time: TimeRange) -> (Scenario, Call) {
    let mut scenario = short(5, people, false, Some(1_000));
    scenario.people[AFFECTED].spotlight = true;
    scenario.faults.push(Fault { person: AFFECTED, time, kind });
    let call = simulate(&scenario, Form::Plain);
    (scenario, call)
}

fn dump_of(call: &Call, person: usize) -> AllSeries {
    read(&call.dumps.iter().find(|dump| dump.person == person).unwrap().bytes)
}

/// A time interval on a person's clock, without its first and last two seconds.
fn on_clock(scenario: &Scenario, person: usize, time: TimeRange) -> (f64, f64) {
    let zero_ms = scenario.start_ms as f64 + scenario.people[person].clock_ahead_ms as f64;
    (zero_ms + time.from_ms as f64 + 2_000.0, zero_ms + time.to_ms as f64 - 2_000.0)
}

/// The loss ratio of each received stream with packets in the interval.
fn losses(series: &AllSeries, (from_ms, to_ms): (f64, f64)) -> Vec<f64> {
    let ratio = |report: &(String, String)| {
        let received = growth(series.points(report, "packetsReceived"), from_ms, to_ms);
        let lost = growth(series.points(report, "packetsLost"), from_ms, to_ms);
        (received > 1_000.0).then(|| lost / (received + lost))
    };
    series.reports("IT01").iter().filter_map(ratio).collect()
}

#[test]
fn downlink_loss_is_on_all_streams_of_one_person() {
    let (scenario, call) = call_with(5, FaultKind::DownlinkLoss { ratio: 0.15 }, FAULT_TIME);
    for person in 0..5 {
        let losses = losses(&dump_of(&call, person), on_clock(&scenario, person, FAULT_TIME));
        assert!(losses.len() > 3, "{losses:?}");
        let expect = if person == AFFECTED { 0.13..0.17 } else { 0.0..0.01 };
        assert!(losses.iter().all(|loss| expect.contains(loss)), "{person}: {losses:?}");
    }
}

#[test]
fn uplink_loss_is_in_the_receiver_reports_and_at_every_receiver() {
    let (scenario, call) = call_with(5, FaultKind::UplinkLoss { ratio: 0.15 }, FAULT_TIME);
    let own = dump_of(&call, AFFECTED);
    let (from_ms, to_ms) = on_clock(&scenario, AFFECTED, FAULT_TIME);
    let sum = |prefix: &str, field: &str| -> f64 {
        own.reports(prefix).iter().map(|report| growth(own.points(report, field), from_ms, to_ms)).sum()
    };
    let ratio = sum("RI", "packetsLost") / sum("OT01", "packetsSent");
    assert!((0.13..0.17).contains(&ratio), "{ratio}");
    for person in [0, 2, 3] {
        let losses = losses(&dump_of(&call, person), on_clock(&scenario, person, FAULT_TIME));
        let bad = losses.iter().filter(|loss| (0.12..0.18).contains(*loss)).count();
        let good = losses.iter().filter(|loss| **loss < 0.01).count();
        assert!(bad > 0 && good > 0 && bad + good == losses.len(), "{person}: {losses:?}");
    }
}

#[test]
fn a_delay_is_in_the_round_trip_time() {
    for people in [2, 4] {
        let (scenario, call) = call_with(people, FaultKind::Delay { rtt_ms: 400.0 }, FAULT_TIME);
        let (from_ms, to_ms) = on_clock(&scenario, AFFECTED, FAULT_TIME);
        let series = dump_of(&call, AFFECTED);
        let pairs = series.reports("CP");
        let means = pairs.iter().map(|pair| {
            let within = series.points(pair, "currentRoundTripTime").iter();
            let rtts: Vec<f64> = within
                .filter(|(at, _)| (from_ms + 2_000.0..to_ms).contains(at))
                .map(|(_, rtt)| *rtt)
                .collect();
            rtts.iter().sum::<f64>() / rtts.len() as f64
        });
        let mean = means.fold(0.0, f64::max);
        assert!((0.4..0.6).contains(&mean), "{people} people: {mean}");
    }
}

#[test]
fn limits_and_freezes_have_the_right_durations() {
    let total = |kind, prefix: &str, field: &str| {
        let (scenario, call) = call_with(5, kind, FAULT_TIME);
        let series = dump_of(&call, AFFECTED);
        let (from_ms, to_ms) = on_clock(&scenario, AFFECTED, FAULT_TIME);
        let grown = |report| growth(series.points(&report, field), from_ms, to_ms);
        series.reports(prefix).into_iter().map(grown).fold(0.0, f64::max)
    };
    let cpu = total(FaultKind::CpuLimited, "OT01V", "qualityLimitationDurations.cpu");
    assert!((70.0..=80.0).contains(&cpu), "{cpu}");
    let narrow = FaultKind::BandwidthLimited { bps: 450_000.0 };
    let bandwidth = total(narrow, "OT01V", "qualityLimitationDurations.bandwidth");
    assert!((70.0..=80.0).contains(&bandwidth), "{bandwidth}");
    let frozen = total(FaultKind::VideoFreeze { share: 0.3 }, "IT01V", "totalFreezesDuration");
    assert!((15.0..32.0).contains(&frozen), "{frozen}");
}

#[test]
fn losses_of_an_outage_are_counted_after_its_end() {
    let time = TimeRange { from_ms: 100_000, to_ms: 112_000 };
    for people in [2, 4] {
        let (scenario, call) = call_with(people, FaultKind::Blackout, time);
        let zero_ms = scenario.start_ms as f64 + scenario.people[AFFECTED].clock_ahead_ms as f64;
        let series = dump_of(&call, AFFECTED);
        let mut lost_packets = 0.0;
        for report in series.reports("IT01V") {
            let (received, lost) =
                (series.points(&report, "packetsReceived"), series.points(&report, "packetsLost"));
            let during = (zero_ms + 101_100.0, zero_ms + 111_900.0);
            assert!(growth(received, during.0, during.1) == 0.0 && growth(lost, during.0, during.1) == 0.0);
            lost_packets += growth(lost, zero_ms + 99_000.0, zero_ms + 116_000.0);
        }
        assert!(lost_packets > 300.0, "{lost_packets}");
        let text =
            String::from_utf8(call.dumps.iter().find(|dump| dump.person == AFFECTED).unwrap().bytes.clone());
        let text = text.unwrap();
        let states: Vec<&str> =
            text.lines().filter(|line| line.starts_with("[\"oniceconnectionstate")).collect();
        assert!(states.iter().any(|line| line.contains("\"disconnected\"")), "{states:?}");
        assert!(states.last().unwrap().contains("\"connected\""), "{states:?}");
    }
}
