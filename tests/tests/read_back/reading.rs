//! Counters and identities in reports equal those of the model.

use analyzer_wasm::report::{self, ProblemSeverity, Report};
use e2e::driver;
use simulator::{Call, Direction, Dump, Form, Scenario, simulate};

use crate::short;

/// The report of these dumps.
fn report<'a>(dumps: impl IntoIterator<Item = &'a Dump>) -> Report {
    driver::report(dumps.into_iter().map(|dump| (&dump.name, &dump.bytes))).unwrap()
}

fn calls() -> impl Iterator<Item = (Scenario, Call)> {
    let wishes =
        [(1, 2, true, Some(1_000)), (2, 3, true, None), (3, 7, true, Some(5_000)), (4, 12, false, None)];
    wishes.into_iter().map(|(seed, people, faulty, poll_ms)| {
        let scenario = short(seed, people, faulty, poll_ms);
        let call = simulate(&scenario, Form::Gzip);
        (scenario, call)
    })
}

#[test]
fn every_stream_has_the_packets_that_were_counted() {
    for (scenario, call) in calls() {
        let mut compared = 0;
        for dump in &call.dumps {
            let report = report([dump]);
            let [person] = report.participants.as_slice() else { panic!("{}: not one person", dump.name) };
            let media = person.connections.iter().max_by_key(|connection| connection.streams.len()).unwrap();
            for counted in &dump.counted {
                let direction = match counted.direction {
                    Direction::Inbound => report::Direction::Inbound,
                    Direction::Outbound => report::Direction::Outbound,
                };
                let is_it = |stream: &&report::Stream| {
                    stream.direction == direction && stream.ssrc == Some(counted.ssrc)
                };
                let stream = media.streams.iter().find(is_it).unwrap_or_else(|| panic!("no {counted:?}"));
                let read = (stream.packets as i64, stream.packets_lost as i64);
                assert_eq!(read, (counted.packets, counted.lost), "{} {counted:?}", dump.name);
                compared += 1;
            }
        }
        assert!(compared > 2 * scenario.people.len(), "{compared}");
    }
}

#[test]
fn nothing_is_lost_in_reading() {
    for (scenario, call) in calls() {
        let whole = report(&call.dumps);
        assert_eq!(whole.files.len(), call.dumps.len());
        for file in &whole.files {
            let bad = |problem: &&report::Problem| {
                problem.severity == ProblemSeverity::DataLoss || problem.kind == "partial-report"
            };
            assert_eq!(file.problems.iter().find(bad), None, "{}", file.name);
        }
        assert_eq!(whole.conference.meeting_id.as_ref(), Some(&scenario.meeting_id));
    }
}

#[test]
fn identities_of_a_dump_are_those_of_its_participant() {
    for (_, call) in calls() {
        for dump in &call.dumps {
            let report = report([dump]);
            let [person] = report.participants.as_slice() else { panic!("{}: not one person", dump.name) };
            let truth = &call.truth.people[dump.person];
            let presence = truth.presences.iter().find(|presence| presence.file == dump.name).unwrap();
            assert_eq!(person.stats_id.as_ref(), Some(&truth.stats_id));
            assert_eq!(person.endpoint_ids, std::slice::from_ref(&presence.endpoint_id));
            assert_eq!(person.client.app_version.as_deref(), Some("01daa07c"));
            assert_eq!(person.client.browser_version.as_deref(), Some("156.0.0.0"));
            assert_eq!(person.presences[0].session_id.as_ref(), Some(&presence.session_id));
            let begins_ms =
                person.presences[0].from_ms - person.clock.offset_ms + truth.clock_offset_ms as f64;
            assert!((begins_ms - presence.from_ms as f64).abs() < 1_000.0, "{begins_ms} {presence:?}");
        }
    }
}

/// On every way through the bridge no more arrives or is missed than was sent.
#[test]
fn no_packet_comes_from_nowhere() {
    let scenario = short(21, 4, true, Some(1_000));
    let call = simulate(&scenario, Form::Plain);
    let sent: i64 = rows(&call, Direction::Outbound).map(|(packets, _)| packets).sum();
    let came: i64 = rows(&call, Direction::Inbound).map(|(packets, lost)| packets + lost).sum();
    assert!(0 < came && came <= 3 * sent, "{came} of {sent} to three each");
    assert!(rows(&call, Direction::Outbound).all(|(packets, lost)| 0 <= lost && lost <= packets));
}

fn rows(call: &Call, direction: Direction) -> impl Iterator<Item = (i64, i64)> {
    let counted = call.dumps.iter().flat_map(|dump| &dump.counted);
    counted.filter(move |row| row.direction == direction).map(|row| (row.packets, row.lost))
}
