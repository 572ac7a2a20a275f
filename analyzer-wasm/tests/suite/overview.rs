//! The overview queries: overviews, their parts, trends, charts and connections, and a load that is cancelled.

use analyzer_wasm::query::{Chart, ChartColumns, ConferenceOverviews, Connections, Overviews};
use analyzer_wasm::report::{Connection, Direction};
use analyzer_wasm::wire::{ChartMetric, Overview, OverviewPart, PART_ENTRIES, Query, TREND_BINS, Trend};
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

fn overview(calls: &Workspace) -> Overview {
    let ConferenceOverviews { mut conferences, .. } = Overviews.answer(calls);
    assert_eq!(conferences.len(), 1);
    conferences.remove(0)
}

fn chart(calls: &Workspace, participant: &str, metric: ChartMetric) -> Chart {
    ChartColumns { conference: 0, participant: participant.to_owned(), metric }.answer(calls)
}

fn connections(calls: &Workspace, conference: usize) -> Vec<Connection> {
    Connections { conference, participant: "bbbbbbbb".to_owned() }.answer(calls)
}

#[test]
fn files_keep_the_numbers_that_the_page_gave_them() {
    for numbers in [[3, 9], [9, 3]] {
        let overview = overview(&calls(numbers));
        assert_eq!(overview.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), FILES);
        assert_eq!(overview.numbers, numbers);
    }
}

#[test]
fn a_long_overview_is_divided_into_parts_and_joined_again() {
    let mut whole = overview(&calls([0, 1]));
    assert!(whole.clone().take_parts().is_empty(), "a short one is not divided");
    whole.participants = whole.participants.iter().cycle().take(2 * PART_ENTRIES + 1).cloned().collect();
    whole.marks = whole.marks.iter().cycle().take(3 * PART_ENTRIES).cloned().collect();
    let mut joined = whole.clone();
    let parts = joined.take_parts();
    assert!(joined.participants.is_empty() && joined.marks.is_empty() && !joined.findings.is_empty());
    let lengths = parts.iter().map(|part| match part {
        OverviewPart::Participants(entries) => entries.len(),
        OverviewPart::Marks(entries) => entries.len(),
        other => panic!("{other:?} is short"),
    });
    assert_eq!(
        lengths.collect::<Vec<_>>(),
        [PART_ENTRIES, PART_ENTRIES, 1, PART_ENTRIES, PART_ENTRIES, PART_ENTRIES]
    );
    for part in parts {
        joined.join(part);
    }
    assert_eq!(joined, whole);
}

#[test]
fn a_forgotten_file_leaves_the_report_as_it_was() {
    let mut calls = calls([3, 9]);
    let alone = driver::workspace([(FILES[0], recorded(FILES[0]))]).unwrap();
    calls.forget(&[9, 77]);
    assert_eq!(calls.reports(), alone.reports());
}

#[test]
fn a_trend_shows_loss_at_the_time_of_its_finding() {
    let calls = calls([0, 1]);
    let trends = Overviews.answer(&calls).trends;
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
fn chart_lines_name_their_stream() {
    let calls = calls([0, 1]);
    for metric in [ChartMetric::Jitter, ChartMetric::Fps, ChartMetric::Concealment, ChartMetric::Freeze] {
        let chart = chart(&calls, "bbbbbbbb", metric);
        assert!(!chart.lines.is_empty(), "{metric:?}");
        for line in &chart.lines {
            let stream = line.stream.as_ref().unwrap();
            assert!(stream.kind.is_some() && stream.ssrc.is_some());
        }
    }
    let limited = chart(&calls, "bbbbbbbb", ChartMetric::Limited);
    assert!(limited.lines.iter().any(|line| line.facet.as_deref() == Some("bandwidth")));
    for index in 0..limited.lines.len() {
        let (_, _, shares) = limited.line(index).unwrap();
        assert!(shares.iter().filter(|share| !share.is_nan()).all(|share| (0.0..=1.0).contains(share)));
    }
    assert!(chart(&calls, "unknown", ChartMetric::Rtt).lines.is_empty());
    assert!(connections(&calls, 0).len() == 1 && connections(&calls, 7).is_empty());
}

#[test]
fn received_streams_name_their_sender_and_overviews_the_thresholds() {
    let calls = calls([0, 1]);
    for stream in &connections(&calls, 0)[0].streams {
        let sender = (stream.direction == Direction::Inbound).then_some("aaaaaaaa");
        assert_eq!(stream.sender.as_deref(), sender, "{stream:?}");
    }
    let overview = overview(&calls);
    let loss = overview.limits.iter().find(|limit| limit.code == "downlink-loss").unwrap();
    assert!(loss.warning < loss.critical && overview.rules.contains(&loss.code));
}
