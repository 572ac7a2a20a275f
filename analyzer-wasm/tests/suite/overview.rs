//! What the page is told: overviews, trends, and a load that is taken back.

use analyzer_wasm::report::Direction;
use analyzer_wasm::wire::{ChartMetric, FromWorker, PART_ENTRIES, Part, TREND_BINS, Trend};
use analyzer_wasm::workspace::Workspace;
use e2e::driver;

use crate::support::recorded;

const FILES: [&str; 2] = ["alice.jitsi.ndjson.gz", "bob.jitsi.ndjson.gz"];

fn calls(numbers: [u32; 2]) -> Workspace {
    let files = numbers.into_iter().zip(FILES);
    driver::conclude_numbered(
        files.map(|(number, name)| (number, driver::extract(name, &recorded(name)).unwrap())),
    )
}

#[test]
fn files_keep_the_numbers_of_their_giver() {
    for numbers in [[3, 9], [9, 3]] {
        let [overview] = calls(numbers).overviews().try_into().unwrap();
        assert_eq!(overview.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), FILES);
        assert_eq!(overview.numbers, numbers);
    }
}

#[test]
fn a_long_overview_comes_in_parts_and_is_the_same_together() {
    let [mut whole] = calls([0, 1]).overviews().try_into().unwrap();
    assert!(whole.clone().take_parts().is_empty(), "a short one is told at once");
    whole.participants = whole.participants.iter().cycle().take(2 * PART_ENTRIES + 1).cloned().collect();
    whole.marks = whole.marks.iter().cycle().take(3 * PART_ENTRIES).cloned().collect();
    let mut told = whole.clone();
    let parts = told.take_parts();
    assert!(told.participants.is_empty() && told.marks.is_empty() && !told.findings.is_empty());
    let lengths = parts.iter().map(|part| match part {
        Part::Participants(entries) => entries.len(),
        Part::Marks(entries) => entries.len(),
        other => panic!("{other:?} is short"),
    });
    assert_eq!(
        lengths.collect::<Vec<_>>(),
        [PART_ENTRIES, PART_ENTRIES, 1, PART_ENTRIES, PART_ENTRIES, PART_ENTRIES]
    );
    for part in parts {
        told.join(part);
    }
    assert_eq!(told, whole);
}

#[test]
fn a_forgotten_file_leaves_the_report_as_it_was() {
    let mut calls = calls([3, 9]);
    let alone = driver::calls([(FILES[0], recorded(FILES[0]))]).unwrap();
    calls.forget(&[9, 77]);
    assert_eq!(calls.reports(), alone.reports());
}

#[test]
fn trends_show_where_the_trouble_was() {
    let calls = calls([0, 1]);
    let trends: Vec<f32> = calls.trends().collect();
    assert_eq!(trends.len(), 2 * Trend::ALL.len() * TREND_BINS);
    let bob_loss = &trends[(Trend::ALL.len() + 1) * TREND_BINS..][..TREND_BINS];
    let report = &calls.reports()[0];
    let finding = report.findings.iter().find(|finding| finding.code == "downlink-loss").unwrap();
    let start = report.conference.start_ms.unwrap();
    let bin_ms = report.conference.duration_ms.unwrap() / TREND_BINS as f64;
    let middle = (f64::midpoint(finding.from_ms, finding.to_ms) - start) / bin_ms;
    assert!(bob_loss[middle as usize] > 0.02, "{bob_loss:?}");
    assert!(bob_loss[2..8].iter().all(|loss| *loss < 0.01), "{bob_loss:?}");
}

#[test]
fn chart_lines_say_whose_stream_they_are() {
    let calls = calls([0, 1]);
    for metric in [ChartMetric::Jitter, ChartMetric::Fps, ChartMetric::Concealment, ChartMetric::Freeze] {
        let lines = calls.chart(0, "bbbbbbbb", metric);
        assert!(!lines.is_empty(), "{metric:?}");
        for line in &lines {
            let stream = line.line.stream.as_ref().unwrap();
            assert!(stream.kind.is_some() && stream.ssrc.is_some());
        }
    }
    let limited = calls.chart(0, "bbbbbbbb", ChartMetric::Limited);
    assert!(limited.iter().any(|line| line.line.facet.as_deref() == Some("bandwidth")));
    let shares = limited.iter().flat_map(|line| &line.values).filter(|share| !share.is_nan());
    assert!(shares.into_iter().all(|share| (0.0..=1.0).contains(share)));
    assert!(calls.chart(0, "nobody", ChartMetric::Rtt).is_empty());
    assert!(calls.connections(0, "bbbbbbbb").len() == 1 && calls.connections(7, "bbbbbbbb").is_empty());
}

#[test]
fn received_streams_say_who_sent_them_and_charts_when_it_counts() {
    let calls = calls([0, 1]);
    let [connection] = calls.connections(0, "bbbbbbbb").try_into().unwrap();
    for stream in &connection.streams {
        let sender = (stream.direction == Direction::Inbound).then_some("aaaaaaaa");
        assert_eq!(stream.sender.as_deref(), sender, "{stream:?}");
    }
    let [overview] = calls.overviews().try_into().unwrap();
    let loss = overview.limits.iter().find(|limit| limit.code == "downlink-loss").unwrap();
    assert!(loss.warning < loss.critical && overview.rules.contains(&loss.code));
}

#[test]
fn what_the_page_is_told_survives_the_way() {
    let calls = calls([0, 1]);
    let overview = FromWorker::Overview { request: 7, conferences: calls.overviews() };
    let connections = FromWorker::Connections { request: 8, connections: calls.connections(0, "bbbbbbbb") };
    for message in [overview, connections] {
        let bytes = postcard::to_stdvec(&message).unwrap();
        assert_eq!(postcard::from_bytes::<FromWorker>(&bytes).unwrap(), message);
    }
}
