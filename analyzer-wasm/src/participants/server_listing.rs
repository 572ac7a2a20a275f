//! People whom servers list: put with their own dumps by endpoint id or stats id, or taken as people without a dump.

use std::collections::{BTreeMap, BTreeSet};

use super::identification::{ParticipantRecord, TOUCHING_MS};
use super::naming;
use crate::clocks::ServerClocks;
use crate::extract::{
    EndpointExtract, EndpointMeasurements, Extract, MemberExtract, ServerPresence, ServerPresences,
};
use crate::model::MemberKind;
use crate::problems::ProblemKind;
use crate::report::{BridgeSide, FocusSide, Presence};
use crate::sessions::{Extracts, Sessions};
use crate::time_span::TimeSpan;

/// What one server's dump tells of somebody.
#[derive(Clone, Debug)]
pub(crate) struct ServerListing {
    /// The index of its extract.
    pub(crate) extract: usize,
    /// The endpoint's id.
    pub(crate) id: String,
    /// Added to the server's times.
    offset_ms: f64,
    place: Place,
}

/// Where in the extract.
#[derive(Clone, Copy, Debug)]
enum Place {
    Endpoint(usize),
    Member(usize),
}

impl ServerListing {
    fn endpoint<'a>(&self, extracts: &'a Extracts) -> Option<&'a EndpointExtract> {
        let Place::Endpoint(at) = self.place else { return None };
        extracts.get(self.extract)?.server.as_ref()?.endpoints.get(at)
    }

    fn member<'a>(&self, extracts: &'a Extracts) -> Option<&'a MemberExtract> {
        let Place::Member(at) = self.place else { return None };
        extracts.get(self.extract)?.server.as_ref()?.members.get(at)
    }

    fn stays<'a>(&self, extracts: &'a Extracts) -> &'a [ServerPresence] {
        let endpoint = self.endpoint(extracts).map(|endpoint| &endpoint.presences);
        endpoint
            .or_else(|| self.member(extracts).map(|member| &member.presences))
            .map(ServerPresences::list)
            .unwrap_or_default()
    }

    /// The files that tell of them.
    fn files(&self, extracts: &Extracts) -> Vec<String> {
        let Some(extract) = extracts.get(self.extract) else { return Vec::new() };
        let stays = self.stays(extracts);
        let all = stays.iter().flat_map(|stay| {
            extract.files(stay.from_line.min(stay.to_line), stay.from_line.max(stay.to_line))
        });
        let mut files: Vec<String> = Vec::new();
        for file in all {
            if !files.iter().any(|known| known == file) {
                files.push(file.to_owned());
            }
        }
        if files.is_empty() {
            files.push(extract.file.name.clone());
        }
        files
    }

    fn stats_id<'a>(&self, extracts: &'a Extracts) -> Option<&'a str> {
        let endpoint = self.endpoint(extracts).and_then(|endpoint| endpoint.stats_id.as_deref());
        endpoint.or_else(|| self.member(extracts).and_then(|member| member.stats_id.as_deref()))
    }

    /// Their stretches on the conference's clock.
    fn spans(&self, extracts: &Extracts) -> Vec<TimeSpan> {
        let shifted = |stay: &ServerPresence| TimeSpan::new(stay.from_ms, stay.to_ms).shifted(self.offset_ms);
        self.stays(extracts).iter().map(shifted).collect()
    }
}

/// Everybody whom the servers of a conference list, by endpoint id; a focus' word stands before a bridge's.
pub(crate) fn listed(
    extracts: &Extracts,
    members: &[usize],
    clocks: &ServerClocks,
) -> BTreeMap<String, Vec<ServerListing>> {
    let servers =
        || members.iter().filter_map(|index| Some((*index, extracts.get(*index)?.server.as_deref()?)));
    let mut bots: BTreeSet<&str> = BTreeSet::new();
    let mut listed: BTreeMap<String, Vec<ServerListing>> = BTreeMap::new();
    let mut add = |extract: usize, id: &str, place| {
        let offset_ms = clocks.offset_ms(extract);
        listed.entry(id.to_owned()).or_default().push(ServerListing {
            extract,
            id: id.to_owned(),
            offset_ms,
            place,
        });
    };
    for (index, server) in servers() {
        for (at, member) in server.members.iter().enumerate() {
            if member.kind == MemberKind::Person {
                add(index, &member.id, Place::Member(at));
            } else {
                bots.insert(&member.id);
            }
        }
    }
    for (index, server) in servers() {
        for (at, endpoint) in server.endpoints.iter().enumerate() {
            add(index, &endpoint.id, Place::Endpoint(at));
        }
    }
    listed.retain(|id, listings| {
        !bots.contains(id.as_str()) && listings.iter().any(|listing| !listing.stays(extracts).is_empty())
    });
    listed
}

/// Puts whom servers list with the people who left dumps, and adds those who left none.
pub(crate) fn join(
    people: &mut Vec<ParticipantRecord>,
    listed: BTreeMap<String, Vec<ServerListing>>,
    extracts: &Extracts,
) {
    let from_ms = |listings: &[ServerListing]| {
        let spans = listings.iter().flat_map(|listing| listing.spans(extracts));
        spans.map(|span| span.from_ms).fold(f64::INFINITY, f64::min)
    };
    let mut in_time: Vec<(String, Vec<ServerListing>)> = listed.into_iter().collect();
    in_time.sort_by(|(a_id, a), (b_id, b)| from_ms(a).total_cmp(&from_ms(b)).then_with(|| a_id.cmp(b_id)));
    for (id, listings) in in_time {
        let owner = people.iter().position(|person| person.has_endpoint(&id, extracts)).or_else(|| {
            let stats_id = listings.iter().find_map(|listing| listing.stats_id(extracts))?;
            people.iter().position(|person| {
                person.stats_id(extracts).as_deref() == Some(stats_id)
                    && !person.overlaps(&listings, extracts)
            })
        });
        match owner.and_then(|index| people.get_mut(index)) {
            Some(person) => person.listings.extend(listings),
            None => people.push(ParticipantRecord { key: id, stays: Vec::new(), listings }),
        }
    }
}

impl ParticipantRecord {
    fn has_endpoint(&self, id: &str, extracts: &Extracts) -> bool {
        let own =
            self.dumps(extracts).any(|(_, extract)| extract.identity.endpoint_id.as_deref() == Some(id));
        own || self.listings.iter().any(|listing| listing.id == id)
    }

    fn stats_id(&self, extracts: &Extracts) -> Option<String> {
        let own = self.dumps(extracts).find_map(|(_, extract)| naming::names(&extract.identity).1);
        own.or_else(|| self.listed_stats_id(extracts))
    }

    /// The stats id that servers tell.
    pub(crate) fn listed_stats_id(&self, extracts: &Extracts) -> Option<String> {
        self.listings.iter().find_map(|listing| listing.stats_id(extracts)).map(str::to_owned)
    }

    /// Whether they were there at one time with somebody whom servers saw.
    fn overlaps(&self, listings: &[ServerListing], extracts: &Extracts) -> bool {
        let theirs: Vec<TimeSpan> = listings.iter().flat_map(|listing| listing.spans(extracts)).collect();
        let own = self.stays.iter().map(|stay| stay.span);
        let known = self.listings.iter().flat_map(|listing| listing.spans(extracts));
        own.chain(known).any(|here| theirs.iter().any(|there| overlap(here, *there)))
    }

    /// Presences that their own dumps do not show, the focus' before the bridges'.
    pub(crate) fn listed_presences(
        &self,
        extracts: &Extracts,
        sessions: &Sessions,
        own: &[Presence],
    ) -> Vec<Presence> {
        let mut known: Vec<TimeSpan> = own.iter().map(|own| TimeSpan::new(own.from_ms, own.to_ms)).collect();
        let mut presences = Vec::new();
        let (members, endpoints): (Vec<&ServerListing>, Vec<&ServerListing>) =
            self.listings.iter().partition(|listing| matches!(listing.place, Place::Member(_)));
        for listings in [members, endpoints] {
            let mut added = Vec::new();
            for (extract, span) in stretches(&listings, extracts, sessions) {
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

    /// What bridges tell of them.
    pub(crate) fn bridge(&self, extracts: &Extracts) -> Option<BridgeSide> {
        let mut measurements: Option<EndpointMeasurements> = None;
        let (mut files, mut states) = (Vec::new(), [None, None, None]);
        for listing in &self.listings {
            let Some(endpoint) = listing.endpoint(extracts) else { continue };
            measurements.get_or_insert_default().merge(&endpoint.measurements);
            for (state, now) in states.iter_mut().zip([&endpoint.ice, &endpoint.dtls, &endpoint.sctp]) {
                *state = now.clone().or(state.take());
            }
            files.extend(listing.files(extracts));
        }
        let [ice_state, dtls_state, sctp_state] = states;
        Some(BridgeSide { files, ice_state, dtls_state, sctp_state, ..measurements?.report() })
    }

    /// What the focus tells of them.
    pub(crate) fn focus(&self, extracts: &Extracts) -> Option<FocusSide> {
        let mut focus: Option<FocusSide> = None;
        for listing in &self.listings {
            let Some(member) = listing.member(extracts) else { continue };
            let focus = focus.get_or_insert_default();
            focus.files.extend(listing.files(extracts));
            for (place, word) in [
                (&mut focus.role, &member.role),
                (&mut focus.region, &member.region),
                (&mut focus.jingle_state, &member.jingle),
            ] {
                *place = word.clone().or(place.take());
            }
            focus.visitor = member.visitor.or(focus.visitor);
            for choice in &member.bridges {
                if focus.bridges.last() != Some(&choice.bridge) {
                    focus.bridges.push(choice.bridge.clone());
                }
            }
            for (sum, part) in [
                (&mut focus.audio_muted_ms, member.audio_muted_ms),
                (&mut focus.video_muted_ms, member.video_muted_ms),
            ] {
                if let Some(part) = part {
                    *sum.get_or_insert(0.0) += part;
                }
            }
        }
        focus
    }
}

/// Stretches with the dump that begins each. Parts of one session follow one another: who did not leave in the one and
/// did not come in the next was there throughout.
fn stretches(
    listings: &[&ServerListing],
    extracts: &Extracts,
    sessions: &Sessions,
) -> Vec<(usize, TimeSpan)> {
    let mut all: Vec<(usize, usize, ServerPresence, f64)> = listings
        .iter()
        .flat_map(|listings| {
            let first = sessions.first_part(listings.extract);
            listings
                .stays(extracts)
                .iter()
                .map(move |stay| (first, listings.extract, *stay, listings.offset_ms))
        })
        .collect();
    all.sort_by(|(a, _, a_stay, _), (b, _, b_stay, _)| {
        a.cmp(b).then(a_stay.from_ms.total_cmp(&b_stay.from_ms))
    });
    let mut merged: Vec<(usize, usize, bool, usize, f64, f64)> = Vec::new();
    for (first, extract, stay, offset_ms) in all {
        let (from_ms, to_ms) = (stay.from_ms + offset_ms, stay.to_ms + offset_ms);
        match merged.last_mut() {
            Some((known, _, left, last, _, until))
                if *known == first && *last != extract && !*left && !stay.joined =>
            {
                (*left, *last, *until) = (stay.left, extract, until.max(to_ms));
            }
            _ => merged.push((first, extract, stay.left, extract, from_ms, to_ms)),
        }
    }
    let extended = merged.into_iter().map(|(_, begin, left, mut last, from_ms, mut until)| {
        // A focus does not name again who does not change.
        while let Some(next) = sessions.next_part(last).filter(|_| !left) {
            let Some(server) = extracts.get(next).and_then(silent_continuation) else { break };
            until = until.max(server);
            last = next;
        }
        (begin, TimeSpan::new(from_ms, until))
    });
    extended.collect()
}

/// When a focus' part that only goes on ends.
fn silent_continuation(extract: &Extract) -> Option<f64> {
    let server = extract.server.as_deref()?;
    let goes_on = extract.problems.count(ProblemKind::NoBaseState) > 0 && server.endpoints.is_empty();
    server.span.filter(|_| goes_on).map(|span| span.to_ms)
}

/// Whether two stretches overlap by more than clocks are off.
fn overlap(a: TimeSpan, b: TimeSpan) -> bool {
    let both = a.to_ms.min(b.to_ms) - a.from_ms.max(b.from_ms);
    // A stretch shorter than that lies in the other one or does not.
    both > TOUCHING_MS || (both >= 0.0 && a.duration_ms().min(b.duration_ms()) <= TOUCHING_MS)
}
