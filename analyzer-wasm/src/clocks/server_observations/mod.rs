//! What servers saw that clients' dumps show as well: coming, connecting, who dominates. Each such thing tells what must
//! be added to a client's times.
//!
//! A client hears of what a server does half of its round trip later, and notes it when its page gets to it: seldom
//! early, often late. So each witness allows a stretch whose lower end is sharp, and those that know how long the way
//! usually takes say where in it the truth lies. A poll shows what happened since the poll before it, whichever that was.
//!
//! Only servers whose clocks are known can say for sure what time it was: those whose lines the stats server stamped
//! share its clock. Any other machine's own clock may be wrong, so it is mixed with nobody's.

mod connecting;
mod joining;
mod machine;
mod speaking;

use std::collections::BTreeMap;

use crate::clocks::agreement::OffsetObservation;
use crate::clocks::server_clocks::ServerClocks;
use crate::extract::{ConnectionExtract, Extract};
use crate::report::Distribution;
use crate::sessions::Extracts;
use machine::Machine;

/// Nobody hears of it before it is so, but for what clocks and roundings jitter.
const EARLY_MS: f64 = 50.0;
/// A page that is busy notes what it noted this much later at most; joining is the busiest time.
const BUSY_MS: f64 = 400.0;

/// What a group of clients and their servers saw alike.
#[derive(Debug)]
pub(super) struct ServerObservations<'a> {
    extracts: &'a Extracts,
    stamped: Vec<Machine<'a>>,
    own: Vec<Machine<'a>>,
}

/// What they say.
#[derive(Debug)]
pub(super) struct OffsetObservations {
    /// By the clock of the stats server.
    pub(super) stamped: Vec<OffsetObservation>,
    /// By each other machine's own.
    pub(super) own: Vec<Vec<OffsetObservation>>,
}

/// A client, and what its clock is compared to.
#[derive(Clone, Copy, Debug)]
struct Client<'a> {
    extract: &'a Extract,
    id: &'a str,
    /// How far it is ahead of the clock that is sought.
    ahead_ms: f64,
    /// How far off that may be.
    within_ms: f64,
}

impl<'a> ServerObservations<'a> {
    /// The servers of a conference.
    pub(super) fn new(extracts: &'a Extracts, members: &[usize], clocks: &ServerClocks) -> Self {
        let machines = Machine::all(extracts, members, clocks).into_iter();
        let (stamped, own) = machines.partition(|machine| machine.stamped);
        Self { extracts, stamped, own }
    }

    /// Whether a machine's clock is known by stamps.
    pub(super) fn any_stamped(&self) -> bool {
        !self.stamped.is_empty()
    }

    /// What they say of clients whose clocks are aligned with each other: how far each is ahead of the one that is
    /// sought, and how far off that may be.
    pub(super) fn witnesses(&self, ahead: &BTreeMap<usize, (f64, Option<f64>)>) -> OffsetObservations {
        let client = |(index, (ahead_ms, within_ms)): (&usize, &(f64, Option<f64>))| {
            let extract = self.extracts.get(*index)?;
            let id = extract.identity.endpoint_id.as_deref()?;
            Some(Client { extract, id, ahead_ms: *ahead_ms, within_ms: within_ms.unwrap_or(0.0) })
        };
        let clients: Vec<Client<'_>> = ahead.iter().filter_map(client).collect();
        let said = |machines: &[Machine<'_>]| {
            let mut found = speaking::witnesses(&clients, machines);
            for client in &clients {
                let own = joining::came(client, machines)
                    .into_iter()
                    .chain(joining::allocated(client, machines))
                    .chain(connecting::ice(client, machines))
                    .chain(connecting::dtls(client, machines));
                found.extend(own.map(|witness| witness.moved(client.ahead_ms, client.within_ms)));
            }
            found
        };
        let alone = |machine| said(std::slice::from_ref(machine));
        OffsetObservations { stamped: said(&self.stamped), own: self.own.iter().map(alone).collect() }
    }
}

impl<'a> Client<'a> {
    /// Its connections to bridges.
    fn bridge_connections(&self) -> impl Iterator<Item = &'a ConnectionExtract> {
        self.extract.connections.iter().filter(|connection| connection.summary.p2p != Some(true))
    }

    /// Its round trips to bridges, in a way that suits.
    fn rtt_ms(&self, of: impl Fn(&Distribution) -> f64) -> f64 {
        let known = self.bridge_connections().filter_map(|connection| connection.summary.rtt_ms.as_ref());
        known.map(of).reduce(f64::max).unwrap_or(0.0)
    }

    /// The usual round trip.
    fn usual_rtt_ms(&self) -> f64 {
        self.rtt_ms(|rtt| rtt.p50)
    }

    /// One that is seldom exceeded.
    fn long_rtt_ms(&self) -> f64 {
        self.rtt_ms(|rtt| rtt.p95)
    }
}
