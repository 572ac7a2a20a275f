//! Participants of simulated calls with rejoins, equal names and skewed clocks, also when dumps are mixed, missing or
//! incomplete.
use std::collections::BTreeSet;

use analyzer_wasm::report::Report;
use e2e::driver;
use e2e::scoring::{report_of, score};
use simulator::{Call, Form, Scenario, simulate};

fn calls() -> impl Iterator<Item = Call> {
    (1..=30).map(|seed| {
        simulate(&Scenario::random(seed, 2 + usize::try_from(seed % 9).unwrap(), seed % 3 == 0), Form::Plain)
    })
}

/// Each person's endpoint ids.
fn people_of(report: &Report) -> BTreeSet<BTreeSet<String>> {
    report.participants.iter().map(|person| person.endpoint_ids.iter().cloned().collect()).collect()
}

fn true_people(call: &Call) -> BTreeSet<BTreeSet<String>> {
    let presences = |person: &simulator::TruePerson| {
        person.presences.iter().map(|presence| presence.endpoint_id.clone()).collect()
    };
    call.truth.people.iter().map(presences).collect()
}

fn reports(dumps: impl IntoIterator<Item = (String, Vec<u8>)>) -> Vec<Report> {
    driver::reports(dumps).unwrap()
}

fn dumps(call: &Call) -> Vec<(String, Vec<u8>)> {
    call.dumps.iter().map(|dump| (dump.name.clone(), dump.bytes.clone())).collect()
}

#[test]
fn people_and_presences_match_the_scenario() {
    for call in calls() {
        let report = report_of(&call).unwrap();
        assert_eq!(people_of(&report), true_people(&call), "seed {}", call.truth.seed);
        let presences = report.participants.iter().map(|person| person.presences.len()).sum::<usize>();
        assert_eq!(presences, call.dumps.len(), "seed {}", call.truth.seed);
    }
}

#[test]
fn clocks_are_aligned_to_fifty_milliseconds_where_they_can_be_compared() {
    let mut compared = 0;
    for call in calls() {
        let score = score(&report_of(&call).unwrap(), &call.truth);
        compared += score.clock_errors_ms.len();
        let worst = score.clock_errors_ms.iter().fold(0.0_f64, |worst, error_ms| worst.max(error_ms.abs()));
        assert!(worst <= 50.0, "seed {}: {worst} ms", call.truth.seed);
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn the_residual_of_a_single_dump_is_unknown() {
    let call = calls().next().unwrap();
    let [report] = <[Report; 1]>::try_from(reports(dumps(&call).into_iter().take(1))).unwrap();
    assert_eq!(report.participants.first().unwrap().clock.residual_ms, None);
}

#[test]
fn mixed_dumps_of_two_calls_are_separated() {
    let [a, b] = [1, 2].map(|seed| simulate(&Scenario::random(seed, 4, false), Form::Plain));
    let mixed: Vec<_> = dumps(&a).into_iter().chain(dumps(&b)).rev().collect();
    let found: BTreeSet<_> = reports(mixed).iter().map(people_of).collect();
    assert_eq!(found, BTreeSet::from([true_people(&a), true_people(&b)]));
}

#[test]
fn a_missing_dump_removes_only_its_own_person() {
    let call = simulate(&Scenario::random(7, 6, true), Form::Plain);
    let missing = call.dumps.first().unwrap().person;
    let rest = call.dumps.iter().filter(|dump| dump.person != missing);
    let [report] =
        <[Report; 1]>::try_from(reports(rest.map(|dump| (dump.name.clone(), dump.bytes.clone())))).unwrap();
    assert_eq!(report.participants.len(), call.truth.people.len() - 1);
    assert!(people_of(&report).is_subset(&true_people(&call)));
}

#[test]
fn a_new_name_makes_no_new_person() {
    let call = simulate(&Scenario::random(5, 3, false), Form::Plain);
    let mut renamed = dumps(&call);
    renamed
        .first_mut()
        .unwrap()
        .1
        .extend_from_slice(b"[\"identity\",null,{\"displayName\":\"Another Name\"}]\n");
    let [report] = <[Report; 1]>::try_from(reports(renamed)).unwrap();
    assert_eq!(people_of(&report), true_people(&call));
}

#[test]
fn a_dump_without_identity_is_a_call_of_its_own() {
    let call = simulate(&Scenario::random(5, 3, false), Form::Plain);
    let nameless = dumps(&call).into_iter().map(|(name, bytes)| {
        let text = String::from_utf8(bytes).unwrap();
        let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("[\"identity\"")).collect();
        (name, kept.join("\n").into_bytes())
    });
    let reports = reports(nameless);
    assert_eq!(reports.len(), call.dumps.len());
    assert!(reports.iter().all(|report| report.participants.len() == 1));
}
