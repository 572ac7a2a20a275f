//! Observations that something of a participant was switched on or off, by participant and dump.

use std::collections::BTreeMap;

use super::source::{Presence, SourceIntervals, Toggle};
use crate::events::timeline::{Observation, Subject};
use crate::model::EventKind;
use crate::participants::ConferenceDump;
use crate::participants::EndpointIndex;
use crate::participants::Senders;
use crate::report::{Direction, IntervalKind};

/// Toggles by participant and kind, then by dump.
#[derive(Debug, Default)]
pub(super) struct ObservedToggles {
    toggles: BTreeMap<(usize, IntervalKind), BTreeMap<usize, Vec<Toggle>>>,
    /// Dumps that log every change of the dominant speaker: for each change the participant, the time and the line.
    observers: BTreeMap<usize, Vec<(Option<usize>, f64, u64)>>,
    /// Whether endpoints that are no participants were observed.
    has_unknown_endpoints: bool,
}

impl ObservedToggles {
    pub(super) fn new(
        index: &EndpointIndex<'_>,
        observations: &[Observation<'_>],
        senders: &Senders,
    ) -> Self {
        let dumps = index.dumps.as_slice();
        let mut toggles = Self::default();
        // The participant whose screen an SSRC currently carries, by dump and SSRC.
        let mut desktops: BTreeMap<(usize, &str), usize> = BTreeMap::new();
        for observation in observations {
            let participant = observation.subject.participant(index);
            toggles.has_unknown_endpoints |=
                participant.is_none() && matches!(observation.subject, Subject::Endpoint(_));
            let (kind, on) = match observation.kind {
                EventKind::AudioMuted => (IntervalKind::AudioMuted, true),
                EventKind::AudioUnmuted => (IntervalKind::AudioMuted, false),
                EventKind::VideoMuted => (IntervalKind::VideoMuted, true),
                EventKind::VideoUnmuted => (IntervalKind::VideoMuted, false),
                EventKind::ScreenShareStarted => (IntervalKind::Screenshare, true),
                EventKind::ScreenShareStopped => (IntervalKind::Screenshare, false),
                EventKind::DominantSpeaker => {
                    let changes = toggles.observers.entry(observation.dump).or_default();
                    changes.push((participant, observation.at_ms, observation.line));
                    continue;
                }
                EventKind::VideoType => {
                    let Some((ssrc, video)) = observation.detail.and_then(|detail| detail.split_once(' '))
                    else {
                        continue;
                    };
                    let (video, owner) = video.split_once(' ').map_or((video, None), |(a, b)| (a, Some(b)));
                    let known = match (video, owner) {
                        ("desktop", Some(owner)) => index.participant(owner),
                        ("desktop", None) => sender(observation, ssrc, dumps, senders),
                        _ => desktops.remove(&(observation.dump, ssrc)),
                    };
                    let Some(participant) = known else { continue };
                    if video == "desktop" {
                        desktops.insert((observation.dump, ssrc), participant);
                    }
                    toggles.add(participant, IntervalKind::Screenshare, observation, video == "desktop");
                    continue;
                }
                _ => continue,
            };
            if let Some(participant) = participant {
                toggles.add(participant, kind, observation, on);
            }
        }
        toggles.begin_unmuted(index);
        toggles.has_unknown_endpoints |= dumps.iter().any(|dump| senders.names_unknown_endpoints(dump.index));
        toggles
    }

    /// Adds that members joined unmuted: a focus logs only what is muted then.
    fn begin_unmuted(&mut self, index: &EndpointIndex<'_>) {
        for (number, dump) in index.dumps.iter().enumerate() {
            for member in dump.extract.server.iter().flat_map(|server| &server.members) {
                let Some(participant) = index.participant(&member.id) else { continue };
                let mutes = [
                    (IntervalKind::AudioMuted, member.audio_muted_ms),
                    (IntervalKind::VideoMuted, member.video_muted_ms),
                ];
                for (kind, _) in mutes.into_iter().filter(|(_, observation)| observation.is_some()) {
                    let by_dump = self.toggles.entry((participant, kind)).or_default();
                    let toggles = by_dump.entry(number).or_default();
                    toggles.extend(member.presences.list().iter().map(|presence| Toggle {
                        at_ms: dump.shift(presence.from_ms),
                        on: false,
                        line: presence.from_line,
                    }));
                    toggles.sort_by(|a, b| a.at_ms.total_cmp(&b.at_ms).then(a.on.cmp(&b.on)));
                }
            }
        }
    }

    fn add(&mut self, participant: usize, kind: IntervalKind, observation: &Observation<'_>, on: bool) {
        let by_dump = self.toggles.entry((participant, kind)).or_default();
        by_dump.entry(observation.dump).or_default().push(Toggle {
            at_ms: observation.at_ms,
            on,
            line: observation.line,
        });
    }

    /// Whether a dump logs every change of the dominant speaker.
    pub(super) fn is_observer(&self, dump: usize) -> bool {
        self.observers.contains_key(&dump)
    }

    /// Whether speakers may be missing: an endpoint is unknown, and no dump logs every change.
    pub(super) fn misses_speakers(&self) -> bool {
        self.has_unknown_endpoints && self.observers.is_empty()
    }

    /// The intervals of a presence, one entry for each dump that shows any.
    pub(super) fn sources(
        &self,
        presence: &Presence,
        kind: IntervalKind,
        dumps: &[ConferenceDump<'_>],
    ) -> Vec<SourceIntervals> {
        let source_intervals = |number: usize, toggles: &[Toggle]| {
            let dump = dumps.get(number)?;
            SourceIntervals::of_toggles(presence.source(number, dump)?, presence, number, dump, toggles)
        };
        if kind == IntervalKind::Speaking {
            let toggles = |changes: &[(Option<usize>, f64, u64)]| -> Vec<Toggle> {
                let toggle = |(participant, at_ms, line): &(Option<usize>, f64, u64)| Toggle {
                    at_ms: *at_ms,
                    on: *participant == Some(presence.participant),
                    line: *line,
                };
                changes.iter().map(toggle).collect()
            };
            return self
                .observers
                .iter()
                .filter_map(|(dump, changes)| source_intervals(*dump, &toggles(changes)))
                .collect();
        }
        let by_dump = self.toggles.get(&(presence.participant, kind)).into_iter().flatten();
        by_dump.filter_map(|(dump, toggles)| source_intervals(*dump, toggles)).collect()
    }
}

/// The participant that sends a received SSRC.
fn sender(
    observation: &Observation<'_>,
    ssrc: &str,
    dumps: &[ConferenceDump<'_>],
    senders: &Senders,
) -> Option<usize> {
    let dump = dumps.get(observation.dump)?;
    let ssrc: u32 = ssrc.parse().ok()?;
    let mut streams = dump.extract.connections.iter().flat_map(|connection| &connection.summary.streams);
    let stream =
        streams.find(|stream| stream.ssrc == Some(ssrc) && stream.direction == Direction::Inbound)?;
    senders.of(dump.participant?, dump.index, stream)
}
