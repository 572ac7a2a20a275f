//! Values that the analyzer reads from simulated dumps equal the counters of the model.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod delta;
mod parts;
mod reading;

use simulator::{Scenario, ScenarioOptions};

/// A call of four minutes; without `poll_ms` the seed decides how often each client polls.
fn short(seed: u64, people: usize, faulty: bool, poll_ms: Option<u64>) -> Scenario {
    Scenario::from_options(&ScenarioOptions { seed, people, faulty, duration_ms: 240_000, poll_ms })
}
