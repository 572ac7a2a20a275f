//! Framings give the same units for every chunking of the text, and keep their limits.

use analyzer_wasm::input::framing::{JsonDocument, JsonTokenKind, LogRecords};
use analyzer_wasm::input::logs::starts_record;
use analyzer_wasm::limits::{MAX_JSON_DEPTH, MAX_JSON_TOKEN_BYTES, MAX_RECORD_BYTES};
use analyzer_wasm::problems::ProblemKind;
use proptest::prelude::*;
use serde_json::Value;

type Token = (JsonTokenKind, Vec<u8>, u64, bool);

/// The tokens of a text, and what ended them.
fn tokens(text: &[u8], chunk: usize) -> (Vec<Token>, Result<(), ProblemKind>) {
    let (mut document, mut tokens) = (JsonDocument::default(), Vec::new());
    let mut outcome = Ok(());
    let mut take = |token: analyzer_wasm::input::framing::JsonToken<'_>| {
        tokens.push((token.kind, token.text.to_vec(), token.line, token.too_long));
    };
    for part in text.chunks(chunk.max(1)) {
        outcome = outcome.and(document.push(part, &mut take));
    }
    outcome = outcome.and(document.finish(&mut take));
    (tokens, outcome)
}

/// The value that the tokens describe.
fn value(tokens: &mut impl Iterator<Item = Token>, (kind, text, ..): Token) -> Value {
    match kind {
        JsonTokenKind::ObjectStart => {
            let mut members = serde_json::Map::new();
            while let Some((JsonTokenKind::Key, key, ..)) = tokens.next() {
                let token = tokens.next().unwrap();
                members.insert(decoded(&key), value(tokens, token));
            }
            Value::Object(members)
        }
        JsonTokenKind::ArrayStart => {
            let mut items = Vec::new();
            while let Some(token) = tokens.next().filter(|token| token.0 != JsonTokenKind::ArrayEnd) {
                items.push(value(tokens, token));
            }
            Value::Array(items)
        }
        JsonTokenKind::String => Value::String(decoded(&text)),
        JsonTokenKind::Scalar => serde_json::from_slice(&text).unwrap(),
        JsonTokenKind::ObjectEnd | JsonTokenKind::ArrayEnd | JsonTokenKind::Key => {
            panic!("{kind:?} is no value")
        }
    }
}

fn decoded(raw: &[u8]) -> String {
    serde_json::from_slice(&[b"\"", raw, b"\""].concat()).unwrap()
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e300..1e300).prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(".{0,6}", inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn a_document_is_what_serde_reads(document in json(), pretty in any::<bool>(), chunk in 1_usize..20) {
        let text = if pretty { serde_json::to_vec_pretty(&document) } else { serde_json::to_vec(&document) }.unwrap();
        let (found, outcome) = tokens(&text, chunk);
        prop_assert_eq!(outcome, Ok(()));
        let mut found = found.into_iter();
        let first = found.next().unwrap();
        prop_assert_eq!(value(&mut found, first), document);
        prop_assert_eq!(found.next(), None);
    }

    #[test]
    fn any_text_gives_the_same_tokens_in_any_chunks(text in r#"[\[\]{}",:\\ \n0-9eE.+truefalsn-]{0,60}"#, chunk in 1_usize..8) {
        prop_assert_eq!(tokens(text.as_bytes(), chunk), tokens(text.as_bytes(), usize::MAX));
    }

    #[test]
    fn records_do_not_depend_on_chunks(
        lines in prop::collection::vec(prop_oneof![
            Just("JVB 2024-03-06 03:50:59.501 INFO: [14] A.b#1: x"), Just("\tat x"), Just(""), Just("Caused by: y"),
        ], 0..12),
        crlf in any::<bool>(),
        chunk in 1_usize..50,
    ) {
        let text = lines.join(if crlf { "\r\n" } else { "\n" });
        let found = records(text.as_bytes(), chunk);
        prop_assert_eq!(&found, &records(text.as_bytes(), usize::MAX));
        // Every line is in one record, and only first lines start one.
        let total: u64 = found.iter().map(|(_, lines, ..)| lines).sum();
        prop_assert_eq!(total, text.lines().count() as u64);
        for (number, (_, _, record, _)) in found.iter().enumerate() {
            let starts = record.lines().map(|line| starts_record(line.as_bytes()));
            prop_assert!(starts.enumerate().all(|(at, starts)| starts == (at == 0) || (number == 0 && at == 0)));
        }
    }
}

#[test]
fn damage_is_named() {
    for (text, expect) in [
        ("", Err(ProblemKind::TornDocument)),
        ("{\"a\":1", Err(ProblemKind::TornDocument)),
        ("[\"a", Err(ProblemKind::TornDocument)),
        ("[1 2]", Err(ProblemKind::BadDocument)),
        ("[1,]", Err(ProblemKind::BadDocument)),
        ("{\"a\" 1}", Err(ProblemKind::BadDocument)),
        ("[01]", Err(ProblemKind::BadDocument)),
        ("[nul]", Err(ProblemKind::BadDocument)),
        ("[\"a\nb\"]", Err(ProblemKind::BadDocument)),
        ("{} {}", Err(ProblemKind::BadDocument)),
        ("[}", Err(ProblemKind::BadDocument)),
        (" {} \n", Ok(())),
        ("12", Ok(())),
    ] {
        assert_eq!(tokens(text.as_bytes(), 1).1, expect, "{text}");
    }
    let deep = "[".repeat(MAX_JSON_DEPTH + 1);
    assert_eq!(tokens(deep.as_bytes(), 7).1, Err(ProblemKind::BadDocument));
}

#[test]
fn a_token_beyond_the_limit_is_left_out() {
    let long = "x".repeat(MAX_JSON_TOKEN_BYTES + 1);
    let text = format!("{{\"a\":\"{long}\",\n\"b\":2}}");
    for chunk in [1 << 20, usize::MAX] {
        let (found, outcome) = tokens(text.as_bytes(), chunk);
        assert_eq!(outcome, Ok(()));
        assert_eq!(found[2], (JsonTokenKind::String, vec![], 1, true));
        assert_eq!(found[3], (JsonTokenKind::Key, b"b".to_vec(), 2, false));
    }
}

/// The records of a log: first line, number of lines, text, and whether some were left out.
fn records(text: &[u8], chunk: usize) -> Vec<(u64, u64, String, bool)> {
    let (mut framing, mut records) = (LogRecords::new(starts_record), Vec::new());
    let mut take = |record: analyzer_wasm::input::framing::LogRecord<'_>| {
        let text = String::from_utf8_lossy(record.text).into_owned();
        records.push((record.line, record.lines, text, record.too_long));
    };
    text.chunks(chunk.max(1)).for_each(|part| framing.push(part, &mut take));
    framing.finish(&mut take);
    records
}

#[test]
fn a_stack_trace_belongs_to_the_record_before_it() {
    let head = "JVB 2024-03-06 03:50:59.501 SEVERE: [14] A.b#1: failed";
    let text = format!("torn line\n{head}\njava.io.IOException: x\n\tat y\n{head}\n");
    assert_eq!(
        records(text.as_bytes(), 5),
        [
            (1, 1, "torn line".to_owned(), false),
            (2, 3, format!("{head}\njava.io.IOException: x\n\tat y"), false),
            (5, 1, head.to_owned(), false),
        ]
    );
}

#[test]
fn a_record_beyond_the_limit_keeps_its_beginning() {
    let head = "JVB 2024-03-06 03:50:59.501 SEVERE: [14] A.b#1: failed";
    let text = format!("{head}\n{}\n\tat y\n{head}\n", "x".repeat(MAX_RECORD_BYTES));
    let found = records(text.as_bytes(), 1 << 16);
    assert_eq!((found[0].1, found[0].3, found[0].2.trim_end()), (3, true, head));
    assert_eq!(found[1], (4, 1, head.to_owned(), false));
}
