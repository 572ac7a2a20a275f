//! The detail view: every field, every description, the lines themselves.

use analyzer_wasm::detail::DetailReader;

use crate::support::{Dump, recorded};

#[test]
fn every_numeric_field_is_a_column() {
    let mut dump = Dump::new();
    dump.poll(r#""S":{T,"type":"media-source","kind":"video","frames":5,"strange":1.5}"#, 0)
        .poll(r#""S":{T,"frames":30}"#, 1_000)
        .poll("", 2_000)
        .poll(r#""S":{T,"frames":60}"#, 3_000);
    let mut reader = DetailReader::default();
    reader.push(dump.bytes());
    let detail = reader.finish().unwrap();
    let points = |field: &str| -> Vec<(f64, f64)> {
        let column = detail.columns.iter().find(|column| column.field == field).unwrap();
        assert_eq!((column.report.as_str(), column.kind), ("S", "media-source"));
        column.points(&detail.polls[column.polls]).map(|(at, value)| (at - 1.7e12, value)).collect()
    };
    assert_eq!(points("frames"), [(0.0, 5.0), (1_000.0, 30.0), (3_000.0, 60.0)]);
    assert_eq!(points("strange"), [(0.0, 1.5), (1_000.0, 1.5), (3_000.0, 1.5)]);
}

#[test]
fn a_real_dump_shows_everything_it_holds() {
    let bytes = recorded("alice.jitsi.ndjson.gz");
    let mut reader = DetailReader::with_lines(2..=3);
    bytes.chunks(1_000).for_each(|part| reader.push(part));
    let detail = reader.finish().unwrap();
    assert!(detail.columns.len() > 200, "{}", detail.columns.len());
    assert_eq!(detail.descriptions.len(), 3);
    assert!(detail.descriptions[0].sdp.starts_with("v=0\r\n"));
    let numbers: Vec<u64> = detail.lines.iter().map(|line| line.number).collect();
    assert_eq!(numbers, [2, 3]);
    assert!(detail.lines[0].text.starts_with(r#"["identity",null,"#) && !detail.lines[0].cut);
}
