//! Observations of clock offsets: what servers recorded and clients' dumps show as well, that is joins, connections and
//! changes of the dominant speaker.
//!
//! A client is notified of what a server does half a round trip later, and logs it when its page gets to it: seldom early,
//! often late. So each observation allows a range of offsets whose lower end is sharp, and observations with a known usual
//! delay have a usual offset within it. A change that a poll shows happened since the poll before it.
//!
//! Only servers with known clocks are reliable: those whose lines the stats server stamped share its clock. The clock of
//! any other server may be wrong, so its observations are not mixed with others.

mod connecting;
mod joining;
mod machine;
mod speaking;

use std::collections::BTreeMap;

use crate::clocks::offset_observation::OffsetObservation;
use crate::clocks::server_clocks::ServerClocks;
use crate::extract::{ConnectionExtract, Extract};
use crate::report::Distribution;
use crate::sessions::Extracts;
use machine::Machine;

/// How early a client may log a change of a server, ms: rounding and the jitter of clocks.
const EARLY_MS: f64 = 50.0;
/// How late a busy page may log what it was notified of, ms; it is busiest while joining.
const BUSY_MS: f64 = 400.0;

/// The servers of a conference, whose records are compared with those of its clients.
#[derive(Debug)]
pub(super) struct ServerObservations<'a> {
    extracts: &'a Extracts,
    stamped: Vec<Machine<'a>>,
    own: Vec<Machine<'a>>,
}

/// Observations of the offset of a group of aligned clients.
#[derive(Debug)]
pub(super) struct OffsetObservations {
    /// By servers with the clock of the stats server.
    pub(super) stamped: Vec<OffsetObservation>,
    /// By each other server, with its own clock.
    pub(super) own: Vec<Vec<OffsetObservation>>,
}

/// A client of a group whose clocks are aligned with each other.
#[derive(Clone, Copy, Debug)]
struct Client<'a> {
    extract: &'a Extract,
    id: &'a str,
    /// How far its clock is ahead of the group's.
    ahead_ms: f64,
    /// The possible error of that.
    within_ms: f64,
}

impl<'a> ServerObservations<'a> {
    /// The servers of a conference.
    pub(super) fn new(extracts: &'a Extracts, members: &[usize], clocks: &ServerClocks) -> Self {
        let machines = Machine::all(extracts, members, clocks).into_iter();
        let (stamped, own) = machines.partition(|machine| machine.stamped);
        Self { extracts, stamped, own }
    }

    /// Whether any server's clock is known by stamps.
    pub(super) fn any_stamped(&self) -> bool {
        !self.stamped.is_empty()
    }

    /// Observations of the offset of clients whose clocks are aligned with each other. `ahead` holds for each how far its
    /// clock is ahead of the group's, and the possible error, both in ms.
    pub(super) fn observations(&self, ahead: &BTreeMap<usize, (f64, Option<f64>)>) -> OffsetObservations {
        let client = |(index, (ahead_ms, within_ms)): (&usize, &(f64, Option<f64>))| {
            let extract = self.extracts.get(*index)?;
            let id = extract.identity.endpoint_id.as_deref()?;
            Some(Client { extract, id, ahead_ms: *ahead_ms, within_ms: within_ms.unwrap_or(0.0) })
        };
        let clients: Vec<Client<'_>> = ahead.iter().filter_map(client).collect();
        let by = |machines: &[Machine<'_>]| {
            let mut found = speaking::observations(&clients, machines);
            for client in &clients {
                let own = joining::came(client, machines)
                    .into_iter()
                    .chain(joining::allocated(client, machines))
                    .chain(connecting::ice(client, machines))
                    .chain(connecting::dtls(client, machines));
                found.extend(own.map(|observation| observation.shifted(client.ahead_ms, client.within_ms)));
            }
            found
        };
        let alone = |machine| by(std::slice::from_ref(machine));
        OffsetObservations { stamped: by(&self.stamped), own: self.own.iter().map(alone).collect() }
    }
}

impl<'a> Client<'a> {
    /// Its connections to bridges.
    fn bridge_connections(&self) -> impl Iterator<Item = &'a ConnectionExtract> {
        self.extract.connections.iter().filter(|connection| connection.summary.p2p != Some(true))
    }

    /// The longest of a figure of its round-trip times to bridges, ms; 0 without any.
    fn rtt_ms(&self, of: impl Fn(&Distribution) -> f64) -> f64 {
        let known = self.bridge_connections().filter_map(|connection| connection.summary.rtt_ms.as_ref());
        known.map(of).reduce(f64::max).unwrap_or(0.0)
    }

    /// The median round-trip time, ms.
    fn usual_rtt_ms(&self) -> f64 {
        self.rtt_ms(|rtt| rtt.p50)
    }

    /// The 95th percentile of the round-trip time, ms.
    fn long_rtt_ms(&self) -> f64 {
        self.rtt_ms(|rtt| rtt.p95)
    }
}
