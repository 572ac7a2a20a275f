//! When everybody spoke, was muted and shared a screen, each from the best witness there is.
//!
//! A witness is any dump that tells of a person: their own, a bridge's, a focus', somebody else's. Which it is matters
//! only for who is heard first.

mod cover;
mod screen_share;
mod source;
mod speaking;
mod statements;

use crate::events::timeline::{Switch, Told, switches};
use crate::participants::Cast;
use crate::participants::Senders;
use crate::report::{Activity, Interval, IntervalKind, Participant};
use source::{Stay, Testimony};
use statements::Statements;

/// Every kind, in the report's order.
const KINDS: [IntervalKind; 4] =
    [IntervalKind::Speaking, IntervalKind::AudioMuted, IntervalKind::VideoMuted, IntervalKind::Screenshare];

/// What each of the people did.
pub(super) fn intervals(
    cast: &Cast<'_>,
    told: &[Told<'_>],
    senders: &Senders,
    participants: &[Participant],
) -> Vec<Activity> {
    let switches = switches(told);
    let statements = Statements::new(cast, told, senders);
    let stays = participants.iter().enumerate().map(|(person, known)| Stay::of(person, known, cast));
    stays.map(|stays| activity(&stays, cast, &switches, &statements)).collect()
}

fn activity(stays: &[Stay], cast: &Cast<'_>, switches: &[Switch<'_>], statements: &Statements) -> Activity {
    let dumps = cast.dumps.as_slice();
    let mut activity = Activity::default();
    for kind in KINDS {
        let mut spans: Option<Vec<Interval>> = None;
        for stay in stays {
            let mut testimonies: Vec<Testimony> = statements.testimonies(stay, kind, dumps);
            match kind {
                IntervalKind::Speaking => {
                    testimonies.extend(speaking::became(stay, dumps, switches, statements));
                }
                IntervalKind::Screenshare => screen_share::complete(&mut testimonies, stay, dumps),
                _ => {}
            }
            if !testimonies.is_empty() {
                let covered = cover::cover(stay, testimonies);
                let named =
                    covered.into_iter().filter_map(|(witness, span)| span.interval(kind, witness, dumps));
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
