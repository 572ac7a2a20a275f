//! The texts of a finding: when, how much, attribution and effects. Pure.

use std::borrow::Cow;

use analyzer_wasm::judge::finding_info;
use analyzer_wasm::report::{Attribution, Effect, Finding};

use crate::format;
use crate::state::sorting::sorted;

/// The label of a code.
pub(in crate::views) fn code(code: &str) -> Cow<'static, str> {
    match finding_info(code) {
        Some(info) => Cow::Borrowed(info.label),
        None => Cow::Owned(code.replace('-', " ")),
    }
}

/// For example `1:31–3:11, 1 min 40 s`, counted from the start of the conference.
pub(super) fn when(finding: &Finding, start_ms: f64) -> String {
    let span = format::time_span(finding.from_ms - start_ms, finding.to_ms - start_ms);
    format!("{span}, {}", analyzer_wasm::wording::duration(finding.to_ms - finding.from_ms))
}

/// For example `12 % (threshold 5 %)`, with non-breaking spaces.
pub(super) fn value(finding: &Finding) -> Option<String> {
    let unit = finding.unit.as_deref();
    let value = amount(finding.value?, unit);
    Some(match finding.threshold {
        Some(threshold) => format!("{value} (threshold {})", amount(threshold, unit)),
        None => value,
    })
}

fn amount(value: f64, unit: Option<&str>) -> String {
    // As in the titles: `9.1 %`, `12 %`, `5 %`.
    let rounded = |value: f64| {
        let decimals = usize::from(value < 9.95 && (value - value.round()).abs() >= 0.05);
        format::number(value, decimals)
    };
    match unit {
        Some("ratio") => format!("{}\u{a0}%", rounded(value * 100.0)),
        Some(unit) => format!("{}\u{a0}{unit}", rounded(value)),
        None => rounded(value),
    }
}

/// Where the cause lies, how sure that is, and how much of the evidence supports it.
pub(super) fn attribution(attribution: &Attribution) -> String {
    let side = match attribution.side.as_str() {
        "uplink" => "uplink",
        "downlink" => "downlink",
        "path" => "network path",
        "bridge" => "bridge",
        "relay" => "relay",
        "device" => "device",
        _ => return "unknown".to_owned(),
    };
    let sure = match attribution.confidence {
        confidence if confidence >= 0.9 => "certain",
        confidence if confidence >= 0.6 => "likely",
        _ => "possible",
    };
    let all = attribution.evidence_for + attribution.evidence_against;
    let support = match all {
        0 | 1 => String::new(),
        all => format!(": {} of {all} pieces of evidence support it", attribution.evidence_for),
    };
    format!("{side} ({sure}{support})")
}

/// The effects of one kind.
#[derive(Debug, PartialEq)]
pub(super) struct EffectSummary<'a> {
    /// For example `11 × video freeze`.
    pub(super) text: String,
    /// The affected participants, by key, and how often each was.
    pub(super) participants: Vec<(&'a str, u32)>,
}

/// The effects by kind, in the order of the report; the most affected participants first.
pub(super) fn effects(effects: &[Effect]) -> Vec<EffectSummary<'_>> {
    let mut codes: Vec<&str> = Vec::new();
    for effect in effects {
        if !codes.contains(&effect.code.as_str()) {
            codes.push(&effect.code);
        }
    }
    let of_code = |wanted: &&str| {
        let of_kind = effects.iter().filter(|effect| effect.code == **wanted);
        let total: u32 = of_kind.clone().map(|effect| effect.count).sum();
        let participants: Vec<(&str, u32)> =
            of_kind.filter_map(|effect| Some((effect.participant.as_deref()?, effect.count))).collect();
        let count = |place: usize| participants.get(place).map_or(0, |one| one.1);
        let order = sorted(participants.len(), &|left, right| count(right).cmp(&count(left)));
        let participants = order.into_iter().filter_map(|place| participants.get(place).copied()).collect();
        let text =
            if total == 1 { code(wanted).into_owned() } else { format!("{total} × {}", code(wanted)) };
        EffectSummary { text, participants }
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
    fn values_have_a_unit_and_a_threshold() {
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
    fn an_attribution_says_how_sure_it_is() {
        let text = |side: &str, confidence, evidence_for, evidence_against| {
            super::attribution(&Attribution { side: side.into(), confidence, evidence_for, evidence_against })
        };
        assert_eq!(text("uplink", 1.0, 6, 0), "uplink (certain: 6 of 6 pieces of evidence support it)");
        assert_eq!(text("path", 0.7, 1, 0), "network path (likely)");
        assert_eq!(text("unknown", 0.0, 0, 0), "unknown");
    }

    #[test]
    fn effects_are_grouped_by_kind_and_the_most_affected_come_first() {
        let effect =
            |code: &str, who: &str, count| Effect { code: code.into(), participant: Some(who.into()), count };
        let effects =
            [effect("video-freeze", "a", 1), effect("downlink-loss", "b", 1), effect("video-freeze", "b", 3)];
        let summaries = super::effects(&effects);
        assert_eq!(
            summaries[0],
            EffectSummary { text: "4 × video freeze".into(), participants: vec![("b", 3), ("a", 1)] }
        );
        assert_eq!(summaries[1].text, "downlink packet loss");
        assert_eq!(code("bridge-failure"), "bridge failure");
    }
}
