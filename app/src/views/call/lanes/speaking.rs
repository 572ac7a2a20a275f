//! Who spoke when: dominance passes from one to the next, as everybody's dump tells. Pure.

use analyzer_wasm::protocol::Overview;

use crate::state::sorting::sorted;
use crate::state::standing::places;

/// Stretches in which each participant was the dominant speaker, in ms after the call's start, in the conference's
/// order.
pub(super) fn of_all(overview: &Overview) -> Vec<Vec<(f64, f64)>> {
    let people = &overview.participants;
    let mut places = places(overview);
    for (place, person) in people.iter().enumerate() {
        for endpoint in &person.endpoint_ids {
            places.insert(endpoint, place);
        }
    }
    let start_ms = overview.conference.start_ms.unwrap_or(0.0);
    let end_ms = start_ms + overview.conference.duration_ms.unwrap_or(0.0);
    let told: Vec<(f64, usize)> = overview
        .marks
        .iter()
        .filter_map(|event| {
            let who = match event.subtype.as_str() {
                "dominant_speaker_start" => event.participant.as_deref(),
                "dominant_speaker" => event.detail.as_deref(),
                _ => None,
            }?;
            Some((event.at_ms, *places.get(who)?))
        })
        .collect();
    let at_ms = |place: usize| told.get(place).map_or(0.0, |told| told.0);
    let order = sorted(told.len(), &|left, right| at_ms(left).total_cmp(&at_ms(right)));
    let mut told: Vec<(f64, usize)> =
        order.into_iter().filter_map(|place| told.get(place).copied()).collect();
    // Every dump tells of the same change, each by its own clock.
    told.dedup_by_key(|(_, who)| *who);

    let mut spoken = vec![Vec::new(); people.len()];
    let ends = told.iter().skip(1).map(|(at, _)| *at).chain([end_ms]);
    for ((from_ms, who), next_ms) in told.iter().copied().zip(ends) {
        let Some((person, spoken)) = people.get(who).zip(spoken.get_mut(who)) else { continue };
        // Nobody speaks after they left.
        let stay = person.presences.iter().find(|stay| (stay.from_ms..=stay.to_ms).contains(&from_ms));
        let to_ms = stay.map_or(next_ms, |stay| next_ms.min(stay.to_ms));
        spoken.push((from_ms - start_ms, to_ms - start_ms));
    }
    spoken
}

#[cfg(test)]
mod tests {
    use analyzer_wasm::report::Presence;

    use super::*;
    use crate::state::samples::{event, overview};

    #[test]
    fn somebody_speaks_until_somebody_else_does_or_they_leave() {
        let mut one = overview("call", &["a", "b"]);
        one.conference.start_ms = Some(1_000.0);
        one.conference.duration_ms = Some(60_000.0);
        one.participants[1].presences =
            vec![Presence { file: "f".into(), session_id: None, from_ms: 1_000.0, to_ms: 31_000.0 }];
        one.marks = vec![
            event("a", "dominant_speaker_start", None, 2_000.0),
            event("b", "dominant_speaker", Some("a"), 2_100.0),
            event("a", "dominant_speaker", Some("b"), 11_000.0),
        ];
        assert_eq!(of_all(&one), [vec![(1_000.0, 10_000.0)], vec![(10_000.0, 30_000.0)]]);
    }
}
