//! What the page holds of its workers: handles, files, and what it waits for. No signals change here.

use std::collections::BTreeMap;
use std::sync::Arc;

use analyzer_wasm::protocol::{Part, ToWorker};
use analyzer_wasm::report::Connection;
use js_sys::ArrayBuffer;
use leptos::prelude::RwSignal;
use web_sys::File;

use super::detail::{Details, Found};
use crate::charts::ChartData;
use crate::source::Fetch;
use crate::worker::Peer;
use crate::worker::roster::Roster;

/// The workers' side of a session.
#[derive(Debug, Default)]
pub(super) struct Office {
    /// Who reads what.
    pub(super) roster: Roster,
    /// The extract workers by number.
    pub(super) readers: BTreeMap<u32, Peer>,
    /// The one that makes the report.
    pub(super) coordinator: Coordinator,
    /// Extracts that wait until all of a load is read, because a call is open that a cancel must leave as it is.
    pub(super) held: Vec<(u32, ArrayBuffer)>,
    /// What was asked of the coordinator, by the request's number.
    pub(super) expected: BTreeMap<u32, Expected>,
    /// Parts of the coordinator's answers that are not complete, by the request's number.
    pub(super) parts: BTreeMap<u32, Vec<(usize, Part)>>,
    /// The sample on its way.
    pub(super) fetch: Option<Fetch>,
    /// Workers that hold all fields of a file.
    pub(super) details: Details,
    /// By number.
    files: Vec<Option<File>>,
    next_request: u32,
}

/// Where an answer goes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Expected {
    /// A chart's columns.
    Chart(RwSignal<Option<ChartData>>),
    /// Fields of a file.
    Found(RwSignal<Option<Found>>),
    /// Somebody's connections.
    Connections(RwSignal<Option<Arc<Vec<Connection>>>>),
}

/// The coordinator's worker.
#[derive(Debug, Default)]
pub(super) enum Coordinator {
    /// Nothing is open.
    #[default]
    Absent,
    /// Its module loads; what is asked meanwhile waits.
    Starting(Peer, Vec<Ask>),
    /// It answers.
    Ready(Peer),
}

/// Something asked of the coordinator.
#[derive(Debug)]
pub(super) struct Ask {
    /// The words.
    pub(super) message: ToWorker,
    /// An extract, where one goes with them.
    pub(super) extract: Option<ArrayBuffer>,
}

impl Office {
    /// Remembers a file and gives its number.
    pub(super) fn keep(&mut self, file: &File) -> u32 {
        self.files.push(Some(file.clone()));
        u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX)
    }

    /// A file by its number.
    pub(super) fn file(&self, number: u32) -> Option<&File> {
        self.files.get(number as usize)?.as_ref()
    }

    /// No longer needs these files.
    pub(super) fn drop_files(&mut self, numbers: &[u32]) {
        for number in numbers {
            if let Some(file) = self.files.get_mut(*number as usize) {
                *file = None;
            }
        }
    }

    /// Remembers where an answer goes and gives the request's number.
    pub(super) fn expect(&mut self, answer: Expected) -> u32 {
        let request = self.next_request;
        self.next_request += 1;
        self.expected.insert(request, answer);
        request
    }

    /// Ends all fetching and reading; what is returned ends when it is dropped.
    pub(super) fn end_reading(&mut self, coordinator_too: bool) -> impl Sized + use<> {
        self.roster.clear();
        self.held.clear();
        let coordinator = coordinator_too.then(|| std::mem::take(&mut self.coordinator));
        (std::mem::take(&mut self.readers), self.fetch.take(), coordinator)
    }
}

impl Coordinator {
    /// Asks now, or as soon as it is ready.
    pub(super) fn ask(&mut self, ask: Ask) {
        match self {
            Self::Absent => {}
            Self::Starting(_, waiting) => waiting.push(ask),
            Self::Ready(peer) => ask.send(peer),
        }
    }

    /// It is ready: everything that waited is asked.
    pub(super) fn ready(&mut self) {
        if let Self::Starting(peer, waiting) = std::mem::take(self) {
            waiting.into_iter().for_each(|ask| ask.send(&peer));
            *self = Self::Ready(peer);
        }
    }
}

impl Ask {
    fn send(self, peer: &Peer) {
        match &self.extract {
            Some(extract) => peer.hand_over(&self.message, extract),
            None => peer.ask(&self.message),
        }
    }
}
