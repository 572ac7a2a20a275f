//! Entries of servers' dumps about endpoints: the endpoints of a bridge and the members of a focus.

use std::collections::{BTreeMap, BTreeSet};

use crate::clocks::ServerClocks;
use crate::extract::{EndpointExtract, MemberExtract, ServerPresence, ServerPresences};
use crate::model::MemberKind;
use crate::sessions::Extracts;
use crate::time_span::TimeSpan;

/// The entry of one server's dump about an endpoint.
#[derive(Clone, Debug)]
pub(crate) struct ServerListing {
    /// The index of its extract.
    pub(crate) extract: usize,
    /// The endpoint's id.
    pub(crate) id: String,
    /// Added to the server's times.
    pub(super) offset_ms: f64,
    place: Place,
}

/// The list of the extract that holds the entry, and the index in it.
#[derive(Clone, Copy, Debug)]
enum Place {
    Endpoint(usize),
    Member(usize),
}

impl ServerListing {
    /// The entry of a bridge.
    pub(super) fn endpoint<'a>(&self, extracts: &'a Extracts) -> Option<&'a EndpointExtract> {
        let Place::Endpoint(at) = self.place else { return None };
        extracts.get(self.extract)?.server.as_ref()?.endpoints.get(at)
    }

    /// The entry of a focus.
    pub(super) fn member<'a>(&self, extracts: &'a Extracts) -> Option<&'a MemberExtract> {
        let Place::Member(at) = self.place else { return None };
        extracts.get(self.extract)?.server.as_ref()?.members.get(at)
    }

    /// The presences that the entry lists, on the server's clock.
    pub(super) fn presences<'a>(&self, extracts: &'a Extracts) -> &'a [ServerPresence] {
        let endpoint = self.endpoint(extracts).map(|endpoint| &endpoint.presences);
        endpoint
            .or_else(|| self.member(extracts).map(|member| &member.presences))
            .map(ServerPresences::list)
            .unwrap_or_default()
    }

    /// Whether a focus lists the endpoint, not a bridge.
    pub(super) const fn is_of_focus(&self) -> bool {
        matches!(self.place, Place::Member(_))
    }

    /// The names of the files that contain the entry's lines.
    pub(super) fn files(&self, extracts: &Extracts) -> Vec<String> {
        let Some(extract) = extracts.get(self.extract) else { return Vec::new() };
        let presences = self.presences(extracts);
        let all = presences.iter().flat_map(|presence| {
            extract.files(presence.from_line.min(presence.to_line), presence.from_line.max(presence.to_line))
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

    /// The stats id in the entry.
    pub(super) fn stats_id<'a>(&self, extracts: &'a Extracts) -> Option<&'a str> {
        let endpoint = self.endpoint(extracts).and_then(|endpoint| endpoint.stats_id.as_deref());
        endpoint.or_else(|| self.member(extracts).and_then(|member| member.stats_id.as_deref()))
    }

    /// The presences on the conference's clock.
    pub(super) fn spans(&self, extracts: &Extracts) -> Vec<TimeSpan> {
        let shifted = |presence: &ServerPresence| {
            TimeSpan::new(presence.from_ms, presence.to_ms).shifted(self.offset_ms)
        };
        self.presences(extracts).iter().map(shifted).collect()
    }
}

/// The endpoints that the servers of a conference list, by id; entries of a focus come before those of bridges. Endpoints
/// without a presence, and those of machines such as recorders and bots, are left out.
pub(crate) fn listed(
    extracts: &Extracts,
    dump_indexes: &[usize],
    clocks: &ServerClocks,
) -> BTreeMap<String, Vec<ServerListing>> {
    let servers =
        || dump_indexes.iter().filter_map(|index| Some((*index, extracts.get(*index)?.server.as_deref()?)));
    let mut machines: BTreeSet<&str> = BTreeSet::new();
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
            if member.kind == MemberKind::Participant {
                add(index, &member.id, Place::Member(at));
            } else {
                machines.insert(&member.id);
            }
        }
    }
    for (index, server) in servers() {
        for (at, endpoint) in server.endpoints.iter().enumerate() {
            add(index, &endpoint.id, Place::Endpoint(at));
        }
    }
    listed.retain(|id, listings| {
        !machines.contains(id.as_str())
            && listings.iter().any(|listing| !listing.presences(extracts).is_empty())
    });
    listed
}
