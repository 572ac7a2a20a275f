//! Speaking intervals and dominant speaker events from bridges' dumps.

use analyzer_wasm::report::{Interval, IntervalKind, Source};
use simulator::TrueTime;

use super::focus_side::members;
use super::{BRIDGE_POLL_MS, FOCUS_POLL_MS, Mismatches, STORING_MS, cases, events, intervals};

#[test]
fn speaking_intervals_are_right_within_a_poll() {
    let (mut compared, mut wrong) = (0, Mismatches::default());
    for case in cases() {
        let cut = case.truth.bridges.iter().any(|bridge| case.is_cut(&bridge.server));
        // Observations of several bridges are as exact as their clocks.
        let slack_ms = STORING_MS + case.skew_ms();
        let late_ms = BRIDGE_POLL_MS + slack_ms;
        let restarts = case.scenario.servers.as_ref().unwrap().restarts().count();
        if cut || restarts > 0 {
            // Without polls of a bridge there is no source for the dominant speaker.
            continue;
        }
        for place in case.were_there() {
            // A bridge does not report speech without audio packets: outages and mutes split the intervals.
            let cut_off = case.scenario.faults.iter().any(|fault| fault.person == place && fault.cuts());
            if cut_off || !case.scenario.people[place].audio_muted.is_empty() {
                continue;
            }
            let person = case.participant(&case.servers_only, place);
            let reported_intervals = intervals(person, IntervalKind::Speaking);
            let ids: Vec<&String> = members(case, place).iter().map(|member| &member.endpoint_id).collect();
            let expected: Vec<TrueTime> = case
                .truth
                .speakers
                .iter()
                .filter(|speaker| ids.contains(&&speaker.endpoint_id))
                .map(|speaker| speaker.time)
                .collect();
            let start_ms = case.scenario.start_ms as f64;
            let what = || {
                let reported: Vec<_> = reported_intervals
                    .iter()
                    .map(|i| ((i.from_ms - start_ms).round(), (i.to_ms - start_ms).round()))
                    .collect();
                let expected: Vec<_> = expected
                    .iter()
                    .map(|t| (t.from_ms - case.scenario.start_ms, t.to_ms - case.scenario.start_ms))
                    .collect();
                format!("seed {}, {}: {reported:?}, expected {expected:?}", case.seed, person.key)
            };
            let same = |reported: &Interval, expected: &TrueTime| {
                let (begins, ends) =
                    (reported.from_ms - expected.from_ms as f64, reported.to_ms - expected.to_ms as f64);
                // The end of a presence comes from the focus, whose last poll is one period before the call's end.
                let early_ms = FOCUS_POLL_MS + slack_ms;
                (-slack_ms..=late_ms).contains(&begins) && (-early_ms..=late_ms).contains(&ends)
            };
            for reported in &reported_intervals {
                wrong.unless(expected.iter().any(|expected| same(reported, expected)), || {
                    format!("invented: {}", what())
                });
                wrong.unless(reported.source == Source::Jvb, || format!("{:?}: {}", reported.source, what()));
                let bridge = case.server_of(&reported.file).name != case.truth.focus.server.name;
                wrong.unless(bridge, || format!("{}: {}", reported.file, what()));
                compared += 1;
            }
            for expected in expected.iter().filter(|time| (time.to_ms - time.from_ms) as f64 > late_ms) {
                wrong.unless(reported_intervals.iter().any(|reported| same(reported, expected)), || {
                    format!("missed: {}", what())
                });
            }
        }
    }
    wrong.conclude();
    assert!(compared > 30, "{compared}");
}

#[test]
fn dominant_speaker_events_are_right_within_a_poll() {
    let (mut wrong, mut compared) = (Mismatches::default(), 0);
    for case in cases() {
        let late_ms = BRIDGE_POLL_MS + STORING_MS + case.skew_ms();
        let reported: Vec<(f64, &str)> = events(&case.servers_only, "dominant_speaker_start")
            .into_iter()
            .map(|event| (event.at_ms, event.participant.as_deref().unwrap()))
            .collect();
        let ids = |key: &str| {
            &case.servers_only.participants.iter().find(|person| person.key == key).unwrap().endpoint_ids
        };
        let start_ms = case.scenario.start_ms as f64;
        for (at_ms, key) in &reported {
            let is = case.truth.speakers.iter().any(|speaker| {
                let begins = at_ms - speaker.time.from_ms as f64;
                ids(key).contains(&speaker.endpoint_id)
                    && (-STORING_MS - case.skew_ms()..=late_ms).contains(&begins)
            });
            // A turn that began before a later part, or before another bridge's dump, is reported at its first poll.
            let mut begins = case.servers().flat_map(|server| &server.dumps).flat_map(|dump| &dump.parts);
            let anew =
                begins.any(|part| (at_ms - part.from_ms as f64).abs() <= BRIDGE_POLL_MS + case.skew_ms());
            // After an interruption the dominant speaker is reported again.
            let servers = case.scenario.servers.as_ref().unwrap();
            let outages =
                case.scenario.faults.iter().filter(|fault| fault.cuts()).map(|fault| fault.time.to_ms);
            let mutes =
                case.scenario.people.iter().flat_map(|person| &person.audio_muted).map(|time| time.to_ms);
            let bridge_restarts = servers.restarts().map(|(fault, _)| fault.time.to_ms);
            let heard = outages
                .chain(mutes)
                .chain(bridge_restarts)
                .any(|to_ms| (-STORING_MS..=late_ms).contains(&(at_ms - start_ms - to_ms as f64)));
            wrong.unless(is || anew || heard, || {
                format!("seed {}: invented {key} at {}", case.seed, at_ms - start_ms)
            });
            compared += 1;
        }
        let cut = case.truth.bridges.iter().any(|bridge| case.is_cut(&bridge.server));
        let restarts = case.scenario.servers.as_ref().unwrap().restarts().count() > 0;
        for speaker in case.truth.speakers.iter().filter(|s| (s.time.to_ms - s.time.from_ms) as f64 > late_ms)
        {
            let is = reported.iter().any(|(at_ms, key)| {
                let begins = at_ms - speaker.time.from_ms as f64;
                ids(key).contains(&speaker.endpoint_id)
                    && (-STORING_MS - case.skew_ms()..=late_ms).contains(&begins)
            });
            let from_ms = speaker.time.from_ms - case.scenario.start_ms;
            wrong.unless(is || cut || restarts, || {
                format!("seed {}: missed {} at {from_ms}", case.seed, speaker.endpoint_id)
            });
        }
    }
    wrong.conclude();
    assert!(compared > 60, "{compared}");
}
