//! Aligns the clocks of people who were in one call, by the sender reports that they got from each other.
//!
//! A report carries its sender's time, and the dump tells when it came: their difference is the clocks' difference and
//! the way. The ways of both directions cancel out where both are known; else half of the round trips stands for it.
//! That aligns people with each other. With the conference's clock what servers saw of any of them does, moved by how
//! far each is ahead of the others and widened by how far off that may be. Without servers' dumps there are only the
//! stamps on their headers, which bound it: within those bounds most people's clocks are taken to be right, so the
//! middle one is not moved.

use std::collections::BTreeMap;

use super::agreement::{Agreement, Witness, agree};
use super::header_stamp::{self, header_clock};
use super::report_senders::{self, Reporters};
use super::server_clocks::ServerClocks;
use super::server_observations::Servers;
use crate::extract::{ConnectionExtract, Extract};
use crate::median::median;
use crate::report::Clock;

/// No bounds at all.
const ANYTHING: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// Differences of two clocks, as the one and as the other saw them.
#[derive(Clone, Copy, Debug, Default)]
struct Difference {
    /// First minus second, seen by the first.
    by_first: Option<f64>,
    /// The same, seen by the second.
    by_second: Option<f64>,
    /// The longest way that was assumed.
    way_ms: f64,
}

impl Difference {
    fn ms(self) -> f64 {
        match (self.by_first, self.by_second) {
            (Some(a), Some(b)) => f64::midpoint(a, b),
            (a, b) => a.or(b).unwrap_or(0.0),
        }
    }

    fn residual_ms(self) -> f64 {
        match (self.by_first, self.by_second) {
            (Some(a), Some(b)) => (a - b).abs() / 2.0,
            _ => self.way_ms,
        }
    }
}

/// The clock of each client among the members of a conference.
pub(crate) fn client_clocks(
    extracts: &[Extract],
    members: &[usize],
    server_clocks: &ServerClocks,
) -> BTreeMap<usize, Clock> {
    let servers = Servers::new(extracts, members, server_clocks);
    let members = members.iter().filter_map(|index| Some((*index, extracts.get(*index)?)));
    let dumps: BTreeMap<usize, &Extract> = members.filter(|(_, extract)| extract.file.is_client).collect();
    let differences = differences(&dumps);
    let mut clocks = BTreeMap::new();
    let mut left: Vec<usize> = dumps.keys().copied().collect();
    while let Some(first) = left.first().copied() {
        let ahead = reach(first, &differences);
        left.retain(|index| !ahead.contains_key(index));
        clocks.extend(anchored(&dumps, &ahead, &servers));
    }
    clocks
}

/// What every dump tells of every other's clock.
fn differences(dumps: &BTreeMap<usize, &Extract>) -> BTreeMap<(usize, usize), Difference> {
    let reporters = Reporters::new(dumps);
    let mut found: BTreeMap<(usize, usize), Difference> = BTreeMap::new();
    for (receiver, extract) in dumps {
        let named = report_senders::named(extract);
        for connection in &extract.connections {
            for offset in &connection.sender_clocks {
                let reporter = reporters.of(offset.ssrc, &named);
                let Some((sender, sending)) = reporter.filter(|(sender, _)| sender != receiver) else {
                    continue;
                };
                let way_ms = way_ms(connection, sending);
                let ahead_ms = offset.ahead_ms - way_ms;
                let first = *receiver < sender;
                let key = if first { (*receiver, sender) } else { (sender, *receiver) };
                let difference = found.entry(key).or_default();
                difference.way_ms = difference.way_ms.max(way_ms);
                // Of several streams the one with the shortest way tells most.
                if first {
                    difference.by_first =
                        Some(difference.by_first.map_or(ahead_ms, |known| known.min(ahead_ms)));
                } else {
                    difference.by_second =
                        Some(difference.by_second.map_or(-ahead_ms, |known| known.max(-ahead_ms)));
                }
            }
        }
    }
    found
}

/// How long a report takes from one to the other: half of the round trip, through a bridge half of both.
fn way_ms(receiving: &ConnectionExtract, sending: &ConnectionExtract) -> f64 {
    let half = |connection: &ConnectionExtract| connection.summary.rtt_ms.map_or(0.0, |rtt| rtt.p50 / 2.0);
    if receiving.summary.p2p == Some(true) { half(receiving) } else { half(receiving) + half(sending) }
}

/// Everybody whose clock can be compared with this one's, directly or by way of others: how far it is ahead of it,
/// and how far off that may be; `None` for who was compared with nobody.
fn reach(
    first: usize,
    differences: &BTreeMap<(usize, usize), Difference>,
) -> BTreeMap<usize, (f64, Option<f64>)> {
    let mut ahead = BTreeMap::from([(first, (0.0, None))]);
    let mut waiting = std::collections::VecDeque::from([first]);
    while let Some(from) = waiting.pop_front() {
        for ((a, b), difference) in differences {
            let (to, ms) = match (*a == from, *b == from) {
                (true, _) => (*b, -difference.ms()),
                (_, true) => (*a, difference.ms()),
                _ => continue,
            };
            let base = ahead.get(&from).map_or(0.0, |(ms, _)| *ms);
            if let std::collections::btree_map::Entry::Vacant(place) = ahead.entry(to) {
                place.insert((base + ms, Some(difference.residual_ms())));
                waiting.push_back(to);
            }
        }
    }
    let residual = ahead.values().find_map(|(_, residual)| *residual);
    if let Some(alone) = ahead.get_mut(&first) {
        alone.1 = residual;
    }
    ahead
}

/// Offsets of people whose clocks are aligned with each other, anchored by what servers saw of any of them, else by their
/// headers' stamps.
fn anchored(
    dumps: &BTreeMap<usize, &Extract>,
    ahead: &BTreeMap<usize, (f64, Option<f64>)>,
    servers: &Servers<'_>,
) -> Vec<(usize, Clock)> {
    let own = |index: &usize| dumps.get(index).map(|extract| (*index, header_clock(extract)));
    let middle = median(ahead.values().map(|(ahead_ms, _)| *ahead_ms)).unwrap_or(0.0);
    let bounds: Vec<(f64, f64)> = ahead
        .iter()
        .filter_map(|(index, (ahead_ms, _))| {
            let (least, most) =
                header_stamp::offset_bounds(dumps.get(index)?).filter(header_stamp::is_plausible)?;
            Some((least + ahead_ms, most + ahead_ms))
        })
        .collect();
    let least = bounds.iter().map(|(least, _)| *least).fold(f64::NEG_INFINITY, f64::max);
    let most = bounds.iter().map(|(_, most)| *most).fold(f64::INFINITY, f64::min);
    // An entry cannot be newer than the stamp before it, so where bounds contradict each other the upper one holds.
    let anchor = middle.max(least).min(most);
    let agreed = agreed(servers, ahead, if least <= most { (least, most) } else { ANYTHING });
    if agreed.is_none() && ahead.len() < 2 {
        return ahead.keys().filter_map(own).collect();
    }
    ahead
        .iter()
        .map(|(index, (ahead_ms, residual_ms))| {
            let clock = match agreed {
                Some((agreed, is_known)) => Clock {
                    offset_ms: agreed.value - ahead_ms,
                    residual_ms: is_known.then(|| agreed.within() + residual_ms.unwrap_or(0.0)),
                    method: "servers".to_owned(),
                    observations: agreed.agreeing,
                    contradictions: agreed.contradicting,
                },
                None => Clock {
                    offset_ms: anchor - ahead_ms,
                    residual_ms: *residual_ms,
                    method: "sender-reports".to_owned(),
                    ..Clock::default()
                },
            };
            (*index, clock)
        })
        .collect()
}

/// What servers agree on, and whether that is known to be the conference's clock: by the one that everybody was stamped
/// with, and where in its stretch by the machine that tells it best by its own clock. Without a firm word by that one
/// that machine tells it alone; how far off it is from a stamped machine's nobody knows then, nor where its clock does
/// not fit the clients' stamps.
fn agreed(
    servers: &Servers<'_>,
    ahead: &BTreeMap<usize, (f64, Option<f64>)>,
    bounds: (f64, f64),
) -> Option<(Agreement, bool)> {
    let said = servers.witnesses(ahead);
    // Hypotheses alone anchor nobody.
    let within = |list: &Vec<Witness>, bounds| agree(list, bounds).filter(|agreement| agreement.agreeing > 0);
    let stamped = within(&said.stamped, bounds).or_else(|| within(&said.stamped, ANYTHING));
    let fits = |own: &Agreement| own.low <= bounds.1 && bounds.0 <= own.high;
    let own = said.own.iter().filter_map(|list| within(list, ANYTHING));
    let own = own.min_by(|a, b| fits(b).cmp(&fits(a)).then(a.within().total_cmp(&b.within())));
    match stamped {
        Some(stamped) => Some((stamped.hinted(own), true)),
        None => own.map(|own| (own, fits(&own) && !servers.any_stamped())),
    }
}
