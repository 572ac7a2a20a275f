//! The analyzer's delta decoder restores what the simulator's delta encoder omits.

use std::collections::BTreeMap;
use std::sync::Arc;

use e2e::driver;
use proptest::prelude::*;
use simulator::{DeltaEncoder, Snapshot, Value};

const IDS: [&str; 5] = ["T01", "IT01V42", "with \"quotes\" \\ and ü", "7", "RIV42"];
const NAMES: [&str; 4] = ["packetsLost", "jitter", "qpSum", "somethingNew"];
const START: u64 = 1_700_000_000_000;

/// Points (epoch ms, value) by connection, report and field.
type Points = BTreeMap<(String, String, String), Vec<(f64, f64)>>;

/// Of each id whether it is in the poll, how old its timestamp is, and its fields.
type Poll = Vec<Option<(u8, Vec<i32>)>>;

fn poll() -> impl Strategy<Value = Poll> {
    let report = (0_u8..3, prop::collection::vec(-3..3_i32, NAMES.len()));
    prop::collection::vec(prop::option::weighted(0.8, report), IDS.len())
}

/// The field's value: whole numbers on some, fractions on the others.
fn value(field: usize, drawn: i32) -> Value {
    if field.is_multiple_of(2) { Value::Whole(i64::from(drawn)) } else { Value::Real(f64::from(drawn) / 7.0) }
}

fn number(value: &Value) -> f64 {
    match value {
        Value::Whole(whole) => *whole as f64,
        Value::Real(real) => *real,
        other => panic!("{other:?} is no number"),
    }
}

/// All points of a dump, as the detail view reads them.
fn points(dump: &[u8]) -> Points {
    let detail = driver::detail(dump).unwrap();
    let mut points = Points::new();
    for column in &detail.columns {
        let polls = &detail.polls[column.polls];
        let key = (polls.connection.clone(), column.report.clone(), column.field.clone());
        let old = points.insert(key, column.points(polls).collect());
        assert!(old.is_none(), "{} {} twice", column.report, column.field);
    }
    points
}

proptest! {
    #[test]
    fn polls_survive(polls in prop::collection::vec(poll(), 1..12)) {
        let ids: Vec<Arc<str>> = IDS.iter().map(|id| (*id).into()).collect();
        let mut encoder = DeltaEncoder::default();
        let mut dump = format!("[\"connectionInfo\",null,{{\"clientProtocol\":\"3.1_STANDARD\"}},{START}]\n");
        let mut expect = Points::new();
        for (number_of_poll, poll) in (1_u64..).zip(&polls) {
            let at_ms = START + number_of_poll * 1_000;
            let mut snapshot = Snapshot::default();
            for (id, report) in ids.iter().zip(poll) {
                let Some((age, drawn)) = report else { continue };
                let mut fields = snapshot.report(id, "inbound-rtp", (at_ms - u64::from(*age) * 1_000) as f64);
                for (field, drawn) in drawn.iter().enumerate() {
                    let value = value(field, *drawn);
                    let key = ("PC_0".to_owned(), id.to_string(), NAMES[field].to_owned());
                    expect.entry(key).or_default().push((at_ms as f64, number(&value)));
                    fields.value(NAMES[field], value);
                }
                let limits = [("none", f64::from(*age)), ("cpu", 0.5)];
                fields.value("qualityLimitationDurations", Value::Record(limits.to_vec()));
                for (name, seconds) in limits {
                    let field = format!("qualityLimitationDurations.{name}");
                    let key = ("PC_0".to_owned(), id.to_string(), field);
                    expect.entry(key).or_default().push((at_ms as f64, seconds));
                }
            }
            let mut json = String::new();
            encoder.encode(&snapshot, &mut json);
            dump.push_str(&format!("[\"getstats\",\"PC_0\",{json},{at_ms},{number_of_poll}]\n"));
        }
        prop_assert_eq!(points(dump.as_bytes()), expect);
    }
}
