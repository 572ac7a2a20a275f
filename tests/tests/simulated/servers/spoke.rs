//! Who spoke when, as bridges tell it.

use analyzer_wasm::report::{Interval, IntervalKind, Source};
use simulator::TrueTime;

use super::focus_side::members;
use super::{BRIDGE_POLL_MS, FOCUS_POLL_MS, STORING_MS, Wrong, cases, events, intervals};

#[test]
fn bridges_tell_who_spoke_to_a_poll() {
    let (mut compared, mut wrong) = (0, Wrong::default());
    for case in cases() {
        let cut = case.truth.bridges.iter().any(|bridge| case.is_cut(&bridge.server));
        // What several bridges tell of is as exact as their clocks.
        let slack_ms = STORING_MS + case.skew_ms();
        let late_ms = BRIDGE_POLL_MS + slack_ms;
        let restarts = case.scenario.servers.as_ref().unwrap().restarts().count();
        if cut || restarts > 0 {
            // While no bridge is polled nobody tells who speaks.
            continue;
        }
        for place in case.were_there() {
            // Of whom no audio comes a bridge does not say that they speak: outages and mutes part what they said.
            let cut_off = case.scenario.faults.iter().any(|fault| fault.person == place && fault.cuts());
            if cut_off || !case.scenario.people[place].audio_muted.is_empty() {
                continue;
            }
            let person = case.participant(&case.alone, place);
            let told_of = intervals(person, IntervalKind::Speaking);
            let ids: Vec<&String> = members(case, place).iter().map(|member| &member.endpoint_id).collect();
            let truly: Vec<TrueTime> = case
                .truth
                .speakers
                .iter()
                .filter(|speaker| ids.contains(&&speaker.endpoint_id))
                .map(|speaker| speaker.time)
                .collect();
            let start_ms = case.scenario.start_ms as f64;
            let what = || {
                let told: Vec<_> = told_of
                    .iter()
                    .map(|i| ((i.from_ms - start_ms).round(), (i.to_ms - start_ms).round()))
                    .collect();
                let truly: Vec<_> = truly
                    .iter()
                    .map(|t| (t.from_ms - case.scenario.start_ms, t.to_ms - case.scenario.start_ms))
                    .collect();
                format!("seed {}, {}: {told:?}, truly {truly:?}", case.seed, person.key)
            };
            let same = |told: &Interval, truly: &TrueTime| {
                let (begins, ends) = (told.from_ms - truly.from_ms as f64, told.to_ms - truly.to_ms as f64);
                // Where a stay ends the focus tells, whose last poll comes a period before the call's end.
                let early_ms = FOCUS_POLL_MS + slack_ms;
                (-slack_ms..=late_ms).contains(&begins) && (-early_ms..=late_ms).contains(&ends)
            };
            for told in &told_of {
                wrong.unless(truly.iter().any(|truly| same(told, truly)), || format!("invented: {}", what()));
                wrong.unless(told.source == Source::Jvb, || format!("{:?}: {}", told.source, what()));
                let bridge = case.server_of(&told.file).name != case.truth.focus.server.name;
                wrong.unless(bridge, || format!("{}: {}", told.file, what()));
                compared += 1;
            }
            for truly in truly.iter().filter(|time| (time.to_ms - time.from_ms) as f64 > late_ms) {
                wrong.unless(told_of.iter().any(|told| same(told, truly)), || format!("missed: {}", what()));
            }
        }
    }
    wrong.conclude();
    assert!(compared > 30, "{compared}");
}

#[test]
fn dominant_speakers_are_told_to_a_poll() {
    let (mut wrong, mut compared) = (Wrong::default(), 0);
    for case in cases() {
        let late_ms = BRIDGE_POLL_MS + STORING_MS + case.skew_ms();
        let told: Vec<(f64, &str)> = events(&case.alone, "dominant_speaker_start")
            .into_iter()
            .map(|event| (event.at_ms, event.participant.as_deref().unwrap()))
            .collect();
        let ids = |key: &str| {
            &case.alone.participants.iter().find(|person| person.key == key).unwrap().endpoint_ids
        };
        let start_ms = case.scenario.start_ms as f64;
        for (at_ms, key) in &told {
            let is = case.truth.speakers.iter().any(|speaker| {
                let begins = at_ms - speaker.time.from_ms as f64;
                ids(key).contains(&speaker.endpoint_id)
                    && (-STORING_MS - case.skew_ms()..=late_ms).contains(&begins)
            });
            // What had begun before a later part, or before another bridge's dump, is told by its first poll.
            let mut begins = case.servers().flat_map(|server| &server.dumps).flat_map(|dump| &dump.parts);
            let anew =
                begins.any(|part| (at_ms - part.from_ms as f64).abs() <= BRIDGE_POLL_MS + case.skew_ms());
            // Where nothing passed for a while, whoever dominates is heard anew.
            let servers = case.scenario.servers.as_ref().unwrap();
            let outages =
                case.scenario.faults.iter().filter(|fault| fault.cuts()).map(|fault| fault.time.to_ms);
            let mutes =
                case.scenario.people.iter().flat_map(|person| &person.audio_muted).map(|time| time.to_ms);
            let deaths = servers.restarts().map(|(fault, _)| fault.time.to_ms);
            let heard = outages
                .chain(mutes)
                .chain(deaths)
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
            let is = told.iter().any(|(at_ms, key)| {
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
