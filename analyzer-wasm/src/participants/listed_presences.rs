//! Presences of a participant that only servers list.

use super::participant_record::ParticipantRecord;
use super::presence_overlap::overlap;
use super::server_listing::ServerListing;
use crate::extract::{Extract, ServerPresence};
use crate::problems::ProblemKind;
use crate::report::Presence;
use crate::sessions::{Extracts, Sessions};
use crate::time_span::TimeSpan;

impl ParticipantRecord {
    /// Presences that overlap none of the participant's own dumps; those listed by a focus precede those listed by bridges.
    pub(crate) fn listed_presences(
        &self,
        extracts: &Extracts,
        sessions: &Sessions,
        own: &[Presence],
    ) -> Vec<Presence> {
        let mut known: Vec<TimeSpan> = own.iter().map(|own| TimeSpan::new(own.from_ms, own.to_ms)).collect();
        let mut presences = Vec::new();
        let (of_focus, of_bridges): (Vec<&ServerListing>, Vec<&ServerListing>) =
            self.listings.iter().partition(|listing| listing.is_of_focus());
        for listings in [of_focus, of_bridges] {
            let mut added = Vec::new();
            for (extract, span) in listed_spans(&listings, extracts, sessions) {
                if !known.iter().any(|known| overlap(*known, span)) {
                    let file =
                        extracts.get(extract).map(|extract| extract.file.name.clone()).unwrap_or_default();
                    presences.push(Presence {
                        file,
                        session_id: None,
                        from_ms: span.from_ms,
                        to_ms: span.to_ms,
                    });
                    added.push(span);
                }
            }
            known.extend(added);
        }
        presences
    }
}

/// Presences that servers list, each with the index of the extract in which it starts. Where a presence does not end in one
/// part of a session and the next part does not list its start, both are one presence.
fn listed_spans(
    listings: &[&ServerListing],
    extracts: &Extracts,
    sessions: &Sessions,
) -> Vec<(usize, TimeSpan)> {
    let mut all: Vec<(usize, usize, ServerPresence, f64)> = listings
        .iter()
        .flat_map(|listings| {
            let first = sessions.first_part(listings.extract);
            listings
                .presences(extracts)
                .iter()
                .map(move |presence| (first, listings.extract, *presence, listings.offset_ms))
        })
        .collect();
    all.sort_by(|(a, _, a_presence, _), (b, _, b_presence, _)| {
        a.cmp(b).then(a_presence.from_ms.total_cmp(&b_presence.from_ms))
    });
    let mut merged: Vec<(usize, usize, bool, usize, f64, f64)> = Vec::new();
    for (first, extract, presence, offset_ms) in all {
        let (from_ms, to_ms) = (presence.from_ms + offset_ms, presence.to_ms + offset_ms);
        match merged.last_mut() {
            Some((known, _, left, last, _, until))
                if *known == first && *last != extract && !*left && !presence.joined =>
            {
                (*left, *last, *until) = (presence.left, extract, until.max(to_ms));
            }
            _ => merged.push((first, extract, presence.left, extract, from_ms, to_ms)),
        }
    }
    let extended = merged.into_iter().map(|(_, begin, left, mut last, from_ms, mut until)| {
        // A focus lists a member in the next part only if it changes.
        while let Some(next) = sessions.next_part(last).filter(|_| !left) {
            let Some(server) = extracts.get(next).and_then(silent_continuation) else { break };
            until = until.max(server);
            last = next;
        }
        (begin, TimeSpan::new(from_ms, until))
    });
    extended.collect()
}

/// The end of a part of a focus' dump without a base state, in which the members of the part before it stay present.
fn silent_continuation(extract: &Extract) -> Option<f64> {
    let server = extract.server.as_deref()?;
    let goes_on = extract.problems.count(ProblemKind::NoBaseState) > 0 && server.endpoints.is_empty();
    server.span.filter(|_| goes_on).map(|span| span.to_ms)
}
