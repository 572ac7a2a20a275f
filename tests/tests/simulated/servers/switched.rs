//! When people without a dump were muted and shared, as the focus tells it.

use analyzer_wasm::report::{IntervalKind, Source};
use simulator::{TrueMember, TrueTime};

use super::focus_side::{is_muted, members, shown};
use super::{Case, FOCUS_POLL_MS, STORING_MS, Wrong, cases, intervals};

/// Stretches from the first poll that shows a member muted, or sharing, to the first that does not, or to the end of the
/// stay.
fn switched(
    case: &Case,
    member: &TrueMember,
    (kind, times): (IntervalKind, &[TrueTime]),
    stay: (f64, f64),
) -> Vec<(f64, f64)> {
    let is_on = |at_ms: u64| match kind {
        IntervalKind::Screenshare => times.iter().any(|time| (time.from_ms..time.to_ms).contains(&at_ms)),
        _ => is_muted(member, times, at_ms),
    };
    let mut stretches: Vec<(f64, f64)> = Vec::new();
    let mut since: Option<f64> = None;
    for at_ms in shown(case, member) {
        match (is_on(at_ms), since) {
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
fn the_focus_tells_who_was_muted_and_shared_to_a_poll() {
    let (mut compared, mut wrong) = (0, Wrong::default());
    for case in cases() {
        for place in case.were_there() {
            let own = members(case, place);
            let person = case.participant(&case.alone, place);

            for (kind, of) in [
                (IntervalKind::AudioMuted, (|m| &m.audio_muted) as fn(&TrueMember) -> &Vec<TrueTime>),
                (IntervalKind::VideoMuted, |m| &m.video_muted),
                (IntervalKind::Screenshare, |m| &m.screen),
            ] {
                // A source that was added in a poll that is lost is never told again.
                if kind == IntervalKind::Screenshare && case.is_cut(&case.truth.focus.server) {
                    continue;
                }
                let told_of = intervals(person, kind);
                let ahead_ms = case.ahead_ms(&case.truth.focus.server.dumps[0].parts[0].file);
                let truly: Vec<(f64, f64)> = own
                    .iter()
                    .zip(&person.presences)
                    .flat_map(|(member, stay)| {
                        let stay = (stay.from_ms - ahead_ms, stay.to_ms - ahead_ms);
                        switched(case, member, (kind, of(member)), stay)
                    })
                    .collect();
                let start_ms = case.scenario.start_ms as f64;
                let what = || {
                    let told: Vec<_> =
                        told_of.iter().map(|i| (i.from_ms - start_ms, i.to_ms - start_ms)).collect();
                    let truly: Vec<_> = truly.iter().map(|(a, b)| (a - start_ms, b - start_ms)).collect();
                    format!("seed {}, {}, {kind:?}: {told:?}, truly {truly:?}", case.seed, person.key)
                };
                wrong.unless(told_of.len() == truly.len(), what);
                for (told, truly) in told_of.iter().zip(&truly) {
                    let near = |a: f64, b: f64| (a - ahead_ms - b).abs() <= STORING_MS;
                    wrong.unless(near(told.from_ms, truly.0) && near(told.to_ms, truly.1), what);
                    wrong.unless(told.source == Source::Jicofo, || format!("{}: {:?}", what(), told.source));
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
