//! What happened in a conference: events of all its dumps merged, and the intervals in which each participant spoke, was
//! muted or shared a screen.

mod intervals;
mod timeline;

use crate::participants::{EndpointIndex, Senders};
use crate::report::{Activity, Event, Participant};

/// The events of a conference by time, and the activity of each participant.
pub(crate) fn events_and_activities(
    index: &EndpointIndex<'_>,
    senders: &Senders,
    participants: &[Participant],
) -> (Vec<Event>, Vec<Activity>) {
    let observations = timeline::observations(index);
    let activities = intervals::intervals(index, &observations, senders, participants);
    (timeline::events(index, observations), activities)
}
