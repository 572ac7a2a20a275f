//! Matches the endpoints that servers list with participants that left dumps: by endpoint id, else by stats id. Endpoints
//! without a match are participants without a dump.

use std::collections::BTreeMap;

use super::naming;
use super::participant_record::ParticipantRecord;
use super::presence_overlap::overlap;
use super::server_listing::ServerListing;
use crate::sessions::Extracts;
use crate::time_span::TimeSpan;

/// Adds the entries of each listed endpoint to the matching participant, or to a new one without a dump. Endpoints are matched
/// in the order of their first presences.
pub(crate) fn add_listed_endpoints(
    records: &mut Vec<ParticipantRecord>,
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
        let owner = records.iter().position(|record| record.has_endpoint(&id, extracts)).or_else(|| {
            let stats_id = listings.iter().find_map(|listing| listing.stats_id(extracts))?;
            records.iter().position(|record| {
                record.stats_id(extracts).as_deref() == Some(stats_id)
                    && !record.overlaps(&listings, extracts)
            })
        });
        match owner.and_then(|index| records.get_mut(index)) {
            Some(record) => record.listings.extend(listings),
            None => records.push(ParticipantRecord { key: id, presences: Vec::new(), listings }),
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

    /// The stats id in the entries of servers.
    pub(crate) fn listed_stats_id(&self, extracts: &Extracts) -> Option<String> {
        self.listings.iter().find_map(|listing| listing.stats_id(extracts)).map(str::to_owned)
    }

    /// Whether a presence of the participant overlaps one of a listed endpoint.
    fn overlaps(&self, listings: &[ServerListing], extracts: &Extracts) -> bool {
        let of_endpoint: Vec<TimeSpan> =
            listings.iter().flat_map(|listing| listing.spans(extracts)).collect();
        let own = self.presences.iter().map(|presence| presence.span);
        let listed = self.listings.iter().flat_map(|listing| listing.spans(extracts));
        own.chain(listed).any(|here| of_endpoint.iter().any(|there| overlap(here, *there)))
    }
}
