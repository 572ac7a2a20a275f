//! What the page holds of its workers: handles, files, and what it waits for. No signals change here.

use std::collections::BTreeMap;
use std::sync::Arc;

use analyzer_wasm::report::Connection;
use analyzer_wasm::wire::{Part, ToWorker};
use js_sys::ArrayBuffer;
use leptos::prelude::RwSignal;
use web_sys::File;

use super::detail_store::{DetailStore, Found};
use super::handle::WorkerHandle;
use super::scheduler::Scheduler;
use crate::analysis::sources::Fetch;
use crate::charts::ChartData;

/// The workers' side of a session.
#[derive(Debug, Default)]
pub(in crate::analysis) struct WorkerRegistry {
    /// Who reads what.
    pub(in crate::analysis) scheduler: Scheduler,
    /// The extract workers by number.
    pub(in crate::analysis) readers: BTreeMap<u32, WorkerHandle>,
    /// The one that makes the report.
    pub(in crate::analysis) coordinator: Coordinator,
    /// Extracts that wait until all of a load is read, because a call is open that a cancel must leave as it is.
    pub(in crate::analysis) held: Vec<(u32, ArrayBuffer)>,
    /// What was asked of the coordinator, by the request's number.
    pub(in crate::analysis) expected: BTreeMap<u32, Expected>,
    /// Parts of the coordinator's answers that are not complete, by the request's number.
    pub(in crate::analysis) parts: BTreeMap<u32, Vec<(usize, Part)>>,
    /// The sample on its way.
    pub(in crate::analysis) fetch: Option<Fetch>,
    /// Workers that hold all fields of a file.
    pub(in crate::analysis) details: DetailStore,
    /// By number.
    files: Vec<Option<File>>,
    next_request: u32,
}

/// Where an answer goes.
#[derive(Clone, Copy, Debug)]
pub(in crate::analysis) enum Expected {
    /// A chart's columns.
    Chart(RwSignal<Option<ChartData>>),
    /// Fields of a file.
    Found(RwSignal<Option<Found>>),
    /// Somebody's connections.
    Connections(RwSignal<Option<Arc<Vec<Connection>>>>),
}

/// The coordinator's worker.
#[derive(Debug, Default)]
pub(in crate::analysis) enum Coordinator {
    /// Nothing is open.
    #[default]
    Absent,
    /// Its module loads; what is asked meanwhile waits.
    Starting(WorkerHandle, Vec<Ask>),
    /// It answers.
    Ready(WorkerHandle),
}

/// Something asked of the coordinator.
#[derive(Debug)]
pub(in crate::analysis) struct Ask {
    /// The words.
    pub(in crate::analysis) message: ToWorker,
    /// An extract, where one goes with them.
    pub(in crate::analysis) extract: Option<ArrayBuffer>,
}

impl WorkerRegistry {
    /// Remembers a file and gives its number.
    pub(in crate::analysis) fn keep(&mut self, file: &File) -> u32 {
        self.files.push(Some(file.clone()));
        u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX)
    }

    /// A file by its number.
    pub(in crate::analysis) fn file(&self, number: u32) -> Option<&File> {
        self.files.get(number as usize)?.as_ref()
    }

    /// No longer needs these files.
    pub(in crate::analysis) fn drop_files(&mut self, numbers: &[u32]) {
        for number in numbers {
            if let Some(file) = self.files.get_mut(*number as usize) {
                *file = None;
            }
        }
    }

    /// Remembers where an answer goes and gives the request's number.
    pub(in crate::analysis) fn expect(&mut self, answer: Expected) -> u32 {
        let request = self.next_request;
        self.next_request += 1;
        self.expected.insert(request, answer);
        request
    }

    /// Ends all fetching and reading; what is returned ends when it is dropped.
    pub(in crate::analysis) fn end_reading(&mut self, coordinator_too: bool) -> impl Sized + use<> {
        self.scheduler.clear();
        self.held.clear();
        let coordinator = coordinator_too.then(|| std::mem::take(&mut self.coordinator));
        (std::mem::take(&mut self.readers), self.fetch.take(), coordinator)
    }
}

impl Coordinator {
    /// Asks now, or as soon as it is ready.
    pub(in crate::analysis) fn ask(&mut self, ask: Ask) {
        match self {
            Self::Absent => {}
            Self::Starting(_, waiting) => waiting.push(ask),
            Self::Ready(handle) => ask.send(handle),
        }
    }

    /// It is ready: everything that waited is asked.
    pub(in crate::analysis) fn ready(&mut self) {
        if let Self::Starting(handle, waiting) = std::mem::take(self) {
            waiting.into_iter().for_each(|ask| ask.send(&handle));
            *self = Self::Ready(handle);
        }
    }
}

impl Ask {
    fn send(self, handle: &WorkerHandle) {
        match &self.extract {
            Some(extract) => handle.hand_over(&self.message, extract),
            None => handle.ask(&self.message),
        }
    }
}
