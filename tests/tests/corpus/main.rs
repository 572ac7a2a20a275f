//! Reports of real dumps, compared with the results of the server that stored them and with manual counts.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod clients;
#[path = "../damaged_lines/mod.rs"]
mod damaged_lines;
mod events;
mod lines;
mod reports;
mod rtcstats_server;
mod servers;

use std::process::ExitCode;

use e2e::corpus;

fn main() -> ExitCode {
    let modules = [
        ("clients", clients::TESTS),
        ("events", events::TESTS),
        ("lines", lines::TESTS),
        ("reports", reports::TESTS),
        ("rtcstats_server", rtcstats_server::TESTS),
        ("servers", servers::TESTS),
    ];
    let tests = modules
        .into_iter()
        .flat_map(|(module, tests)| tests.iter().map(move |(name, test)| (module, *name, *test)));
    corpus::run(tests)
}
