//! Who spoke, was muted and shared when: what reports tell of simulated calls, against what happened in them.
use analyzer_wasm::report::{IntervalKind, Participant, Report, Source};
use e2e::driver;
use e2e::scoring::report_of;
use simulator::{Call, Form, Person, Scenario, TimeRange, Topology, simulate};

/// Clocks are aligned to some tens of milliseconds.
const CLOCKS_MS: f64 = 120.0;
/// It takes this long to be connected: what was switched on before is told then.
const CONNECTING_MS: u64 = 6_000;
/// The bridge needs this long to know who speaks.
const HEARD_MS: u64 = 400;

/// A person's true stretches of one kind, within their stays.
fn stretches(scenario: &Scenario, place: usize, person: &Person, kind: IntervalKind) -> Vec<TimeRange> {
    let all: Vec<TimeRange> = match kind {
        IntervalKind::AudioMuted => person.audio_muted.clone(),
        IntervalKind::VideoMuted => person.video_muted.clone(),
        IntervalKind::Screenshare => person.screen.clone(),
        IntervalKind::Speaking => {
            let heard = |at_ms: u64| at_ms + HEARD_MS;
            // Nobody hears somebody who is not connected yet, nor who is just leaving.
            let told = scenario.turns.iter().filter(|turn| {
                scenario.people[turn.person].presences.iter().any(|presence| {
                    let time = presence.time;
                    time.from_ms + CONNECTING_MS <= turn.at_ms && heard(turn.at_ms) < time.to_ms
                })
            });
            let told: Vec<_> = told.collect();
            let ends = told.iter().skip(1).map(|turn| heard(turn.at_ms)).chain([scenario.duration_ms]);
            let own = told.iter().zip(ends).filter(|(turn, _)| turn.person == place);
            own.map(|(turn, to_ms)| TimeRange { from_ms: heard(turn.at_ms), to_ms }).collect()
        }
    };
    let stays = person.presences.iter().map(|presence| presence.time);
    let clip = |stay: TimeRange| {
        all.iter().filter(move |stretch| stretch.overlaps(stay)).map(move |stretch| TimeRange {
            from_ms: stretch.from_ms.max(stay.from_ms),
            to_ms: stretch.to_ms.min(stay.to_ms),
        })
    };
    stays.flat_map(clip).collect()
}

/// Whether somebody had a turn while connecting, to the bridge or to the other: how much of it was heard is not told.
fn is_doubtful(scenario: &Scenario) -> bool {
    let connecting = |from_ms: u64| from_ms..from_ms + CONNECTING_MS;
    let last_ms = scenario.presences().map(|(.., presence)| presence.time.from_ms).max().unwrap_or(0);
    scenario.turns.iter().any(|turn| {
        let direct = scenario.topology == Topology::PeerToPeer && turn.at_ms < connecting(last_ms).end;
        let mut stays = scenario.people[turn.person].presences.iter().map(|presence| presence.time.from_ms);
        direct || stays.any(|from_ms| connecting(from_ms).contains(&turn.at_ms))
    })
}

/// What is told of the person, in ms after the call's start by the true clock.
fn told(person: &Participant, kind: IntervalKind, truth_ms: f64) -> Vec<(f64, f64)> {
    let of_kind = person.activity.intervals.iter().filter(|interval| interval.kind == kind);
    of_kind
        .map(|interval| {
            assert_eq!((interval.source, interval.open), (Source::Own, false));
            (interval.from_ms + truth_ms, interval.to_ms + truth_ms)
        })
        .collect()
}

#[test]
fn everybody_did_what_is_told_of_them() {
    let (mut compared, mut kinds) = (0, std::collections::BTreeSet::new());
    for seed in 1..=24_u64 {
        let scenario = Scenario::random(seed, 2 + usize::try_from(seed % 8).unwrap(), seed % 2 == 0);
        let call = simulate(&scenario, Form::Plain);
        let report = report_of(&call).unwrap();
        for (place, person) in scenario.people.iter().enumerate() {
            let endpoint = &person.presences[0].endpoint_id;
            let participant =
                report.participants.iter().find(|told| told.endpoint_ids.contains(endpoint)).unwrap();
            // From the conference's clock back to the dump's, and from that to the true one.
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
                let expect = stretches(&scenario, place, person, kind);
                let told = told(participant, kind, truth_ms);
                let what = format!("seed {seed}, person {place}, {kind:?}: {told:?}, truly {expect:?}");
                let expect: Vec<_> = expect
                    .iter()
                    // A mute that ends before one is connected is told by nobody.
                    .filter(|stretch| {
                        let mut stays = person.presences.iter().map(|presence| presence.time);
                        stays.any(|stay| {
                            stay.overlaps(**stretch) && stretch.to_ms > stay.from_ms + CONNECTING_MS
                        })
                    })
                    .collect();
                assert_eq!(told.len(), expect.len(), "{what}");
                for ((from_ms, to_ms), truly) in told.iter().zip(expect) {
                    let stay =
                        person.presences.iter().map(|p| p.time).find(|time| time.overlaps(*truly)).unwrap();
                    let late_ms =
                        if truly.from_ms < stay.from_ms + CONNECTING_MS { CONNECTING_MS as f64 } else { 0.0 };
                    let begins = from_ms - truly.from_ms as f64;
                    // The last entry of a dump comes up to a poll before its person leaves.
                    let early_ms = if truly.to_ms == stay.to_ms { person.poll_ms as f64 } else { 0.0 };
                    let ends = to_ms - truly.to_ms as f64;
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
                let sum: f64 = told.iter().map(|(from_ms, to_ms)| to_ms - from_ms).sum();
                assert!(total.is_none_or(|total| (total - sum).abs() < 1e-3), "{what}");
            }
        }
    }
    assert!(compared > 300 && kinds.len() == 4, "{compared} of {kinds:?}");
}

/// A call's report without one person's dumps, but with the servers'.
fn without(call: &Call, person: usize) -> Report {
    let dumps = call.dumps.iter().filter(|dump| dump.person != person).map(|dump| (&dump.name, &dump.bytes));
    let servers = call.servers.iter().map(|dump| (&dump.name, &dump.bytes));
    driver::report(dumps.chain(servers)).unwrap_or_else(|error| panic!("seed {}: {error:#}", call.truth.seed))
}

#[test]
fn servers_tell_of_those_who_left_no_dump() {
    // A focus is polled every 10 s, a bridge every 5 s; and clocks.
    let late_ms = |kind| if kind == IntervalKind::Speaking { 5_500.0 } else { 10_500.0 };
    let (mut found, mut kinds) = (0, std::collections::BTreeSet::new());
    for seed in 1..=24_u64 {
        let mut scenario =
            Scenario::random(seed, 4 + usize::try_from(seed % 5).unwrap(), false).with_servers(false);
        let Some(servers) = &mut scenario.servers else { panic!("servers were wanted") };
        servers.focus.host.cuts.clear();
        servers.bridges.iter_mut().for_each(|bridge| bridge.host.cuts.clear());
        let call = simulate(&scenario, Form::Plain);
        // Who never left, so that one stretch on the servers is one stay.
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
            let is = |told: &&Participant| told.endpoint_ids.contains(&person.presences[0].endpoint_id);
            let participant = report.participants.iter().find(is).unwrap();
            assert!(!participant.has_dump);
            let other = report.participants.iter().find(|told| told.has_dump).unwrap();
            let ahead = scenario
                .people
                .iter()
                .find(|person| other.endpoint_ids.contains(&person.presences[0].endpoint_id));
            let truth_ms =
                -other.clock.offset_ms - ahead.unwrap().clock_ahead_ms as f64 - scenario.start_ms as f64;
            for kind in [IntervalKind::Speaking, IntervalKind::AudioMuted, IntervalKind::VideoMuted] {
                let told = participant.activity.intervals.iter().filter(|interval| interval.kind == kind);
                let told: Vec<_> = told
                    .map(|interval| (interval.from_ms + truth_ms, interval.to_ms + truth_ms, interval.source))
                    .collect();
                let witness = if kind == IntervalKind::Speaking { Source::Jvb } else { Source::Jicofo };
                let what = format!("seed {seed}, person {place}, {kind:?}: {told:?}");
                assert!(told.iter().all(|(.., by)| *by == witness), "{what}");
                let stay = person.presences[0].time;
                // What begins after a server's last poll but one, it cannot tell.
                let seen = stretches(&scenario, place, person, kind).into_iter();
                for truly in seen.filter(|truly| truly.from_ms + 15_000 < scenario.duration_ms) {
                    // Somebody joins muted; that is told from their coming on.
                    let from_ms = truly.from_ms.max(stay.from_ms) as f64;
                    let slack = late_ms(kind);
                    let begins = |at_ms: f64| (-500.0..=slack + 3_000.0).contains(&(at_ms - from_ms));
                    // The last poll comes up to a period before the end, and shows what was a period before.
                    let early_ms = if truly.to_ms == stay.to_ms { 2.0 * slack } else { slack } + 500.0;
                    let ends =
                        |at_ms: f64| (-early_ms..=slack + 500.0).contains(&(at_ms - truly.to_ms as f64));
                    let is_told = told.iter().any(|(from_ms, to_ms, _)| begins(*from_ms) && ends(*to_ms));
                    assert!(is_told, "{what}, truly {truly:?}");
                    found += 1;
                    kinds.insert(kind);
                }
            }
        }
    }
    assert!(kinds.len() == 3 && found > 90, "{found} of {kinds:?}");
}
