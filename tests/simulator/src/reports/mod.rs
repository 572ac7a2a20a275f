//! The `getStats` reports of an endpoint with the names, fields and order of Chrome 156.

mod candidates;
mod idle;
mod received;
mod sent;

pub(super) use idle::{Idle, idle_poll};

use std::sync::Arc;

use super::dump::Snapshot;
use super::fault::{Fault, FaultKind};
use super::model::{Endpoint, Kind, Moment};
use super::scenario::{Scenario, Topology};
use super::session::Session;

/// The opus codec's parameters, which are part of its reports' ids.
const OPUS: &str = "minptime=10;useinbandfec=1";

/// Ids that every endpoint's polls have.
#[derive(Debug)]
pub(super) struct Ids {
    playout: Arc<str>,
    certificates: [Arc<str>; 2],
    codecs_in: [Arc<str>; 2],
    codecs_out: [Arc<str>; 2],
    connection: Arc<str>,
    sources: [Arc<str>; 3],
    transport: Arc<str>,
}

impl Ids {
    /// The ids of a session's polls.
    pub(super) fn of(session: &Session) -> Self {
        let [own, other] = &session.fingerprints;
        Self {
            playout: "AP".into(),
            certificates: [format!("CF{own}").into(), format!("CF{other}").into()],
            codecs_in: [format!("CIT01_111_{OPUS}").into(), "CIT01_96".into()],
            codecs_out: [format!("COT01_111_{OPUS}").into(), "COT01_96".into()],
            connection: "P".into(),
            sources: ["SA1".into(), "SV2".into(), "SV3".into()],
            transport: "T01".into(),
        }
    }
}

/// Everything that a poll is taken of.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) sessions: &'a [Session],
    pub(super) session: &'a Session,
    pub(super) endpoint: &'a Endpoint,
    pub(super) ids: &'a Ids,
    pub(super) moment: Moment,
    /// True time, ms after the call's start.
    pub(super) true_ms: f64,
    /// The client's clock at true time 0.
    pub(super) client_zero_ms: f64,
    pub(super) generation: usize,
}

impl View<'_> {
    /// The reports' own time.
    fn now_ms(&self) -> f64 {
        thousandth(self.client_zero_ms + self.true_ms)
    }

    /// An instant of true time on the client's clock, to the microsecond as reports have it.
    fn client_ms(&self, true_ms: f64) -> f64 {
        thousandth(self.client_zero_ms + true_ms)
    }

    /// What the person's media goes through for all of the call, if anything.
    fn transport_of(&self, person: usize) -> Option<FaultKind> {
        let is_transport = |fault: &&Fault| {
            fault.person == person && matches!(fault.kind, FaultKind::Relay { .. } | FaultKind::Tcp)
        };
        self.scenario.faults.iter().find(is_transport).map(|fault| fault.kind)
    }

    fn is_direct(&self) -> bool {
        self.scenario.topology == Topology::PeerToPeer
    }
}

/// Fills a snapshot with everything, by id as Chrome orders it.
pub(super) fn poll(view: &View<'_>, snapshot: &mut Snapshot) {
    snapshot.clear();
    received::playout(view, snapshot);
    candidates::certificates(view, snapshot);
    received::codecs(view, snapshot);
    sent::codecs(view, snapshot);
    candidates::pair_and_ends(view, snapshot);
    for kind in [Kind::Voice, Kind::Camera, Kind::Screen] {
        received::streams(view, kind, snapshot);
    }
    sent::streams(view, snapshot);
    snapshot
        .report(&view.ids.connection, "peer-connection", view.now_ms())
        .whole("dataChannelsClosed", 0)
        .whole("dataChannelsOpened", 1);
    sent::feedback(view, snapshot);
    for kind in [Kind::Voice, Kind::Camera, Kind::Screen] {
        received::sender_reports(view, kind, snapshot);
    }
    sent::sources(view, snapshot);
    candidates::transport(view, snapshot);
}

/// A number with three decimals.
fn thousandth(number: f64) -> f64 {
    (number * 1e3).round() / 1e3
}
