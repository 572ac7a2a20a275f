//! Draws a scenario: presences, speech turns and faults.

mod deployment;
mod faults;
mod people;
mod sample;

use super::random::Random;
use super::scenario::{Person, Scenario, TimeRange, Topology, Turn};

/// Random stream of scenarios; the model uses others.
const PURPOSE: u64 = 0;
/// A Friday morning.
const EPOCH_MS: u64 = 1_780_041_600_000;

/// Given properties of a scenario; the rest is drawn from the seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioOptions {
    /// The seed of everything that is not given.
    pub seed: u64,
    /// The number of people, from 2 to 50.
    pub people: usize,
    /// Whether there are faults.
    pub faulty: bool,
    /// The duration.
    pub duration_ms: u64,
    /// The polling period of all clients, if given.
    pub poll_ms: Option<u64>,
}

impl Scenario {
    /// Draws a call of 6 to 12 minutes, with faults or with ordinary noise only.
    #[must_use]
    pub fn random(seed: u64, people: usize, faulty: bool) -> Self {
        let minutes = Random::new(seed, PURPOSE).whole(6, 12);
        Self::from_options(&ScenarioOptions {
            seed,
            people,
            faulty,
            duration_ms: minutes * 60_000,
            poll_ms: None,
        })
    }

    /// Draws a scenario with the given properties.
    #[must_use]
    pub fn from_options(options: &ScenarioOptions) -> Self {
        let mut random = Random::new(options.seed, PURPOSE);
        let count = options.people.clamp(2, 50);
        let topology = if count == 2 { Topology::PeerToPeer } else { Topology::Bridge };
        let mut scenario = Self {
            seed: options.seed,
            start_ms: EPOCH_MS + random.whole(0, 90 * 24 * 60) * 60_000 + random.whole(0, 59_999),
            duration_ms: options.duration_ms,
            room: format!("Room{}", random.whole(1_000, 9_999)),
            meeting_id: random.uuid(),
            topology,
            last_n: if count > 8 { random.pick(&[None, Some(6), Some(12)]).copied().flatten() } else { None },
            people: people::draw(&mut random, options, count),
            turns: Vec::new(),
            faults: Vec::new(),
            servers: None,
        };
        if options.faulty {
            faults::draw(&mut random, &mut scenario);
        }
        let speakers = (count / 4).max(2);
        draw_turns(&mut random, &mut scenario, speakers);
        people::draw_media(&mut random, &mut scenario, speakers);
        scenario
    }

    /// Every presence with its person, in the order of people and time: one dump each.
    pub fn presences(&self) -> impl Iterator<Item = (usize, &Person, &super::scenario::Presence)> {
        let of = |(place, person)| {
            let person: &Person = person;
            person.presences.iter().map(move |presence| (place, person, presence))
        };
        self.people.iter().enumerate().flat_map(of)
    }

    /// Whether a person has joined.
    #[must_use]
    pub fn is_there(&self, person: usize, at_ms: u64) -> bool {
        let there = |person: &Person| person.presences.iter().any(|presence| presence.time.contains(at_ms));
        self.people.get(person).is_some_and(there)
    }
}

/// Draws speech turns. The first people speak, the rest listen.
fn draw_turns(random: &mut Random, scenario: &mut Scenario, speakers: usize) {
    let mut at_ms = random.whole(8_000, 15_000);
    let mut last = None;
    while at_ms + 10_000 < scenario.duration_ms {
        let present: Vec<usize> = (0..speakers)
            .filter(|person| Some(*person) != last && scenario.is_there(*person, at_ms))
            .collect();
        if let Some(person) = random.pick(&present) {
            scenario.turns.push(Turn { at_ms, person: *person });
            last = Some(*person);
        }
        at_ms += random.whole(8_000, 45_000);
    }
}

/// Draws an interval of about the given length within another one; `None` if it does not fit.
fn stretch_in(random: &mut Random, within: TimeRange, length_ms: u64) -> Option<TimeRange> {
    let room = within.length_ms().checked_sub(length_ms)?;
    // Whole seconds: the model's steps.
    let from_ms = (within.from_ms + random.whole(0, room)) / 1_000 * 1_000;
    let from_ms = if from_ms < within.from_ms { from_ms + 1_000 } else { from_ms };
    Some(TimeRange { from_ms, to_ms: from_ms + length_ms / 1_000 * 1_000 })
}
