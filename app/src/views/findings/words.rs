//! The wording of a finding: time, value, side and effects.

use std::borrow::Cow;

use analyzer_wasm::judge::finding_info;
use analyzer_wasm::report::{Attribution, Effect, Finding};
use analyzer_wasm::wording;

use crate::format;
use crate::state::sorting::sorted;

/// The name of a code.
pub(in crate::views) fn code(code: &str) -> Cow<'static, str> {
    match finding_info(code) {
        Some(info) => Cow::Borrowed(info.label),
        None => Cow::Owned(code.replace('-', " ")),
    }
}

/// `1:31–3:11, 1 min 40 s`, from the start of the call.
pub(super) fn when(finding: &Finding, start_ms: f64) -> String {
    let stretch = format::stretch(finding.from_ms - start_ms, finding.to_ms - start_ms);
    format!("{stretch}, {}", wording::duration(finding.to_ms - finding.from_ms))
}

/// `12 % (threshold 5 %)`, with spaces that do not break.
pub(super) fn value(finding: &Finding) -> Option<String> {
    let unit = finding.unit.as_deref();
    let value = amount(finding.value?, unit);
    Some(match finding.threshold {
        Some(threshold) => format!("{value} (threshold {})", amount(threshold, unit)),
        None => value,
    })
}

fn amount(value: f64, unit: Option<&str>) -> String {
    // As the titles say it: `9.1 %`, `12 %`, `5 %`.
    let said = |value: f64| {
        let decimals = usize::from(value < 9.95 && (value - value.round()).abs() >= 0.05);
        format::number(value, decimals)
    };
    match unit {
        Some("ratio") => format!("{}\u{a0}%", said(value * 100.0)),
        Some(unit) => format!("{}\u{a0}{unit}", said(value)),
        None => said(value),
    }
}

/// The side of the cause, the confidence in it, and how much evidence supports it.
pub(super) fn side(attribution: &Attribution) -> String {
    let side = match attribution.side.as_str() {
        "uplink" => "uplink",
        "downlink" => "downlink",
        "path" => "network path",
        "bridge" => "bridge",
        "relay" => "TURN relay",
        "device" => "device",
        _ => return "unknown".to_owned(),
    };
    let sure = match attribution.confidence {
        confidence if confidence >= 0.9 => "clear",
        confidence if confidence >= 0.6 => "likely",
        _ => "possible",
    };
    let all = attribution.evidence_for + attribution.evidence_against;
    let signs = match all {
        0 | 1 => String::new(),
        all => format!(": {} of {all} measurements", attribution.evidence_for),
    };
    format!("{side} ({sure}{signs})")
}

/// One kind of consequence.
#[derive(Debug, PartialEq)]
pub(super) struct Consequence<'a> {
    /// `11 × frozen video`.
    pub(super) words: String,
    /// Who felt it, by key, and how often.
    pub(super) people: Vec<(&'a str, u32)>,
}

/// The effects by kind, as they are ordered; most often first among people.
pub(super) fn consequences(effects: &[Effect]) -> Vec<Consequence<'_>> {
    let mut codes: Vec<&str> = Vec::new();
    for effect in effects {
        if !codes.contains(&effect.code.as_str()) {
            codes.push(&effect.code);
        }
    }
    let of_code = |wanted: &&str| {
        let felt = effects.iter().filter(|effect| effect.code == **wanted);
        let total: u32 = felt.clone().map(|effect| effect.count).sum();
        let people: Vec<(&str, u32)> =
            felt.filter_map(|effect| Some((effect.participant.as_deref()?, effect.count))).collect();
        let count = |place: usize| people.get(place).map_or(0, |one| one.1);
        let order = sorted(people.len(), &|left, right| count(right).cmp(&count(left)));
        let people = order.into_iter().filter_map(|place| people.get(place).copied()).collect();
        let words =
            if total == 1 { code(wanted).into_owned() } else { format!("{total} × {}", code(wanted)) };
        Consequence { words, people }
    };
    codes.iter().map(of_code).collect()
}

#[cfg(test)]
mod tests {
    use analyzer_wasm::report::FindingSeverity;

    use super::*;
    use crate::state::samples::finding;

    #[test]
    fn times_count_from_the_start_of_the_call() {
        let one = finding("high-rtt", "a", FindingSeverity::Warning, 1_091_000.0, 1_191_000.0);
        assert_eq!(when(&one, 1_000_000.0), "1:31–3:11, 1 min 40 s");
    }

    #[test]
    fn values_have_their_unit_and_what_they_count_from() {
        let mut one = finding("uplink-loss", "a", FindingSeverity::Warning, 0.0, 1.0);
        assert_eq!(value(&one), None);
        one.value = Some(0.12);
        one.unit = Some("ratio".into());
        assert_eq!(value(&one).unwrap(), "12\u{a0}%");
        one.threshold = Some(0.05);
        assert_eq!(value(&one).unwrap(), "12\u{a0}% (threshold 5\u{a0}%)");
        one.value = Some(519.8);
        one.unit = Some("ms".into());
        one.threshold = Some(300.0);
        assert_eq!(value(&one).unwrap(), "520\u{a0}ms (threshold 300\u{a0}ms)");
    }

    #[test]
    fn a_side_says_how_sure_it_is() {
        let told = |side: &str, confidence, evidence_for, evidence_against| {
            super::side(&Attribution { side: side.into(), confidence, evidence_for, evidence_against })
        };
        assert_eq!(told("uplink", 1.0, 6, 0), "uplink (clear: 6 of 6 measurements)");
        assert_eq!(told("path", 0.7, 1, 0), "network path (likely)");
        assert_eq!(told("unknown", 0.0, 0, 0), "unknown");
    }

    #[test]
    fn effects_come_by_kind_and_those_hit_most_first() {
        let effect =
            |code: &str, who: &str, count| Effect { code: code.into(), participant: Some(who.into()), count };
        let effects =
            [effect("video-freeze", "a", 1), effect("downlink-loss", "b", 1), effect("video-freeze", "b", 3)];
        let told = consequences(&effects);
        assert_eq!(
            told[0],
            Consequence { words: "4 × frozen video".into(), people: vec![("b", 3), ("a", 1)] }
        );
        assert_eq!(told[1].words, "downlink packet loss");
        assert_eq!(code("bridge-failure"), "bridge failure");
    }
}
