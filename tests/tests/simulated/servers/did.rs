//! When people without a dump spoke and were muted, as bridges and the focus tell it.

use analyzer_wasm::report::{Interval, IntervalKind, Participant, Witness};
use e2e::simulator::{TrueMember, TrueTime};

use super::focus_side::{is_muted, members, shown};
use super::{BRIDGE_POLL_MS, Case, FOCUS_POLL_MS, STORING_MS, Wrong, cases};

fn intervals(told: &Participant, kind: IntervalKind) -> Vec<&Interval> {
    told.activity.intervals.iter().filter(|interval| interval.kind == kind).collect()
}

/// Stretches from the first poll that shows a member muted to the first that does not, or to the end of the stay.
fn muted(case: &Case, member: &TrueMember, muted: &[TrueTime], stay: (f64, f64)) -> Vec<(f64, f64)> {
    let mut stretches: Vec<(f64, f64)> = Vec::new();
    let mut since: Option<f64> = None;
    for at_ms in shown(case, member) {
        match (is_muted(member, muted, at_ms), since) {
            (true, None) => since = Some(at_ms as f64),
            (false, Some(from_ms)) => {
                stretches.push((from_ms, at_ms as f64));
                since = None;
            }
            _ => {}
        }
    }
    stretches.extend(since.filter(|from_ms| *from_ms < stay.1).map(|from_ms| (from_ms, stay.1)));
    stretches
}

#[test]
fn the_focus_tells_who_was_muted_to_a_poll() {
    let (mut compared, mut wrong) = (0, Wrong::default());
    // A later part does not tell who is muted, only who is from then on.
    for case in cases().iter().filter(|case| !case.is_cut(&case.truth.focus.server)) {
        for person in case.were_there() {
            let told = case.participant(&case.alone, person);
            let own = members(case, person);
            for (kind, of) in [
                (IntervalKind::AudioMuted, (|m| &m.audio_muted) as fn(&TrueMember) -> &Vec<TrueTime>),
                (IntervalKind::VideoMuted, |m| &m.video_muted),
            ] {
                let told_of = intervals(told, kind);
                let ahead_ms = case.ahead_ms(&case.truth.focus.server.dumps[0].parts[0].file);
                let truly: Vec<(f64, f64)> = own
                    .iter()
                    .zip(&told.presences)
                    .flat_map(|(member, stay)| {
                        muted(case, member, of(member), (stay.from_ms - ahead_ms, stay.to_ms - ahead_ms))
                    })
                    .collect();
                let start_ms = case.scenario.start_ms as f64;
                let what = || {
                    let told: Vec<_> =
                        told_of.iter().map(|i| (i.from_ms - start_ms, i.to_ms - start_ms)).collect();
                    let truly: Vec<_> = truly.iter().map(|(a, b)| (a - start_ms, b - start_ms)).collect();
                    format!(
                        "seed {}, {}, {kind:?}: {told:?}, truly {truly:?}",
                        case.seed,
                        told_key(case, person)
                    )
                };
                wrong.unless(told_of.len() == truly.len(), what);
                for (told, truly) in told_of.iter().zip(&truly) {
                    let near = |a: f64, b: f64| (a - ahead_ms - b).abs() <= STORING_MS;
                    wrong.unless(near(told.from_ms, truly.0) && near(told.to_ms, truly.1), what);
                    wrong.unless(told.witness == Witness::Jicofo, || {
                        format!("{}: {:?}", what(), told.witness)
                    });
                    let of_focus = case.server_of(&told.file).name == case.truth.focus.server.name;
                    wrong.unless(of_focus, || format!("{}: {}", what(), told.file));
                    compared += 1;
                }
                // What the polls tell is what truly was, to a poll at each end.
                for time in own.iter().flat_map(|member| of(member)) {
                    let long = (time.to_ms - time.from_ms) as f64 > FOCUS_POLL_MS + STORING_MS;
                    let covers = told_of.iter().any(|told| {
                        told.from_ms - ahead_ms <= time.from_ms as f64 + FOCUS_POLL_MS + STORING_MS
                            && time.to_ms as f64 - FOCUS_POLL_MS - STORING_MS <= told.to_ms - ahead_ms
                    });
                    wrong.unless(!long || covers, || format!("{}: not {time:?}", what()));
                }
            }
        }
    }
    wrong.conclude();
    assert!(compared > 30, "{compared}");
}

fn told_key(case: &Case, person: usize) -> &str {
    &case.participant(&case.alone, person).key
}

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
        for person in case.were_there() {
            let told = case.participant(&case.alone, person);
            let told_of = intervals(told, IntervalKind::Speaking);
            let ids: Vec<&String> = members(case, person).iter().map(|member| &member.endpoint_id).collect();
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
                format!("seed {}, {}: {told:?}, truly {truly:?}", case.seed, told_key(case, person))
            };
            let same = |told: &Interval, truly: &TrueTime| {
                let (begins, ends) = (told.from_ms - truly.from_ms as f64, told.to_ms - truly.to_ms as f64);
                // Where a stay ends the focus tells, whose last poll comes a period before the call's end.
                let early_ms = FOCUS_POLL_MS + slack_ms;
                (-slack_ms..=late_ms).contains(&begins) && (-early_ms..=late_ms).contains(&ends)
            };
            for told in &told_of {
                wrong.unless(truly.iter().any(|truly| same(told, truly)), || format!("invented: {}", what()));
                wrong.unless(told.witness == Witness::Jvb, || format!("{:?}: {}", told.witness, what()));
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
