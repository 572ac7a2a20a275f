//! The selected candidate pair and its round-trip time, by the rules of each stats format.

use super::stats_format::StatsFormat;
use super::value::{Object, Value, key, number, truthy};

/// The report whose id is in this member.
fn named<'a>(all: &'a Object, report: &Object, member: &str) -> Option<&'a Object> {
    all.get(&key(report.get(member))).and_then(Value::as_object)
}

fn is(report: &Object, kind: &str) -> bool {
    report.get("type").and_then(Value::as_text) == Some(kind)
}

/// The round-trip time in this report or in the pair that it refers to: in seconds, but in milliseconds for legacy
/// `goog` reports. 0 counts as no value.
pub(super) fn round_trip(format: StatsFormat, all: &Object, report: &Object) -> Option<f64> {
    let value = if format == StatsFormat::Firefox {
        report.get("roundTripTime").filter(|_| is(report, "remote-inbound-rtp"))
    } else if is(report, "transport")
        && truthy(report.get("selectedCandidatePairId"))
        && let Some(pair) = named(all, report, "selectedCandidatePairId")
    {
        pair.get("currentRoundTripTime")
    } else if is(report, "googCandidatePair")
        && report.get("googActiveConnection").and_then(Value::as_text) == Some("true")
    {
        let rtt = number(report.get("googRtt"));
        return (rtt != 0.0 && !rtt.is_nan()).then_some(rtt);
    } else {
        None
    };
    value.filter(|value| value.is_truthy()).map(Value::to_number)
}

/// The features of the selected pair, if this report is it or refers to it.
pub(super) fn selected_pair(format: StatsFormat, all: &Object, report: &Object) -> Option<Object> {
    let pair = match format {
        StatsFormat::Firefox if is(report, "candidate-pair") && truthy(report.get("selected")) => {
            Some(report)
        }
        StatsFormat::Firefox => return None,
        _ if is(report, "transport") && truthy(report.get("selectedCandidatePairId")) => {
            named(all, report, "selectedCandidatePairId")
        }
        _ => return None,
    };
    let end = |member: &str| pair.and_then(|pair| named(all, pair, member));
    let ends = [("local", end("localCandidateId")), ("remote", end("remoteCandidateId"))];
    let is_relay = |end: Option<&Object>| {
        end.and_then(|end| end.get("candidateType")).and_then(Value::as_text) == Some("relay")
    };
    let or_empty = |value: Option<&Value>| value.cloned().unwrap_or_else(|| "".into());
    let mut out = Object::default();
    // The server adds the ids to the reports one by one, so a report that it has not reached yet has none.
    out.set("id", or_empty(pair.and_then(|pair| pair.get("id"))));
    out.set("isUsingRelay", ends.iter().any(|(_, end)| is_relay(*end)));
    for (side, end) in ends {
        let member = |name: &str| or_empty(end.and_then(|end| end.get(name)));
        out.set(&format!("{side}CandidateType"), member("candidateType"));
        out.set(&format!("{side}Address"), member("address"));
        out.set(&format!("{side}Port"), member("port"));
        out.set(&format!("{side}Protocol"), member(if is_relay(end) { "relayProtocol" } else { "protocol" }));
    }
    Some(out)
}
