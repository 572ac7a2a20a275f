//! Who told what of whom: every line that switches something of a person on or off, by person and witness.

use std::collections::BTreeMap;

use super::source::{Stay, Step, Testimony};
use crate::events::timeline::{Told, Who};
use crate::model::EventKind;
use crate::participants::Cast;
use crate::participants::Dump;
use crate::participants::Senders;
use crate::report::{Direction, IntervalKind};

/// Steps by person and kind, then by the dump that tells them.
#[derive(Debug, Default)]
pub(super) struct Statements {
    steps: BTreeMap<(usize, IntervalKind), BTreeMap<usize, Vec<Step>>>,
    /// Dumps that tell who is dominant, whoever it is, with the person of each change.
    observers: BTreeMap<usize, Vec<(Option<usize>, f64, u64)>>,
    /// Whether somebody without a dump was there.
    strangers: bool,
}

impl Statements {
    pub(super) fn new(cast: &Cast<'_>, told: &[Told<'_>], senders: &Senders) -> Self {
        let dumps = cast.dumps.as_slice();
        let mut statements = Self::default();
        // Which SSRCs of each dump are somebody's desktop just now.
        let mut desktops: BTreeMap<(usize, &str), usize> = BTreeMap::new();
        for told in told {
            let person = told.who.person(cast);
            statements.strangers |= person.is_none() && matches!(told.who, Who::Endpoint(_));
            let (kind, on) = match told.kind {
                EventKind::AudioMuted => (IntervalKind::AudioMuted, true),
                EventKind::AudioUnmuted => (IntervalKind::AudioMuted, false),
                EventKind::VideoMuted => (IntervalKind::VideoMuted, true),
                EventKind::VideoUnmuted => (IntervalKind::VideoMuted, false),
                EventKind::ScreenShareStarted => (IntervalKind::Screenshare, true),
                EventKind::ScreenShareStopped => (IntervalKind::Screenshare, false),
                EventKind::DominantSpeaker => {
                    let changes = statements.observers.entry(told.dump).or_default();
                    changes.push((person, told.at_ms, told.line));
                    continue;
                }
                EventKind::VideoType => {
                    let Some((ssrc, video)) = told.detail.and_then(|detail| detail.split_once(' ')) else {
                        continue;
                    };
                    let (video, owner) = video.split_once(' ').map_or((video, None), |(a, b)| (a, Some(b)));
                    let known = match (video, owner) {
                        ("desktop", Some(owner)) => cast.person(owner),
                        ("desktop", None) => sender(told, ssrc, dumps, senders),
                        _ => desktops.remove(&(told.dump, ssrc)),
                    };
                    let Some(person) = known else { continue };
                    if video == "desktop" {
                        desktops.insert((told.dump, ssrc), person);
                    }
                    statements.add(person, IntervalKind::Screenshare, told, video == "desktop");
                    continue;
                }
                _ => continue,
            };
            if let Some(person) = person {
                statements.add(person, kind, told, on);
            }
        }
        statements.begin_unmuted(cast);
        statements.strangers |= dumps.iter().any(|dump| senders.names_strangers(dump.index));
        statements
    }

    /// A focus tells of members what they are when they come; only what is on is an event.
    fn begin_unmuted(&mut self, cast: &Cast<'_>) {
        for (number, dump) in cast.dumps.iter().enumerate() {
            for member in dump.extract.server.iter().flat_map(|server| &server.members) {
                let Some(person) = cast.person(&member.id) else { continue };
                let mutes = [
                    (IntervalKind::AudioMuted, member.audio_muted_ms),
                    (IntervalKind::VideoMuted, member.video_muted_ms),
                ];
                for (kind, _) in mutes.into_iter().filter(|(_, told)| told.is_some()) {
                    let witnesses = self.steps.entry((person, kind)).or_default();
                    let steps = witnesses.entry(number).or_default();
                    steps.extend(member.presences.list().iter().map(|stay| Step {
                        at_ms: dump.shift(stay.from_ms),
                        on: false,
                        line: stay.from_line,
                    }));
                    steps.sort_by(|a, b| a.at_ms.total_cmp(&b.at_ms).then(a.on.cmp(&b.on)));
                }
            }
        }
    }

    fn add(&mut self, person: usize, kind: IntervalKind, told: &Told<'_>, on: bool) {
        let witnesses = self.steps.entry((person, kind)).or_default();
        witnesses.entry(told.dump).or_default().push(Step { at_ms: told.at_ms, on, line: told.line });
    }

    /// Whether a dump tells who is dominant, whoever it is.
    pub(super) fn is_observer(&self, dump: usize) -> bool {
        self.observers.contains_key(&dump)
    }

    /// Whether nobody who tells of speakers could see everybody who was there.
    pub(super) fn is_blind(&self) -> bool {
        self.strangers && self.observers.is_empty()
    }

    /// What all dumps tell of a stay.
    pub(super) fn testimonies(&self, stay: &Stay, kind: IntervalKind, dumps: &[Dump<'_>]) -> Vec<Testimony> {
        let testimony = |number: usize, steps: &[Step]| {
            let dump = dumps.get(number)?;
            Testimony::of_steps(stay.witness(number, dump)?, stay, number, dump, steps)
        };
        if kind == IntervalKind::Speaking {
            let steps = |changes: &[(Option<usize>, f64, u64)]| -> Vec<Step> {
                let step = |(person, at_ms, line): &(Option<usize>, f64, u64)| Step {
                    at_ms: *at_ms,
                    on: *person == Some(stay.person),
                    line: *line,
                };
                changes.iter().map(step).collect()
            };
            return self
                .observers
                .iter()
                .filter_map(|(dump, changes)| testimony(*dump, &steps(changes)))
                .collect();
        }
        let witnesses = self.steps.get(&(stay.person, kind)).into_iter().flatten();
        witnesses.filter_map(|(dump, steps)| testimony(*dump, steps)).collect()
    }
}

/// Whose a received SSRC is.
fn sender(told: &Told<'_>, ssrc: &str, dumps: &[Dump<'_>], senders: &Senders) -> Option<usize> {
    let dump = dumps.get(told.dump)?;
    let ssrc: u32 = ssrc.parse().ok()?;
    let mut streams = dump.extract.connections.iter().flat_map(|connection| &connection.summary.streams);
    let stream =
        streams.find(|stream| stream.ssrc == Some(ssrc) && stream.direction == Direction::Inbound)?;
    senders.of(dump.person?, dump.index, stream)
}
