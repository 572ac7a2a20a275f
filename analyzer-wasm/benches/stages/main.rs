//! `cargo bench -p analyzer-wasm`: throughput in bytes of text per second and memory use of each stage.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it prints figures, and there are none for what could not be read"
)]

mod clock;
mod conference;
mod measure;
mod memory;
mod reading;

use std::process::ExitCode;

use analyzer_wasm::extract::Extract;
use analyzer_wasm::query::ChartColumns;
use analyzer_wasm::report::Participant;
use analyzer_wasm::wire::{ChartMetric, Query};
use analyzer_wasm::workspace::Workspace;
use conference::{Conference, Dump};
use e2e::driver;
use measure::{LEGEND, Table};

const METRICS: [ChartMetric; 3] = [ChartMetric::Rtt, ChartMetric::Loss, ChartMetric::Bitrate];

fn main() -> ExitCode {
    let (options, wanted): (Vec<_>, Vec<_>) =
        std::env::args().skip(1).partition(|word| word.starts_with('-'));
    // Cargo passes this argument for `cargo bench`, but not when it runs all targets as tests.
    if options != ["--bench"] {
        eprintln!("Usage: cargo bench -p analyzer-wasm [-- WORD…]: only the stages with one of the words");
        return if options.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) };
    }
    let conference = Conference::simulated();
    println!("{conference}\n\n{LEGEND}\n");
    let mut table = Table::new(wanted);
    measure(&conference, &mut table);
    if table.rows() == 0 {
        eprintln!("no stage is called that");
        return ExitCode::from(2);
    }
    ExitCode::SUCCESS
}

fn measure(conference: &Conference, table: &mut Table) {
    let all = conference.text_bytes();
    let gz = || -> Vec<&[u8]> { conference.dumps.iter().map(|dump| dump.gz.as_slice()).collect() };
    let text = || -> Vec<&[u8]> { conference.dumps.iter().map(|dump| dump.text.as_slice()).collect() };
    table.stage("decode gz", all, gz, reading::decode);
    table.stage("decode plain", all, text, reading::decode);
    table.stage("read gz", all, gz, reading::read);
    table.stage("read plain", all, text, reading::read);

    let dumps = || -> Vec<&Dump> { conference.dumps.iter().collect() };
    let extract = |dump: &Dump| reading::extract(&dump.name, &dump.gz);
    table.stage("extract gz", all, dumps, extract);
    table.stage("extract plain", all, dumps, |dump| reading::extract(&dump.name, &dump.text));

    let extracts: Vec<Extract> = conference.dumps.iter().map(extract).collect();
    table.stage("to_bytes", all, || extracts.iter().collect(), Extract::to_bytes);
    let sent: Vec<Vec<u8>> = extracts.iter().map(Extract::to_bytes).collect();
    let received = |bytes: &Vec<u8>| Extract::from_bytes(bytes).expect("it was written by this version");
    table.stage("from_bytes", all, || sent.iter().collect(), received);

    table.stage("conclude", all, || vec![driver::gather(extracts.iter().cloned())], concluded);
    let calls = driver::conclude(extracts.iter().cloned());
    assert_eq!(calls.reports().len(), 1, "it is one conference");
    let charts = || -> Vec<ChartColumns> {
        let participants = calls.reports().iter().flat_map(|report| &report.participants);
        let chart = |participant: &Participant, metric| ChartColumns {
            conference: 0,
            participant: participant.key.clone(),
            metric,
        };
        participants.flat_map(|participant| METRICS.map(|metric| chart(participant, metric))).collect()
    };
    table.stage("charts", all, charts, |chart| chart.answer(&calls));

    let largest = conference.largest();
    table.stage("detail gz", largest.text.len() as u64, || vec![largest.gz.as_slice()], reading::detail);
}

fn concluded(mut calls: Workspace) -> Workspace {
    calls.conclude();
    calls
}
