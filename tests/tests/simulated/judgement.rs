//! Findings of simulated calls: recall and precision on calls with known faults, and none on calls without.
use e2e::scoring::{Score, report_of, score};
use simulator::{Form, Scenario, simulate};

/// The number of calls with faults and without; `cargo xtask test --full` takes ten times as many.
fn counts() -> (u64, u64) {
    if std::env::var_os("RTCSCOPE_TEST_FULL").is_some() { (200, 100) } else { (20, 10) }
}

fn of_seed(seed: u64, faulty: bool) -> Score {
    let people = 2 + usize::try_from(seed % 7).unwrap();
    let call = simulate(&Scenario::random(seed, people, faulty), Form::Plain);
    score(&report_of(&call).unwrap(), &call.truth)
}

/// The same with servers and possible bridge faults, scored from the clients' dumps only.
fn with_servers(seed: u64) -> Score {
    let people = 3 + usize::try_from(seed % 6).unwrap();
    let scenario = Scenario::random(seed, people, true).with_servers(true);
    let call = simulate(&scenario, Form::Plain);
    score(&report_of(&call).unwrap(), &call.truth)
}

fn sum(seeds: std::ops::Range<u64>, of: impl Fn(u64) -> Score) -> Score {
    let mut sum = Score::default();
    seeds.for_each(|seed| sum.add(of(seed)));
    println!(
        "found {}, missed {}, invented {}, recall {:.3}, precision {:.3}, overlap {:.3}, side {:.3}, serious {}",
        sum.found,
        sum.missed,
        sum.invented,
        sum.recall(),
        sum.precision(),
        sum.median_overlap(),
        sum.attribution(),
        sum.serious
    );
    sum.remarks.iter().for_each(|remark| println!("{remark}"));
    sum
}

#[test]
fn faults_are_found_with_their_participant_and_time() {
    let sum = sum(1..counts().0 + 1, |seed| of_seed(seed, true));
    assert!(
        sum.recall() >= 0.95 && sum.precision() >= 0.9,
        "recall {}, precision {}",
        sum.recall(),
        sum.precision()
    );
    assert!(sum.median_overlap() >= 0.8, "overlap {}", sum.median_overlap());
    assert!(sum.attribution() >= 0.95, "side {}", sum.attribution());
}

#[test]
fn calm_calls_have_nothing_above_info() {
    let calm = sum(1_001..1_001 + counts().1, |seed| of_seed(seed, false));
    assert_eq!(calm.serious, 0);
}

/// From the clients' dumps only, a bridge's fault is found for each participant on it, and nothing else is found.
#[test]
fn bridge_faults_are_found_for_all_affected_participants() {
    let sum = sum(2_001..2_001 + counts().0, with_servers);
    assert!(
        sum.recall() >= 0.95 && sum.precision() >= 0.9,
        "recall {}, precision {}",
        sum.recall(),
        sum.precision()
    );
}
