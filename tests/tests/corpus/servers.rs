//! Real dumps of servers, compared with the known course of those calls.

use analyzer_wasm::catalog::Quantity;
use analyzer_wasm::extract::Extract;
use analyzer_wasm::report::{Participant, Report};
use e2e::report_content::report_content;
use e2e::{corpus, corpus_tests, difference, driver};

corpus_tests![
    a_focus_gives_joins_and_leaves,
    without_the_log_the_state_gives_leaves,
    a_bridge_gives_its_endpoints,
    a_gateway_is_a_server_and_no_participant,
    any_chunking_gives_the_same_extract_of_a_server,
    a_bridges_hour_takes_little_room,
    a_dump_in_parts_gives_the_report_of_the_whole,
];

fn dump(name: &str) -> Vec<u8> {
    corpus::dump(name).unwrap()
}

fn extract(name: &str, bytes: &[u8], chunk: usize) -> Extract {
    driver::extract_in(name, bytes, chunk).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn report(name: &str, bytes: &[u8]) -> Report {
    driver::report([(name, bytes)]).unwrap_or_else(|error| panic!("{name}: {error:#}"))
}

fn person<'a>(report: &'a Report, key: &str) -> &'a Participant {
    report.participants.iter().find(|person| person.key == key).unwrap_or_else(|| panic!("no {key}"))
}

/// 2024-02-11 00:00:00 UTC.
const DAY_MS: f64 = 1_707_609_600_000.0;

/// `17:06:41.807` of that day.
fn clock(at_ms: f64) -> String {
    let ms = (at_ms - DAY_MS) as u64;
    format!("{:02}:{:02}:{:02}.{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60, ms % 1_000)
}

fn a_focus_gives_joins_and_leaves() {
    let bytes = dump("jicofo-sample");
    let report = report("jicofo-sample", &bytes);
    let mut stays: Vec<(String, String, String)> = report
        .participants
        .iter()
        .map(|person| {
            let [stay] = person.presences.as_slice() else { panic!("one presence of {}", person.key) };
            (clock(stay.from_ms), person.key.clone(), clock(stay.to_ms))
        })
        .collect();
    stays.sort();
    let end = clock(report.conference.end_ms.unwrap());
    let expect = [
        ("17:05:58.584", "577d9e62", end.as_str()),
        ("17:05:58.751", "a383a707", &end),
        ("17:06:41.807", "a83f0d00", &end),
        ("17:08:48.103", "700b2e5a", "18:18:42.556"),
        ("17:34:05.915", "d3f6943d", "18:28:02.708"),
    ];
    assert_eq!(stays, expect.map(|(from, key, to)| (from.into(), key.into(), to.into())));
    assert_eq!((report.conference.peak_participants, report.conference.participant_count), (5, 5));
    let left: Vec<&str> = report
        .events
        .iter()
        .filter(|event| event.subtype == "leave")
        .filter_map(|event| event.participant.as_deref())
        .collect();
    assert_eq!(left, ["700b2e5a", "d3f6943d"]);
    assert!(report.files[0].problems.is_empty(), "{:?}", report.files[0].problems);
    assert!(report.participants.iter().all(|person| !person.has_dump && person.network.rtt_ms.is_none()));
    let focus = report.servers.iter().find(|server| server.kind == "jicofo").unwrap();
    assert_eq!((focus.polls, focus.peak_people), (550, Some(5.0)));
    let bridge = report.servers.iter().find(|server| server.kind == "jvb").unwrap();
    assert!(!bridge.has_dump && bridge.version.is_some() && bridge.healthy == Some(true));
    assert!((bridge.stress.unwrap().max - 0.829_856_641_346_790_5).abs() < 1e-9);
    let overloads = report.events.iter().filter(|event| event.subtype == "bridge_overloaded").count();
    assert_eq!(overloads, 7);
}

/// The same dump without its log: polls alone give the leaves, with the accuracy of their period.
fn without_the_log_the_state_gives_leaves() {
    let bytes = dump("jicofo-sample");
    let text = String::from_utf8(bytes).unwrap();
    let without: Vec<&str> = text.lines().filter(|line| !line.contains(r#""[\"logs\""#)).collect();
    assert_eq!(text.lines().count() - without.len(), 8);
    let report = report("jicofo-sample", without.join("\n").as_bytes());
    for (key, left) in [("700b2e5a", "18:18:47.408"), ("d3f6943d", "18:28:07.410")] {
        assert_eq!(clock(person(&report, key).presences[0].to_ms), left);
    }
    assert_eq!(report.conference.peak_participants, 5);
    assert!(report.files[0].problems.is_empty(), "{:?}", report.files[0].problems);
}

fn a_bridge_gives_its_endpoints() {
    let bytes = dump("jvb-sample");
    let whole = extract("jvb-sample", &bytes, usize::MAX);
    let server = whole.server.as_ref().unwrap();
    assert_eq!((server.polls, server.endpoints.len(), server.peak_endpoints), (727, 2, Some(2)));
    let first = server.endpoints.iter().position(|endpoint| endpoint.id == "92aac468").unwrap();
    let column = server
        .timeline
        .columns()
        .iter()
        .find(|column| {
            column.quantity == Quantity::RoundTripTime && column.stream == u32::try_from(first).ok()
        })
        .unwrap();
    let series: Vec<f64> =
        server.timeline.points(column).map(|(_, value)| value).filter(|value| !value.is_nan()).collect();
    assert!((series[0] - 18.508_815).abs() < 1e-5, "{series:?}");
    assert_eq!(series.len(), 3, "it was measured three times, until media stopped: {series:?}");
    let report = report("jvb-sample", &bytes);
    assert_eq!(report.conference.participant_count, 2);
    assert_eq!((report.conference.duration_ms.unwrap() / 60_000.0) as u64, 60);
    let lottie = person(&report, "92aac468");
    assert_eq!(lottie.stats_id.as_deref().map(|id| id.split('-').count()), Some(2), "a generated id");
    let bridge = lottie.bridge.as_ref().unwrap();
    assert_eq!((bridge.polls, bridge.ice_state.as_deref()), (727, Some("connected")));
    assert_eq!(bridge.dtls_state.as_deref(), Some("connected"));
    assert_eq!((bridge.oversending_ms, bridge.suspended_ms), (Some(0.0), Some(0.0)));
    let jitter = bridge.jitter_up_ms.unwrap().mean;
    assert!(
        (jitter - f64::midpoint(2.098_932_239_098_943_8, 17.272_357_363_077_09)).abs() < 1e-9,
        "{jitter}"
    );
    // The bridge calls her dominant for an hour, but audio came in the first five seconds only.
    assert_eq!(lottie.activity.speaking_ms, Some(5_004.0));
    assert!(
        report.files[0].problems.iter().all(|problem| problem.count == 0),
        "{:?}",
        report.files[0].problems
    );
}

fn a_gateway_is_a_server_and_no_participant() {
    let bytes = dump("jigasi-sample");
    let report = report("jigasi-sample", &bytes);
    assert_eq!((report.participants.len(), report.servers.len()), (0, 1));
    assert_eq!((report.servers[0].kind.as_str(), report.servers[0].has_dump), ("jigasi", true));
}

fn any_chunking_gives_the_same_extract_of_a_server() {
    for name in ["jvb-sample", "jicofo-sample", "jigasi-sample"] {
        let bytes = dump(name);
        let whole = extract(name, &bytes, usize::MAX).to_bytes();
        for chunk in [7, 4096] {
            assert!(extract(name, &bytes, chunk).to_bytes() == whole, "{name} in chunks of {chunk}");
        }
    }
}

fn a_bridges_hour_takes_little_room() {
    let bytes = dump("jvb-sample");
    let size = extract("jvb-sample", &bytes, usize::MAX).to_bytes().len();
    assert!(size < 400_000, "{size} bytes");
}

/// A pusher whose connection drops continues in another file, without identity and full state: the files together give
/// exactly the report of one file.
fn a_dump_in_parts_gives_the_report_of_the_whole() {
    const ID: &str = "59c86272-03ea-42e9-a62d-1c8a272e8ab0";
    for (name, cuts) in [
        ("jvb-sample", [vec![40], vec![365], vec![700], vec![9, 11], vec![100, 500]]),
        // Line 447 shows that an endpoint left, the log after it which one.
        ("jicofo-sample", [vec![40], vec![447], vec![448], vec![30, 31], vec![200, 440]]),
    ] {
        let bytes = dump(name);
        let text = String::from_utf8(bytes).unwrap();
        // Identities are repeated at each join; a later part has none.
        let lines: Vec<&str> = text.lines().collect();
        let is_identity = |line: &str| line.contains(r#""type":"identity""#);
        for cuts in cuts {
            let kept: Vec<(usize, &str)> = lines
                .iter()
                .enumerate()
                .filter(|(at, line)| *at < cuts[0] || !is_identity(line))
                .map(|(at, line)| (at, *line))
                .collect();
            let part = |number: usize| {
                let from = number.checked_sub(1).map_or(0, |before| cuts[before]);
                let to = cuts.get(number).copied().unwrap_or(usize::MAX);
                let of_part = kept.iter().filter(|(at, _)| (from..to).contains(at)).map(|(_, line)| *line);
                let suffix = if number == 0 { String::new() } else { format!("_{number}") };
                (format!("{ID}{suffix}.gz"), of_part.collect::<Vec<&str>>().join("\n"))
            };
            let parts: Vec<(String, String)> = (0..=cuts.len()).map(part).collect();
            let whole: Vec<&str> = kept.iter().map(|(_, line)| *line).collect();
            let expect = report(name, whole.join("\n").as_bytes());
            let found = driver::report(parts.iter().rev().map(|(name, text)| (name, text))).unwrap();
            let places = difference::between(&report_content(&found), &report_content(&expect));
            assert!(places.is_empty(), "{name} cut at {cuts:?}: {places:#?}");
            assert!(
                found.files.iter().all(|file| file.problems.is_empty()),
                "{name} {cuts:?}: {:?}",
                found.files
            );
            assert_eq!(found.files.len(), parts.len());
        }
    }
}
