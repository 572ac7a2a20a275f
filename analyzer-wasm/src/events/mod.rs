//! What happened in a conference: events of all its dumps merged, and the intervals in which each participant spoke, was
//! muted or shared a screen.

mod intervals;
mod timeline;

use crate::participants::{Cast, Senders};
use crate::report::{Activity, Event, Participant};

/// The events of a conference by time, and the activity of each participant.
pub(crate) fn events_and_activities(
    cast: &Cast<'_>,
    senders: &Senders,
    participants: &[Participant],
) -> (Vec<Event>, Vec<Activity>) {
    let observations = timeline::told(cast);
    let activities = intervals::intervals(cast, &observations, senders, participants);
    (timeline::events(cast, observations), activities)
}
