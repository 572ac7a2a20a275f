//! Mute and screen share intervals of participants without a dump, which come from the focus.

use analyzer_wasm::report::{IntervalKind, Source};
use simulator::{TrueMember, TrueTime};

use super::focus_side::{is_muted, members, shown};
use super::{FOCUS_POLL_MS, Mismatches, STORING_MS, SimulatedCase, cases, intervals};

/// Intervals from the first poll that shows a member muted, or sharing, to the first that does not, or to the end of
/// the presence.
fn switched(
    case: &SimulatedCase,
    member: &TrueMember,
    (kind, times): (IntervalKind, &[TrueTime]),
    presence: (f64, f64),
) -> Vec<(f64, f64)> {
    let is_on = |at_ms: u64| match kind {
        IntervalKind::Screenshare => times.iter().any(|time| (time.from_ms..time.to_ms).contains(&at_ms)),
        _ => is_muted(member, times, at_ms),
    };
    let mut intervals_of_member: Vec<(f64, f64)> = Vec::new();
    let mut since: Option<f64> = None;
    for at_ms in shown(case, member) {
        match (is_on(at_ms), since) {
            (true, None) => since = Some(at_ms as f64),
            (false, Some(from_ms)) => {
                intervals_of_member.push((from_ms, at_ms as f64));
                since = None;
            }
            _ => {}
        }
    }
    intervals_of_member
        .extend(since.filter(|from_ms| *from_ms < presence.1).map(|from_ms| (from_ms, presence.1)));
    intervals_of_member
}

#[test]
fn mutes_and_shares_are_right_within_a_poll() {
    let (mut compared, mut wrong) = (0, Mismatches::default());
    for case in cases() {
        for place in case.were_there() {
            let own = members(case, place);
            let person = case.participant(&case.servers_only, place);

            for (kind, of) in [
                (IntervalKind::AudioMuted, (|m| &m.audio_muted) as fn(&TrueMember) -> &Vec<TrueTime>),
                (IntervalKind::VideoMuted, |m| &m.video_muted),
                (IntervalKind::Screenshare, |m| &m.screen),
            ] {
                // A source whose announcement is in a lost poll is not announced again.
                if kind == IntervalKind::Screenshare && case.is_cut(&case.truth.focus.server) {
                    continue;
                }
                let reported_intervals = intervals(person, kind);
                let ahead_ms = case.ahead_ms(&case.truth.focus.server.dumps[0].parts[0].file);
                let expected: Vec<(f64, f64)> = own
                    .iter()
                    .zip(&person.presences)
                    .flat_map(|(member, presence)| {
                        let presence = (presence.from_ms - ahead_ms, presence.to_ms - ahead_ms);
                        switched(case, member, (kind, of(member)), presence)
                    })
                    .collect();
                let start_ms = case.scenario.start_ms as f64;
                let what = || {
                    let reported: Vec<_> = reported_intervals
                        .iter()
                        .map(|i| (i.from_ms - start_ms, i.to_ms - start_ms))
                        .collect();
                    let expected: Vec<_> =
                        expected.iter().map(|(a, b)| (a - start_ms, b - start_ms)).collect();
                    format!(
                        "seed {}, {}, {kind:?}: {reported:?}, expected {expected:?}",
                        case.seed, person.key
                    )
                };
                wrong.unless(reported_intervals.len() == expected.len(), what);
                for (reported, expected) in reported_intervals.iter().zip(&expected) {
                    let near = |a: f64, b: f64| (a - ahead_ms - b).abs() <= STORING_MS;
                    wrong
                        .unless(near(reported.from_ms, expected.0) && near(reported.to_ms, expected.1), what);
                    wrong.unless(reported.source == Source::Jicofo, || {
                        format!("{}: {:?}", what(), reported.source)
                    });
                    let of_focus = case.server_of(&reported.file).name == case.truth.focus.server.name;
                    wrong.unless(of_focus, || format!("{}: {}", what(), reported.file));
                    compared += 1;
                }
                // The reported intervals cover the true ones up to one poll at each end.
                for time in own.iter().flat_map(|member| of(member)) {
                    let long = (time.to_ms - time.from_ms) as f64 > FOCUS_POLL_MS + STORING_MS;
                    let covers = reported_intervals.iter().any(|reported| {
                        reported.from_ms - ahead_ms <= time.from_ms as f64 + FOCUS_POLL_MS + STORING_MS
                            && time.to_ms as f64 - FOCUS_POLL_MS - STORING_MS <= reported.to_ms - ahead_ms
                    });
                    wrong.unless(!long || covers, || format!("{}: not {time:?}", what()));
                }
            }
        }
    }
    wrong.conclude();
    assert!(compared > 30, "{compared}");
}
