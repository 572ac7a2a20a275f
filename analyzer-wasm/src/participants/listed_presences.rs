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
            for ListedSpan { extract, span, .. } in listed_spans(&listings, extracts, sessions) {
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

/// A presence that servers list, over one or several parts of a session.
struct ListedSpan {
    /// The first part of the session.
    session: usize,
    /// The index of the extract in which the presence starts.
    extract: usize,
    /// The index of the extract of the last part.
    last_extract: usize,
    /// Whether the last part lists the end of the presence.
    has_end: bool,
    /// On the conference's clock.
    span: TimeSpan,
}

/// Presences that servers list. Where a presence does not end in one part of a session and the next part does not list its
/// start, both are one presence.
fn listed_spans(listings: &[&ServerListing], extracts: &Extracts, sessions: &Sessions) -> Vec<ListedSpan> {
    let mut parts: Vec<(usize, &ServerListing, ServerPresence)> = listings
        .iter()
        .flat_map(|listing| {
            let session = sessions.first_part(listing.extract);
            listing.presences(extracts).iter().map(move |presence| (session, *listing, *presence))
        })
        .collect();
    parts.sort_by(|(a_session, _, a), (b_session, _, b)| {
        a_session.cmp(b_session).then(a.from_ms.total_cmp(&b.from_ms))
    });
    let mut merged: Vec<ListedSpan> = Vec::new();
    for (session, listing, presence) in parts {
        let extract = listing.extract;
        let span = TimeSpan::new(presence.from_ms, presence.to_ms).shifted(listing.offset_ms);
        match merged.last_mut() {
            Some(last)
                if last.session == session
                    && last.last_extract != extract
                    && !last.has_end
                    && !presence.joined =>
            {
                last.has_end = presence.left;
                last.last_extract = extract;
                last.span.to_ms = last.span.to_ms.max(span.to_ms);
            }
            _ => merged.push(ListedSpan {
                session,
                extract,
                last_extract: extract,
                has_end: presence.left,
                span,
            }),
        }
    }
    for listed in merged.iter_mut().filter(|listed| !listed.has_end) {
        // A focus lists a member in the next part only if it changes.
        while let Some(next) = sessions.next_part(listed.last_extract) {
            let Some(end_ms) = extracts.get(next).and_then(end_without_base_state) else { break };
            listed.span.to_ms = listed.span.to_ms.max(end_ms);
            listed.last_extract = next;
        }
    }
    merged
}

/// The end of a part of a focus' dump without a base state, in which the members of the part before it stay present. `None`
/// for other dumps.
fn end_without_base_state(extract: &Extract) -> Option<f64> {
    let server = extract.server.as_deref()?;
    let continues = extract.problems.count(ProblemKind::NoBaseState) > 0 && server.endpoints.is_empty();
    server.span.filter(|_| continues).map(|span| span.to_ms)
}
