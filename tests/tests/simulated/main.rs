//! Reports of simulated calls, compared with the truth of the simulation. Many calls: run in a release build.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod activity;
mod clocks;
mod identities;
mod judgement;
mod sample;
mod servers;
