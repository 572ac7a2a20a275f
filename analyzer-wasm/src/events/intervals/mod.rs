//! The intervals in which each participant spoke, was muted or shared a screen, from the best source for each moment.
//!
//! A source is a dump that shows the participant: its own, a bridge's, the focus' or another participant's, in the order of
//! [`crate::report::Source`].

mod cover;
mod screen_share;
mod source;
mod speaking;
mod toggles;

use crate::events::timeline::{Observation, SpeakerChange, speaker_changes};
use crate::participants::EndpointIndex;
use crate::participants::Senders;
use crate::report::{Activity, Interval, IntervalKind, Participant};
use source::{Presence, SourceIntervals};
use toggles::ObservedToggles;

/// Every kind, in the report's order.
const KINDS: [IntervalKind; 4] =
    [IntervalKind::Speaking, IntervalKind::AudioMuted, IntervalKind::VideoMuted, IntervalKind::Screenshare];

/// The activity of each participant.
pub(super) fn intervals(
    index: &EndpointIndex<'_>,
    observations: &[Observation<'_>],
    senders: &Senders,
    participants: &[Participant],
) -> Vec<Activity> {
    let speaker_changes = speaker_changes(observations);
    let toggles = ObservedToggles::new(index, observations, senders);
    let presences =
        participants.iter().enumerate().map(|(participant, known)| Presence::of(participant, known, index));
    presences.map(|presences| activity(&presences, index, &speaker_changes, &toggles)).collect()
}

fn activity(
    presences: &[Presence],
    index: &EndpointIndex<'_>,
    speaker_changes: &[SpeakerChange<'_>],
    toggles: &ObservedToggles,
) -> Activity {
    let dumps = index.dumps.as_slice();
    let mut activity = Activity::default();
    for kind in KINDS {
        let mut spans: Option<Vec<Interval>> = None;
        for presence in presences {
            let mut sources: Vec<SourceIntervals> = toggles.sources(presence, kind, dumps);
            match kind {
                IntervalKind::Speaking => {
                    sources.extend(speaking::became(presence, dumps, speaker_changes, toggles));
                }
                IntervalKind::Screenshare => screen_share::complete(&mut sources, presence, dumps),
                _ => {}
            }
            if !sources.is_empty() {
                let covered = cover::cover(presence, sources);
                let named =
                    covered.into_iter().filter_map(|(source, span)| span.interval(kind, source, dumps));
                spans.get_or_insert_default().extend(named);
            }
        }
        let known = spans.as_ref().filter(|spans| spans.iter().all(|span| !span.open));
        let total = known.map(|spans| spans.iter().fold(0.0, |sum, span| sum + span.to_ms - span.from_ms));
        *match kind {
            IntervalKind::Speaking => &mut activity.speaking_ms,
            IntervalKind::AudioMuted => &mut activity.audio_muted_ms,
            IntervalKind::VideoMuted => &mut activity.video_muted_ms,
            IntervalKind::Screenshare => &mut activity.screenshare_ms,
        } = total;
        activity.intervals.extend(spans.into_iter().flatten());
    }
    activity
}
