//! Each rule on a dump written for it: findings, no findings for ordinary values, and no findings without data.

use analyzer_wasm::report::{Finding, FindingSeverity, Report};
use e2e::dump::{Dump, Reports, START};
use e2e::poll;
use serde_json::json;

use crate::support::report;

/// Polls of a connection to the bridge, one each second: received and sent streams, remote reports, candidate pairs.
struct Second {
    received: u64,
    lost: u64,
    sent: u64,
    reported_lost: u64,
    rtt_s: f64,
    frozen_s: f64,
    cpu_s: f64,
    bandwidth_s: f64,
}

impl Default for Second {
    fn default() -> Self {
        Self {
            received: 100,
            lost: 0,
            sent: 100,
            reported_lost: 0,
            rtt_s: 0.04,
            frozen_s: 0.0,
            cpu_s: 0.0,
            bandwidth_s: 0.0,
        }
    }
}

/// A dump of that many seconds; the amounts per second are summed to cumulative counters.
fn dump(seconds: u64, local: &Reports, of: impl Fn(u64) -> Second, more: impl Fn(&mut Dump, u64)) -> Report {
    let mut dump = Dump::new();
    dump.on_connection("create", "{}", 1).on_connection(
        "constraints",
        r#"{"optional":[{"rtcStatsSFUP2P":false}]}"#,
        2,
    );
    let mut sum = Second { received: 0, lost: 0, sent: 0, reported_lost: 0, ..Second::default() };
    for second in 0..seconds {
        let now = of(second);
        sum.received += now.received;
        sum.lost += now.lost;
        sum.sent += now.sent;
        sum.reported_lost += now.reported_lost;
        sum.frozen_s += now.frozen_s;
        sum.cpu_s += now.cpu_s;
        sum.bandwidth_s += now.bandwidth_s;
        let at = second * 1_000 + 1_000;
        dump.poll(
            &poll![
                "T01" => "transport" {selectedCandidatePairId: "CP"},
                "CP" => "candidate-pair" {
                    localCandidateId: "L", remoteCandidateId: "R", currentRoundTripTime: now.rtt_s,
                    responsesReceived: second,
                },
                "R" => "remote-candidate" {candidateType: "host", protocol: "udp"},
                "IT" => "inbound-rtp" {
                    kind: "video", ssrc: 1, packetsReceived: sum.received, packetsLost: sum.lost,
                    bytesReceived: sum.received * 1_000, totalFreezesDuration: sum.frozen_s, freezeCount: 0,
                },
                "OT" => "outbound-rtp" {
                    kind: "video", ssrc: 2, remoteId: "RI", packetsSent: sum.sent, bytesSent: sum.sent * 1_000,
                    qualityLimitationDurations: json!({
                "cpu": sum.cpu_s, "bandwidth": sum.bandwidth_s, "none": 0, "other": 0,
                }),
                },
                "RI" => "remote-inbound-rtp" {
                    timestamp: START + at, kind: "video", ssrc: 2, packetsLost: sum.reported_lost,
                },
            ].and(local),
            at,
        );
        more(&mut dump, at);
    }
    report(dump.bytes())
}

fn udp() -> Reports {
    poll!["L" => "local-candidate" {candidateType: "srflx", protocol: "udp"}]
}

fn findings(seconds: u64, of: impl Fn(u64) -> Second) -> Vec<Finding> {
    dump(seconds, &udp(), of, |_, _| {}).findings
}

/// Code, severity, and the seconds from and to.
fn summaries(findings: &[Finding]) -> Vec<(&str, FindingSeverity, i64, i64)> {
    let second = |at_ms: f64| ((at_ms - START as f64) / 1_000.0).round() as i64;
    findings.iter().map(|f| (f.code.as_str(), f.severity, second(f.from_ms), second(f.to_ms))).collect()
}

fn between(second: u64, range: std::ops::Range<u64>, there: Second) -> Second {
    if range.contains(&second) { there } else { Second::default() }
}

#[test]
fn a_good_call_has_no_finding() {
    assert_eq!(summaries(&findings(120, |_| Second::default())), []);
    let noise = |second: u64| Second {
        lost: u64::from(second.is_multiple_of(5)),
        rtt_s: 0.05 + 0.1 * f64::from(u8::from(second.is_multiple_of(9))),
        ..Second::default()
    };
    assert_eq!(summaries(&findings(120, noise)), []);
}

#[test]
fn loss_down_and_up() {
    let down = findings(120, |second| {
        between(second, 40..60, Second { received: 93, lost: 7, ..Second::default() })
    });
    assert_eq!(summaries(&down), [("downlink-loss", FindingSeverity::Warning, 40, 60)]);
    assert_eq!(down[0].value, Some(0.07));
    assert!(down[0].evidence.iter().all(|place| place.file == "dump" && place.line > 4));
    let up =
        findings(120, |second| between(second, 40..60, Second { reported_lost: 20, ..Second::default() }));
    assert_eq!(summaries(&up), [("uplink-loss", FindingSeverity::Critical, 40, 60)]);
    assert_eq!((up[0].attribution.side.as_str(), up[0].participant.as_deref()), ("uplink", Some("abcd1234")));
}

#[test]
fn a_moment_of_loss_is_no_stretch() {
    assert_eq!(
        summaries(&findings(120, |second| between(
            second,
            50..52,
            Second { received: 80, lost: 20, ..Second::default() }
        ))),
        []
    );
}

#[test]
fn delay_freezes_and_limits() {
    let slow = findings(120, |second| between(second, 40..70, Second { rtt_s: 0.7, ..Second::default() }));
    assert_eq!(summaries(&slow), [("high-rtt", FindingSeverity::Critical, 40, 70)]);
    let frozen =
        findings(120, |second| between(second, 40..60, Second { frozen_s: 0.3, ..Second::default() }));
    assert_eq!(summaries(&frozen), [("video-freeze", FindingSeverity::Critical, 40, 60)]);
    let once = findings(120, |second| between(second, 60..61, Second { frozen_s: 3.0, ..Second::default() }));
    assert_eq!(summaries(&once).first().map(|found| found.0), Some("video-freeze"));
    let cpu = findings(120, |second| between(second, 40..60, Second { cpu_s: 1.0, ..Second::default() }));
    assert_eq!(summaries(&cpu), [("cpu-limited", FindingSeverity::Warning, 40, 60)]);
    let narrow =
        findings(180, |second| between(second, 40..110, Second { bandwidth_s: 1.0, ..Second::default() }));
    assert_eq!(summaries(&narrow), [("bandwidth-limited", FindingSeverity::Critical, 40, 110)]);
    let ramp_up =
        findings(120, |second| between(second, 0..25, Second { bandwidth_s: 1.0, ..Second::default() }));
    assert_eq!(summaries(&ramp_up), []);
}

#[test]
fn loss_owns_the_freezes_of_its_time() {
    let both = |second| {
        between(second, 40..60, Second { received: 85, lost: 15, frozen_s: 0.3, ..Second::default() })
    };
    let found = findings(120, both);
    assert_eq!(summaries(&found), [("downlink-loss", FindingSeverity::Critical, 40, 60)]);
    assert_eq!(found[0].effects[0].code, "video-freeze");
}

#[test]
fn relays_and_tcp_are_findings_of_severity_info() {
    let relay =
        &poll!["L" => "local-candidate" {candidateType: "relay", relayProtocol: "tls", protocol: "udp"}];
    let report = dump(30, relay, |_| Second::default(), |_, _| {});
    let codes: Vec<_> = report.findings.iter().map(|found| (found.code.as_str(), found.severity)).collect();
    assert_eq!(codes, [("relay-transport", FindingSeverity::Info), ("tcp-transport", FindingSeverity::Info)]);
}

#[test]
fn an_outage_is_one_finding_with_what_was_booked_after_it() {
    let silent = |second: u64| match second {
        50..58 => Second { received: 0, sent: 0, ..Second::default() },
        58 => Second { lost: 800, ..Second::default() },
        _ => Second::default(),
    };
    let states = |dump: &mut Dump, at: u64| {
        if let Some(state) =
            [(54_000, "disconnected"), (58_000, "connected")].iter().find(|(when, _)| *when == at)
        {
            dump.on_connection("oniceconnectionstatechange", format!("\"{}\"", state.1), at + 10);
        }
    };
    let found = dump(120, &udp(), silent, states).findings;
    assert_eq!(summaries(&found), [("ice-disconnect", FindingSeverity::Warning, 50, 58)]);
    assert_eq!(found[0].effects[0].code, "downlink-loss");
    assert_eq!(found[0].evidence.len(), 2);
}

#[test]
fn a_connection_that_fails_and_one_that_ends() {
    let dead = |second: u64| {
        if second >= 50 { Second { received: 0, sent: 0, ..Second::default() } } else { Second::default() }
    };
    let fails = |dump: &mut Dump, at: u64| {
        if let Some(state) =
            [(54_000, "disconnected"), (60_000, "failed")].iter().find(|(when, _)| *when == at)
        {
            dump.on_connection("oniceconnectionstatechange", format!("\"{}\"", state.1), at + 10);
        }
    };
    let found = dump(120, &udp(), dead, fails).findings;
    assert_eq!(summaries(&found), [("ice-failure", FindingSeverity::Critical, 50, 120)]);
    let hangs_up = |dump: &mut Dump, at: u64| {
        if at == 119_000 {
            dump.on_connection("oniceconnectionstatechange", "\"disconnected\"", at + 10).on_connection(
                "close",
                "{}",
                at + 20,
            );
        }
    };
    assert_eq!(summaries(&dump(120, &udp(), |_| Second::default(), hangs_up).findings), []);
}

#[test]
fn an_ice_restart_is_a_finding_of_severity_info() {
    let restarts = |dump: &mut Dump, at: u64| {
        if at == 60_000 {
            dump.entry("iceRestartRequested", r#"{"reason":"network-change"}"#, at + 10).entry(
                "iceRestartApplied",
                r#"{"generation":2}"#,
                at + 500,
            );
        }
    };
    let found = dump(120, &udp(), |_| Second::default(), restarts).findings;
    assert_eq!(summaries(&found), [("ice-restart", FindingSeverity::Info, 60, 61)]);
}

#[test]
fn without_data_there_are_no_findings() {
    let mut dump = Dump::new();
    dump.on_connection("create", "{}", 1).poll(&poll![], 1_000).poll(&poll![], 60_000);
    let report = report(dump.bytes());
    assert_eq!(report.findings, []);
    assert!(report.rules.contains(&"uplink-loss".to_owned()), "it was looked for");
}
