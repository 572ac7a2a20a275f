//! Draws people: browser and clock, presences, mutes and screen shares.

use super::super::random::Random;
use super::super::scenario::{Browser, Person, Presence, Scenario, TimeRange, Topology};
use super::{ScenarioOptions, stretch_in};

/// Given names, as Jitsi's generator puts them before its suffix.
const NAMES: &[&str] = &[
    "Ada", "Bela", "Carmen", "Dario", "Elsa", "Finn", "Greta", "Hugo", "Ines", "Jonas", "Kira", "Lottie",
    "Milan", "Nora", "Otto", "Paula", "Quinn", "Rosa", "Samir", "Tilda", "Ursula", "Viktor", "Wanda",
    "Xaver", "Yara", "Zoltan",
];
/// The polling periods of deployments.
const POLLS_MS: &[u64] = &[1_000, 2_000, 5_000, 10_000, 12_000];

/// Draws all people.
pub(super) fn draw(random: &mut Random, options: &ScenarioOptions, count: usize) -> Vec<Person> {
    let poll_ms = options.poll_ms.unwrap_or_else(|| random.pick(POLLS_MS).copied().unwrap_or(10_000));
    let bridge = count > 2;
    let mut people: Vec<Person> = (0..count)
        .map(|place| {
            let other_poll = options.poll_ms.is_none() && random.yes(0.2);
            let poll_ms = if other_poll { random.whole(1, 12) * 1_000 } else { poll_ms };
            // The first three are present for the whole call, so that there is always media to receive.
            let presences = draw_presences(random, options.duration_ms, bridge && place >= 3);
            Person {
                stats_id: format!("{}-{}", random.pick(NAMES).unwrap_or(&"Ada"), random.token(3)),
                browser: random.pick(Browser::ALL).copied().unwrap_or(Browser::ChromeLinux),
                poll_ms,
                clock_ahead_ms: draw_clock(random),
                rtt_ms: random.between(12.0, 80.0),
                base_loss: random.between(0.0, 0.001),
                uplink_bps: random.between(5e6, 8e6),
                spotlight: false,
                presences: presences
                    .into_iter()
                    .map(|time| Presence { endpoint_id: random.hex(8), session_id: random.uuid(), time })
                    .collect(),
                audio_muted: Vec::new(),
                video_muted: Vec::new(),
                screen: Vec::new(),
            }
        })
        .collect();
    if count >= 4 && random.yes(0.3) {
        // Two devices of one person, or two people with the same generated id, who are present at the same time.
        let first = people.get(1).map(|person| person.stats_id.clone());
        if let (Some(name), Some(other)) = (first, people.get_mut(2)) {
            other.stats_id = name;
        }
    }
    people
}

/// Draws how far a clock is ahead: mostly synchronized, sometimes not.
fn draw_clock(random: &mut Random) -> i64 {
    let width_ms =
        if random.yes(0.7) { 150.0 } else { random.pick(&[4_000.0, 400_000.0]).copied().unwrap_or(0.0) };
    (random.normal() * width_ms) as i64
}

/// Draws the presences of a person: the whole call, a late join, an early leave, or a rejoin after a break.
fn draw_presences(random: &mut Random, duration_ms: u64, restless: bool) -> Vec<TimeRange> {
    let mut presence = TimeRange { from_ms: random.whole(0, 10_000), to_ms: duration_ms };
    if !restless {
        return vec![presence];
    }
    if random.yes(0.2) {
        presence.from_ms = duration_ms * random.whole(15, 40) / 100;
    }
    if random.yes(0.15) {
        presence.to_ms = duration_ms * random.whole(75, 95) / 100;
    }
    if random.yes(0.15) && presence.length_ms() > 200_000 {
        let left_ms = presence.from_ms + presence.length_ms() * random.whole(35, 60) / 100;
        let back_ms = left_ms + random.whole(8_000, 40_000);
        return vec![
            TimeRange { from_ms: presence.from_ms, to_ms: left_ms },
            TimeRange { from_ms: back_ms, to_ms: presence.to_ms },
        ];
    }
    vec![presence]
}

/// Draws mutes and screen shares such that faults can be observed.
pub(super) fn draw_media(random: &mut Random, scenario: &mut Scenario, speakers: usize) {
    let crowd = scenario.people.len() > 4;
    let whole = TimeRange { from_ms: 0, to_ms: scenario.duration_ms };
    let faulty: Vec<usize> = scenario.faults.iter().map(|fault| fault.person).collect();
    let sharer = random.yes(0.4).then(|| random.whole(0, speakers as u64 - 1) as usize);
    let sharer = sharer.filter(|_| scenario.topology == Topology::Bridge);
    for (place, person) in scenario.people.iter_mut().enumerate() {
        if crowd && place >= speakers {
            person.audio_muted.push(whole);
        } else if place > 1 && random.yes(0.3) && !faulty.contains(&place) {
            let length_ms = random.whole(20_000, 90_000);
            person.audio_muted.extend(stretch_in(random, whole, length_ms));
        }
        // The first three always send video.
        if place >= 3 && !faulty.contains(&place) && random.yes(0.35) {
            let length_ms = random.whole(30_000, 150_000);
            let part = stretch_in(random, whole, length_ms).filter(|_| random.yes(0.5));
            person.video_muted.push(part.unwrap_or(whole));
        }
        if sharer == Some(place) {
            let length_ms = random.whole(60_000, 180_000);
            person.screen.extend(stretch_in(random, whole, length_ms));
        }
    }
}
