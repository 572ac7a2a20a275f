//! The servers of the report: version, region, observed time, relays and load of bridges and the focus.

use simulator::{TrueBridge, TrueBridgePresence, TrueFocusPoll, TrueStress};

use super::{STORING_MS, SimulatedCase, cases, close, server};

/// The times of a bridge's polls in its dumps. The rows of all endpoints at one time are one poll.
fn poll_times(bridge: &TrueBridge) -> Vec<u64> {
    let polls = bridge.stays.iter().flat_map(|presence| &presence.polls).filter(|poll| poll.written);
    let mut times: Vec<u64> = polls.map(|poll| poll.at_ms).collect();
    times.sort_unstable();
    times.dedup();
    times
}

#[test]
fn bridges_match_the_truth() {
    for case in cases() {
        for (what, report) in case.reports() {
            for bridge in case.truth.bridges.iter().filter(|bridge| !bridge.server.dumps.is_empty()) {
                let what = format!("seed {}, {what}, {}", case.seed, bridge.server.name);
                let reported = server(report, &bridge.server.name, &what);
                let times = poll_times(bridge);
                assert_eq!((reported.kind.as_str(), reported.has_dump), ("jvb", true), "{what}");
                assert_eq!(reported.polls as usize, times.len(), "{what}");
                assert_eq!(reported.version.as_ref(), Some(&bridge.version), "{what}");
                assert_eq!(reported.region.as_ref(), Some(&bridge.region), "{what}");
                let ahead_ms = case.ahead_ms(&reported.file);
                let ends = [(reported.from_ms, times[0]), (reported.to_ms, times[times.len() - 1])];
                for (is, expected) in ends {
                    assert!(
                        close(is.unwrap() - ahead_ms, expected as f64, STORING_MS),
                        "{what}: {is:?} {expected}"
                    );
                }
                assert!(close(reported.poll_ms.unwrap(), 5_000.0, STORING_MS), "{what}");
                let at = |at_ms: u64| {
                    let on = |presence: &&TrueBridgePresence| {
                        presence.polls.iter().any(|poll| poll.written && poll.at_ms == at_ms)
                    };
                    bridge.stays.iter().filter(on).count() as u64
                };
                let peak = times.iter().map(|at_ms| at(*at_ms)).max();
                assert_eq!(reported.peak_endpoints, peak, "{what}");
                let mut relays: Vec<&String> =
                    bridge.relays.iter().filter(|relay| relay.written).map(|relay| &relay.to).collect();
                relays.sort_unstable();
                relays.dedup();
                assert_eq!(reported.relays.iter().collect::<Vec<_>>(), relays, "{what}");
            }
        }
    }
}

#[test]
fn the_focus_matches_the_truth() {
    for case in cases() {
        let focus = &case.truth.focus;
        for (what, report) in case.reports() {
            let what = format!("seed {}, {what}", case.seed);
            let reported = server(report, &focus.server.name, &what);
            let written: Vec<&TrueFocusPoll> = focus.polls.iter().filter(|poll| poll.written).collect();
            assert_eq!((reported.kind.as_str(), reported.has_dump), ("jicofo", true), "{what}");
            assert_eq!(reported.polls as usize, written.len(), "{what}");
            let ahead_ms = case.ahead_ms(&reported.file);
            assert!(
                close(reported.from_ms.unwrap() - ahead_ms, written[0].at_ms as f64, STORING_MS),
                "{what}"
            );
            let last_ms = written[written.len() - 1].at_ms as f64;
            assert!(close(reported.to_ms.unwrap() - ahead_ms, last_ms, STORING_MS), "{what}");
            let peak = written.iter().map(|poll| poll.participants).max().unwrap() as f64;
            assert_eq!(reported.peak_people, Some(peak), "{what}");
            let most =
                |of: fn(&TrueFocusPoll) -> usize| written.iter().map(|poll| of(poll)).max().map(|n| n as f64);
            assert_eq!(reported.peak_audio_senders, most(|poll| poll.audio_senders), "{what}");
            assert_eq!(reported.peak_video_senders, most(|poll| poll.video_senders), "{what}");
        }
    }
}

/// The rows of a bridge in the focus' polls that are in its dump, with their times.
fn stress<'a>(case: &'a SimulatedCase, name: &str) -> Vec<(f64, &'a TrueStress)> {
    let polls = case.truth.focus.polls.iter().filter(|poll| poll.written);
    let of_bridge = |poll: &'a TrueFocusPoll| {
        let mut rows = poll.bridges.iter();
        Some((poll.at_ms as f64, rows.find(|row| row.bridge == name)?))
    };
    polls.filter_map(of_bridge).collect()
}

#[test]
fn bridge_load_matches_the_polls_of_the_focus() {
    let (mut compared, mut overloaded) = (0, 0);
    for case in cases() {
        for (what, report) in case.reports() {
            for bridge in &case.truth.bridges {
                let name = &bridge.server.name;
                let what = format!("seed {}, {what}, {name}", case.seed);
                let rows = stress(case, name);
                if rows.is_empty() {
                    continue;
                }
                let reported = server(report, name, &what);
                let draining = rows[rows.len() - 1].1.draining;
                assert_eq!((reported.healthy, reported.draining), (Some(true), Some(draining)), "{what}");
                let busy_ms: f64 = rows
                    .windows(2)
                    .filter(|pair| pair[0].1.overloaded)
                    .map(|pair| pair[1].0 - pair[0].0)
                    .sum();
                let reported_ms = reported.overloaded_ms.unwrap();
                assert!(close(reported_ms, busy_ms, STORING_MS), "{what}: {reported_ms} {busy_ms}");
                overloaded += usize::from(busy_ms > 0.0);
                let distribution = reported.stress.unwrap();
                let values = || rows.iter().map(|(_, row)| row.stress);
                let mean = values().sum::<f64>() / rows.len() as f64;
                assert!(close(distribution.mean, mean, 1e-6), "{what}: {} {mean}", distribution.mean);
                assert!(close(distribution.max, values().fold(0.0, f64::max), 1e-6), "{what}");
                compared += 1;
            }
        }
    }
    assert!(compared > 30 && overloaded > 1, "{compared}, {overloaded} overloaded");
}
