//! Queries as they cross between the page and a worker: encoded, answered by tag, and decoded.

use analyzer_wasm::query::{
    self, ChartColumns, ConferenceOverviews, Connections, FieldColumns, FieldSearch, LogSearch, OpenDetail,
    Overviews, ReportJson, Sources,
};
use analyzer_wasm::report::LogQuery;
use analyzer_wasm::wire::{
    Answer, ChartMetric, FromWorker, PART_ENTRIES, Payload, Query, Refusal, Request, Response,
    ResponseContent, Tagged, ToWorker, decode, encode,
};
use e2e::driver;

use crate::support::recorded;

const FILE: &str = "bob.jitsi.ndjson.gz";
const KEY: &str = "bbbbbbbb";

/// A worker that has a call and a file's fields.
fn sources() -> Sources {
    let workspace = driver::workspace([(FILE, recorded(FILE))]).unwrap();
    let detail = driver::detail(&recorded(FILE)).unwrap();
    Sources { workspace, detail: Some(OpenDetail { detail, offset_ms: 500.0 }) }
}

/// Encodes a query, has it answered and decodes the answer: as the page does, without a worker between.
fn cross<Q: Query>(query: &Q, sources: &Sources) -> Q::Answer {
    let encoded = query::answer(Q::TAG, &encode(query), sources).unwrap();
    let mut answer: Q::Answer = decode(&encoded.rest).unwrap();
    for part in &encoded.parts {
        answer.join(decode(part).unwrap());
    }
    assert!(answer.restore_payload(&encoded.payload), "{query:?}: the payload fits");
    answer
}

fn log_search() -> LogSearch {
    LogSearch { conference: 0, filter: LogQuery { limit: 20, ..LogQuery::default() } }
}

fn chart_columns() -> ChartColumns {
    ChartColumns { conference: 0, participant: KEY.to_owned(), metric: ChartMetric::Loss }
}

fn field_search() -> FieldSearch {
    FieldSearch { file: 0, words: "jitter".to_owned(), limit: 5 }
}

#[test]
fn every_answer_arrives_as_it_was_computed() {
    let sources = sources();
    let (workspace, detail) = (&sources.workspace, sources.detail.as_ref().unwrap());

    // NaN, which is no data, equals nothing.
    let bits =
        |overviews: &ConferenceOverviews| overviews.trends.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
    let (here, there) = (Overviews.answer(workspace), cross(&Overviews, &sources));
    assert_eq!((&here.conferences, bits(&here)), (&there.conferences, bits(&there)));
    assert!(!here.conferences.is_empty() && !here.trends.is_empty());

    let connections = Connections { conference: 0, participant: KEY.to_owned() };
    assert_eq!(cross(&connections, &sources), connections.answer(workspace));
    assert!(!connections.answer(workspace).is_empty());

    let (here, there) = (chart_columns().answer(workspace), cross(&chart_columns(), &sources));
    let bits = |numbers: &[f64]| numbers.iter().map(|number| number.to_bits()).collect::<Vec<_>>();
    assert_eq!((&here.lines, bits(&here.numbers)), (&there.lines, bits(&there.numbers)));
    assert!(!here.lines.is_empty());

    assert_eq!(cross(&log_search(), &sources), log_search().answer(workspace));

    let found = cross(&field_search(), &sources);
    assert_eq!(found, field_search().answer(detail));
    let columns = FieldColumns { file: 0, fields: vec![found.matches[0].field] };
    let (here, there) = (columns.answer(detail), cross(&columns, &sources));
    assert_eq!((&here.lines, bits(&here.numbers)), (&there.lines, bits(&there.numbers)));
    assert_eq!(here.lines.len(), 1);
}

#[test]
fn the_report_text_is_only_in_the_payload() {
    let sources = sources();
    let encoded = query::answer(ReportJson::TAG, &encode(&ReportJson), &sources).unwrap();
    assert!(encoded.rest.is_empty() && encoded.parts.is_empty());
    assert_eq!(encoded.payload, Payload::Bytes(ReportJson.answer(&sources.workspace).text.into_bytes()));
}

#[test]
fn a_long_answer_crosses_in_parts() {
    let mut whole = Overviews.answer(&sources().workspace);
    let conference = &mut whole.conferences[0];
    conference.participants =
        conference.participants.iter().cycle().take(3 * PART_ENTRIES).cloned().collect();
    let expected = conference.participants.clone();
    let parts = whole.take_parts();
    assert_eq!((parts.len(), whole.conferences[0].participants.len()), (3, 0));
    for part in parts {
        whole.join(decode(&encode(&part)).unwrap());
    }
    assert_eq!(whole.conferences[0].participants, expected);
}

#[test]
fn a_payload_that_does_not_fit_is_refused() {
    let mut chart = chart_columns().answer(&sources().workspace);
    assert!(!chart.restore_payload(&Payload::F64(vec![0.0])));
    assert!(!chart.restore_payload(&Payload::None));
}

#[test]
fn a_worker_refuses_what_it_cannot_answer() {
    let sources = Sources { detail: None, ..sources() };
    let refusal = |tag, query: &[u8]| query::answer(tag, query, &sources).unwrap_err();
    assert_eq!(refusal(u8::MAX, &[]), Refusal::UnknownTag);
    assert_eq!(refusal(ChartColumns::TAG, &[0xff]), Refusal::Malformed);
    assert_eq!(refusal(FieldSearch::TAG, &encode(&field_search())), Refusal::NoSource);
}

#[test]
fn queries_name_the_worker_that_answers_them() {
    assert_eq!((Overviews.file(), ReportJson.file(), chart_columns().file()), (None, None, None));
    assert_eq!(log_search().file(), None);
    assert_eq!(FieldSearch { file: 7, ..field_search() }.file(), Some(7));
    assert_eq!(FieldColumns { file: 8, fields: vec![] }.file(), Some(8));
}

#[test]
fn the_heads_of_messages_survive_encoding() {
    let request = ToWorker::Request(Request { id: 300, tag: LogSearch::TAG });
    assert_eq!(decode::<ToWorker>(&encode(&request)), Some(request));
    for content in
        [ResponseContent::Part, ResponseContent::Answer, ResponseContent::Refused(Refusal::UnknownTag)]
    {
        let response = FromWorker::Response(Response { tag: LogSearch::TAG, content, id: 300 });
        assert_eq!(decode::<FromWorker>(&encode(&response)), Some(response));
    }
    assert_eq!(decode::<ToWorker>(&[0xee]), None);
}
