//! Aligns the clocks of the clients of a conference.
//!
//! Sender reports align clients with each other (`clock_differences.rs`). Their common clock is anchored to the conference's
//! by what servers recorded of any of them, shifted by how far that client is ahead of the others. Without servers' dumps
//! there are only the stamps on the clients' headers, which bound the offsets: within those bounds the median clock is
//! taken to be right.

use std::collections::BTreeMap;

use super::agreement::{Agreement, agree};
use super::clock_differences::{differences, reachable};
use super::header_stamp::{self, header_clock};
use super::offset_observation::{OffsetObservation, OffsetRange};
use super::server_clocks::ServerClocks;
use super::server_observations::ServerObservations;
use crate::extract::Extract;
use crate::median::median;
use crate::report::Clock;
use crate::sessions::Extracts;

/// The clock of each client among the members of a conference.
pub(crate) fn client_clocks(
    extracts: &Extracts,
    members: &[usize],
    server_clocks: &ServerClocks,
) -> BTreeMap<usize, Clock> {
    let servers = ServerObservations::new(extracts, members, server_clocks);
    let members = members.iter().filter_map(|index| Some((*index, extracts.get(*index)?)));
    let dumps: BTreeMap<usize, &Extract> = members.filter(|(_, extract)| extract.file.is_client).collect();
    let differences = differences(&dumps);
    let mut clocks = BTreeMap::new();
    let mut left: Vec<usize> = dumps.keys().copied().collect();
    while let Some(first) = left.first().copied() {
        let ahead = reachable(first, &differences);
        left.retain(|index| !ahead.contains_key(index));
        clocks.extend(anchored(&dumps, &ahead, &servers));
    }
    clocks
}

/// The clocks of clients that are aligned with each other, by index: anchored by what servers recorded of any of them, else
/// by the stamps on their headers.
fn anchored(
    dumps: &BTreeMap<usize, &Extract>,
    ahead: &BTreeMap<usize, (f64, Option<f64>)>,
    servers: &ServerObservations<'_>,
) -> Vec<(usize, Clock)> {
    let own = |index: &usize| dumps.get(index).map(|extract| (*index, header_clock(extract)));
    let middle_ms = median(ahead.values().map(|(ahead_ms, _)| *ahead_ms)).unwrap_or(0.0);
    let bounds = ahead.iter().filter_map(|(index, (ahead_ms, _))| {
        let own = header_stamp::offset_bounds(dumps.get(index)?).filter(header_stamp::is_plausible)?;
        Some(OffsetRange::new(own.low_ms + ahead_ms, own.high_ms + ahead_ms))
    });
    let bounds = bounds.fold(OffsetRange::ANY, OffsetRange::intersection);
    // An entry cannot be newer than the stamp before it, so where bounds contradict each other the upper one holds.
    let anchor_ms = middle_ms.max(bounds.low_ms).min(bounds.high_ms);
    let is_possible = bounds.low_ms <= bounds.high_ms;
    let agreed = agreed(servers, ahead, if is_possible { bounds } else { OffsetRange::ANY });
    if agreed.is_none() && ahead.len() < 2 {
        return ahead.keys().filter_map(own).collect();
    }
    ahead
        .iter()
        .map(|(index, (ahead_ms, residual_ms))| {
            let clock = match agreed {
                Some((agreed, is_known)) => Clock {
                    offset_ms: agreed.value_ms - ahead_ms,
                    residual_ms: is_known.then(|| agreed.residual_ms() + residual_ms.unwrap_or(0.0)),
                    method: "servers".to_owned(),
                    observations: agreed.agreeing,
                    contradictions: agreed.contradicting,
                },
                None => Clock {
                    offset_ms: anchor_ms - ahead_ms,
                    residual_ms: *residual_ms,
                    method: "sender-reports".to_owned(),
                    ..Clock::default()
                },
            };
            (*index, clock)
        })
        .collect()
}

/// The offset that servers agree on, and whether that is known to be the conference's clock.
///
/// Servers whose lines were stamped by the stats server decide, since the clients were stamped by the same clock; of the
/// others the one with the least residual only hints where in that range the offset lies. Without firm observations by
/// stamped servers it decides alone. How far its clock is from a stamped one is unknown then, and so it is where its
/// offset does not fit the clients' stamps.
fn agreed(
    servers: &ServerObservations<'_>,
    ahead: &BTreeMap<usize, (f64, Option<f64>)>,
    bounds: OffsetRange,
) -> Option<(Agreement, bool)> {
    let observations = servers.observations(ahead);
    // Hypotheses alone are not enough.
    let agree_within = |list: &Vec<OffsetObservation>, bounds| {
        agree(list, bounds).filter(|agreement| agreement.agreeing > 0)
    };
    let stamped = agree_within(&observations.stamped, bounds)
        .or_else(|| agree_within(&observations.stamped, OffsetRange::ANY));
    let fits = |own: &Agreement| own.range.overlaps(bounds);
    let own = observations.own.iter().filter_map(|list| agree_within(list, OffsetRange::ANY));
    let own = own.min_by(|a, b| fits(b).cmp(&fits(a)).then(a.residual_ms().total_cmp(&b.residual_ms())));
    match stamped {
        Some(stamped) => Some((stamped.with_hint(own), true)),
        None => own.map(|own| (own, fits(&own) && !servers.any_stamped())),
    }
}
