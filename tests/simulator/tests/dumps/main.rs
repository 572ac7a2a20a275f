//! Tests of simulated calls: they depend only on the seed, their dumps match the truth, and calls without faults have
//! normal values.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod calm;
mod delta;
mod series;
mod servers;
mod stretches;
mod truths;

use simulator::{Form, Scenario, ScenarioOptions, Truth, simulate};

/// Four minutes with the given number of people; the polling period is drawn from the seed if not given.
fn short(seed: u64, people: usize, faulty: bool, poll_ms: Option<u64>) -> Scenario {
    Scenario::from_options(&ScenarioOptions { seed, people, faulty, duration_ms: 240_000, poll_ms })
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    for people in [2, 5] {
        for form in [Form::Plain, Form::Gzip] {
            let call = |seed| simulate(&short(seed, people, true, None), form);
            assert!(call(11) == call(11), "{people} people");
            assert!(call(11).dumps[0].bytes != call(12).dumps[0].bytes, "{people} people");
        }
    }
}

#[test]
fn a_scenario_survives_serialization() {
    for seed in 0..40 {
        let scenario = Scenario::random(seed, 2 + seed as usize, seed % 2 == 0);
        let text = serde_json::to_string(&scenario).unwrap();
        let again: Scenario = serde_json::from_str(&text).unwrap();
        assert_eq!(again, scenario);
    }
}

#[test]
fn only_calls_with_faults_have_findings() {
    for seed in 0..40 {
        for people in [2, 3, 8, 30] {
            let truth = |faulty| Truth::of(&Scenario::random(seed, people, faulty));
            assert!(!truth(true).findings.is_empty(), "seed {seed}, {people} people");
            assert_eq!(truth(false).findings, [], "seed {seed}, {people} people");
        }
    }
}
