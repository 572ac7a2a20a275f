//! Draws people: what they have, when they come and go, and what they show of themselves.

use super::super::chance::Chance;
use super::super::scenario::{Browser, Person, Presence, Scenario, Stretch, Topology};
use super::{Wish, stretch_in};

/// Given names, as Jitsi's generator puts them before its suffix.
const NAMES: &[&str] = &[
    "Ada", "Bela", "Carmen", "Dario", "Elsa", "Finn", "Greta", "Hugo", "Ines", "Jonas", "Kira", "Lottie",
    "Milan", "Nora", "Otto", "Paula", "Quinn", "Rosa", "Samir", "Tilda", "Ursula", "Viktor", "Wanda",
    "Xaver", "Yara", "Zoltan",
];
/// What deployments poll at.
const POLLS_MS: &[u64] = &[1_000, 2_000, 5_000, 10_000, 12_000];

/// Draws everybody.
pub(super) fn draw(chance: &mut Chance, wish: &Wish, count: usize) -> Vec<Person> {
    let poll_ms = wish.poll_ms.unwrap_or_else(|| chance.pick(POLLS_MS).copied().unwrap_or(10_000));
    let bridge = count > 2;
    let mut people: Vec<Person> = (0..count)
        .map(|place| {
            let other_poll = wish.poll_ms.is_none() && chance.yes(0.2);
            let poll_ms = if other_poll { chance.whole(1, 12) * 1_000 } else { poll_ms };
            // The first three are there from begin to end, so that there is somebody to hear and to see.
            let stays = draw_stays(chance, wish.duration_ms, bridge && place >= 3);
            Person {
                stats_id: format!("{}-{}", chance.pick(NAMES).unwrap_or(&"Ada"), chance.token(3)),
                browser: chance.pick(Browser::ALL).copied().unwrap_or(Browser::ChromeLinux),
                poll_ms,
                clock_ahead_ms: draw_clock(chance),
                rtt_ms: chance.between(12.0, 80.0),
                base_loss: chance.between(0.0, 0.001),
                uplink_bps: chance.between(5e6, 8e6),
                spotlight: false,
                presences: stays
                    .into_iter()
                    .map(|time| Presence { endpoint_id: chance.hex(8), session_id: chance.uuid(), time })
                    .collect(),
                audio_muted: Vec::new(),
                video_muted: Vec::new(),
                screen: Vec::new(),
            }
        })
        .collect();
    if count >= 4 && chance.yes(0.3) {
        // Two devices of one person, or two people with one generated id: both were there at once.
        let first = people.get(1).map(|person| person.stats_id.clone());
        if let (Some(name), Some(other)) = (first, people.get_mut(2)) {
            other.stats_id = name;
        }
    }
    people
}

/// How far a clock is ahead: mostly kept by the network, sometimes not.
fn draw_clock(chance: &mut Chance) -> i64 {
    let width_ms =
        if chance.yes(0.7) { 150.0 } else { chance.pick(&[4_000.0, 400_000.0]).copied().unwrap_or(0.0) };
    (chance.normal() * width_ms) as i64
}

/// When a person is there: all the time, from late on, until early, or with a break.
fn draw_stays(chance: &mut Chance, duration_ms: u64, restless: bool) -> Vec<Stretch> {
    let mut stay = Stretch { from_ms: chance.whole(0, 10_000), to_ms: duration_ms };
    if !restless {
        return vec![stay];
    }
    if chance.yes(0.2) {
        stay.from_ms = duration_ms * chance.whole(15, 40) / 100;
    }
    if chance.yes(0.15) {
        stay.to_ms = duration_ms * chance.whole(75, 95) / 100;
    }
    if chance.yes(0.15) && stay.length_ms() > 200_000 {
        let left_ms = stay.from_ms + stay.length_ms() * chance.whole(35, 60) / 100;
        let back_ms = left_ms + chance.whole(8_000, 40_000);
        return vec![
            Stretch { from_ms: stay.from_ms, to_ms: left_ms },
            Stretch { from_ms: back_ms, to_ms: stay.to_ms },
        ];
    }
    vec![stay]
}

/// Draws who is muted and who shares, so that faults can be seen.
pub(super) fn draw_media(chance: &mut Chance, scenario: &mut Scenario, speakers: usize) {
    let crowd = scenario.people.len() > 4;
    let whole = Stretch { from_ms: 0, to_ms: scenario.duration_ms };
    let faulty: Vec<usize> = scenario.faults.iter().map(|fault| fault.person).collect();
    let sharer = chance.yes(0.4).then(|| chance.whole(0, speakers as u64 - 1) as usize);
    let sharer = sharer.filter(|_| scenario.topology == Topology::Bridge);
    for (place, person) in scenario.people.iter_mut().enumerate() {
        if crowd && place >= speakers {
            person.audio_muted.push(whole);
        } else if place > 1 && chance.yes(0.3) && !faulty.contains(&place) {
            let length_ms = chance.whole(20_000, 90_000);
            person.audio_muted.extend(stretch_in(chance, whole, length_ms));
        }
        // The first three always show themselves.
        if place >= 3 && !faulty.contains(&place) && chance.yes(0.35) {
            let length_ms = chance.whole(30_000, 150_000);
            let part = stretch_in(chance, whole, length_ms).filter(|_| chance.yes(0.5));
            person.video_muted.push(part.unwrap_or(whole));
        }
        if sharer == Some(place) {
            let length_ms = chance.whole(60_000, 180_000);
            person.screen.extend(stretch_in(chance, whole, length_ms));
        }
    }
}
