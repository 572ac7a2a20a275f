//! Speaking, mute and screen share intervals in the reports of simulated calls, compared with the scenario.
use analyzer_wasm::report::{IntervalKind, Participant, Report, Source};
use e2e::driver;
use e2e::scoring::report_of;
use simulator::{Call, Form, Person, Scenario, TimeRange, Topology, simulate};

/// Clocks are aligned to some tens of milliseconds.
const CLOCKS_MS: f64 = 120.0;
/// Time until a client is connected. A state that was switched on earlier is reported from then on.
const CONNECTING_MS: u64 = 6_000;
/// Time until the bridge detects a new dominant speaker.
const HEARD_MS: u64 = 400;

/// A person's true intervals of one kind, clipped to their presences.
fn true_intervals(scenario: &Scenario, place: usize, person: &Person, kind: IntervalKind) -> Vec<TimeRange> {
    let all: Vec<TimeRange> = match kind {
        IntervalKind::AudioMuted => person.audio_muted.clone(),
        IntervalKind::VideoMuted => person.video_muted.clone(),
        IntervalKind::Screenshare => person.screen.clone(),
        IntervalKind::Speaking => {
            let heard = |at_ms: u64| at_ms + HEARD_MS;
            // No audio arrives from a participant that is not connected yet or is just leaving.
            let reported = scenario.turns.iter().filter(|turn| {
                scenario.people[turn.person].presences.iter().any(|presence| {
                    let time = presence.time;
                    time.from_ms + CONNECTING_MS <= turn.at_ms && heard(turn.at_ms) < time.to_ms
                })
            });
            let reported: Vec<_> = reported.collect();
            let ends = reported.iter().skip(1).map(|turn| heard(turn.at_ms)).chain([scenario.duration_ms]);
            let own = reported.iter().zip(ends).filter(|(turn, _)| turn.person == place);
            own.map(|(turn, to_ms)| TimeRange { from_ms: heard(turn.at_ms), to_ms }).collect()
        }
    };
    let presences = person.presences.iter().map(|presence| presence.time);
    let clip = |presence: TimeRange| {
        all.iter().filter(move |stretch| stretch.overlaps(presence)).map(move |stretch| TimeRange {
            from_ms: stretch.from_ms.max(presence.from_ms),
            to_ms: stretch.to_ms.min(presence.to_ms),
        })
    };
    presences.flat_map(clip).collect()
}

/// Whether a turn began while its speaker was connecting, to the bridge or peer-to-peer. The part of such a turn that
/// was received is not specified.
fn is_doubtful(scenario: &Scenario) -> bool {
    let connecting = |from_ms: u64| from_ms..from_ms + CONNECTING_MS;
    let last_ms = scenario.presences().map(|(.., presence)| presence.time.from_ms).max().unwrap_or(0);
    scenario.turns.iter().any(|turn| {
        let direct = scenario.topology == Topology::PeerToPeer && turn.at_ms < connecting(last_ms).end;
        let mut presences =
            scenario.people[turn.person].presences.iter().map(|presence| presence.time.from_ms);
        direct || presences.any(|from_ms| connecting(from_ms).contains(&turn.at_ms))
    })
}

/// The participant's reported intervals of a kind, in ms of true time since the start of the call.
fn reported(person: &Participant, kind: IntervalKind, truth_ms: f64) -> Vec<(f64, f64)> {
    let of_kind = person.activity.intervals.iter().filter(|interval| interval.kind == kind);
    of_kind
        .map(|interval| {
            assert_eq!((interval.source, interval.open), (Source::Own, false));
            (interval.from_ms + truth_ms, interval.to_ms + truth_ms)
        })
        .collect()
}

#[test]
fn reported_intervals_match_the_scenario() {
    let (mut compared, mut kinds) = (0, std::collections::BTreeSet::new());
    for seed in 1..=24_u64 {
        let scenario = Scenario::random(seed, 2 + usize::try_from(seed % 8).unwrap(), seed % 2 == 0);
        let call = simulate(&scenario, Form::Plain);
        let report = report_of(&call).unwrap();
        for (place, person) in scenario.people.iter().enumerate() {
            let endpoint = &person.presences[0].endpoint_id;
            let participant =
                report.participants.iter().find(|reported| reported.endpoint_ids.contains(endpoint)).unwrap();
            // Converts from the conference's clock to the dump's, and from that to true time.
            let truth_ms =
                -participant.clock.offset_ms - person.clock_ahead_ms as f64 - scenario.start_ms as f64;
            for kind in [
                IntervalKind::Speaking,
                IntervalKind::AudioMuted,
                IntervalKind::VideoMuted,
                IntervalKind::Screenshare,
            ] {
                if kind == IntervalKind::Speaking && is_doubtful(&scenario) {
                    continue;
                }
                let expect = true_intervals(&scenario, place, person, kind);
                let reported = reported(participant, kind, truth_ms);
                let what =
                    format!("seed {seed}, person {place}, {kind:?}: {reported:?}, expected {expect:?}");
                let expect: Vec<_> = expect
                    .iter()
                    // A mute that ends before the client is connected is in no dump.
                    .filter(|stretch| {
                        let mut presences = person.presences.iter().map(|presence| presence.time);
                        presences.any(|presence| {
                            presence.overlaps(**stretch) && stretch.to_ms > presence.from_ms + CONNECTING_MS
                        })
                    })
                    .collect();
                assert_eq!(reported.len(), expect.len(), "{what}");
                for ((from_ms, to_ms), expected) in reported.iter().zip(expect) {
                    let presence = person
                        .presences
                        .iter()
                        .map(|p| p.time)
                        .find(|time| time.overlaps(*expected))
                        .unwrap();
                    let late_ms = if expected.from_ms < presence.from_ms + CONNECTING_MS {
                        CONNECTING_MS as f64
                    } else {
                        0.0
                    };
                    let begins = from_ms - expected.from_ms as f64;
                    // The last entry of a dump is up to one poll earlier than the leave.
                    let early_ms = if expected.to_ms == presence.to_ms { person.poll_ms as f64 } else { 0.0 };
                    let ends = to_ms - expected.to_ms as f64;
                    assert!((-CLOCKS_MS..=late_ms + CLOCKS_MS).contains(&begins), "{what}");
                    assert!((-early_ms - CLOCKS_MS..=CLOCKS_MS).contains(&ends), "{what}");
                    compared += 1;
                    kinds.insert(kind);
                }
                let total = match kind {
                    IntervalKind::Speaking => participant.activity.speaking_ms,
                    IntervalKind::AudioMuted => participant.activity.audio_muted_ms,
                    IntervalKind::VideoMuted => participant.activity.video_muted_ms,
                    IntervalKind::Screenshare => participant.activity.screenshare_ms,
                };
                let sum: f64 = reported.iter().map(|(from_ms, to_ms)| to_ms - from_ms).sum();
                assert!(total.is_none_or(|total| (total - sum).abs() < 1e-3), "{what}");
            }
        }
    }
    assert!(compared > 300 && kinds.len() == 4, "{compared} of {kinds:?}");
}

/// The report of a call without one person's dumps, but with the servers' dumps.
fn without(call: &Call, person: usize) -> Report {
    let dumps = call.dumps.iter().filter(|dump| dump.person != person).map(|dump| (&dump.name, &dump.bytes));
    let servers = call.servers.iter().map(|dump| (&dump.name, &dump.bytes));
    driver::report(dumps.chain(servers)).unwrap_or_else(|error| panic!("seed {}: {error:#}", call.truth.seed))
}

#[test]
fn participants_without_a_dump_are_reported_by_the_servers() {
    // The focus is polled every 10 s, a bridge every 5 s; the rest is for the clocks.
    let late_ms = |kind| if kind == IntervalKind::Speaking { 5_500.0 } else { 10_500.0 };
    let (mut found, mut kinds) = (0, std::collections::BTreeSet::new());
    for seed in 1..=24_u64 {
        let mut scenario =
            Scenario::random(seed, 4 + usize::try_from(seed % 5).unwrap(), false).with_servers(false);
        let Some(servers) = &mut scenario.servers else { panic!("the scenario has servers") };
        servers.focus.host.cuts.clear();
        servers.bridges.iter_mut().for_each(|bridge| bridge.host.cuts.clear());
        let call = simulate(&scenario, Form::Plain);
        // A person with one presence, so that one interval on the servers is one presence.
        let Some(place) =
            (0..scenario.people.len()).rev().find(|place| scenario.people[*place].presences.len() == 1)
        else {
            continue;
        };
        for place in [place, 0] {
            let person = &scenario.people[place];
            if person.presences.len() != 1 || is_doubtful(&scenario) {
                continue;
            }
            let report = without(&call, place);
            let is =
                |reported: &&Participant| reported.endpoint_ids.contains(&person.presences[0].endpoint_id);
            let participant = report.participants.iter().find(is).unwrap();
            assert!(!participant.has_dump);
            let other = report.participants.iter().find(|reported| reported.has_dump).unwrap();
            let ahead = scenario
                .people
                .iter()
                .find(|person| other.endpoint_ids.contains(&person.presences[0].endpoint_id));
            let truth_ms =
                -other.clock.offset_ms - ahead.unwrap().clock_ahead_ms as f64 - scenario.start_ms as f64;
            for kind in [IntervalKind::Speaking, IntervalKind::AudioMuted, IntervalKind::VideoMuted] {
                let reported = participant.activity.intervals.iter().filter(|interval| interval.kind == kind);
                let reported: Vec<_> = reported
                    .map(|interval| (interval.from_ms + truth_ms, interval.to_ms + truth_ms, interval.source))
                    .collect();
                let expected_source =
                    if kind == IntervalKind::Speaking { Source::Jvb } else { Source::Jicofo };
                let what = format!("seed {seed}, person {place}, {kind:?}: {reported:?}");
                assert!(reported.iter().all(|(.., source)| *source == expected_source), "{what}");
                let presence = person.presences[0].time;
                // An interval that begins after a server's last poll but one cannot be reported.
                let seen = true_intervals(&scenario, place, person, kind).into_iter();
                for expected in seen.filter(|expected| expected.from_ms + 15_000 < scenario.duration_ms) {
                    // A mute that was on before the join is reported from the join on.
                    let from_ms = expected.from_ms.max(presence.from_ms) as f64;
                    let slack = late_ms(kind);
                    let begins = |at_ms: f64| (-500.0..=slack + 3_000.0).contains(&(at_ms - from_ms));
                    // The last poll is up to one period before the end and shows the state of one period earlier.
                    let early_ms = if expected.to_ms == presence.to_ms { 2.0 * slack } else { slack } + 500.0;
                    let ends =
                        |at_ms: f64| (-early_ms..=slack + 500.0).contains(&(at_ms - expected.to_ms as f64));
                    let is_reported =
                        reported.iter().any(|(from_ms, to_ms, _)| begins(*from_ms) && ends(*to_ms));
                    assert!(is_reported, "{what}, expected {expected:?}");
                    found += 1;
                    kinds.insert(kind);
                }
            }
        }
    }
    assert!(kinds.len() == 3 && found > 90, "{found} of {kinds:?}");
}
