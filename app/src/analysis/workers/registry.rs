//! All workers of the page, the files they read, and the queries they were sent. Plain data: no signal changes here.

use std::collections::BTreeMap;

use js_sys::ArrayBuffer;
use web_sys::File;

use super::detail_store::DetailStore;
use super::handle::WorkerHandle;
use super::message::OutgoingMessage;
use super::scheduler::Scheduler;
use crate::analysis::queries::{PendingQueries, Receive};
use crate::analysis::sources::Fetch;

/// The workers of the page with everything that belongs to them.
#[derive(Default)]
pub(in crate::analysis) struct WorkerRegistry {
    /// Which extract worker reads which file.
    pub(in crate::analysis) scheduler: Scheduler,
    /// The extract workers, by the scheduler's numbers.
    pub(in crate::analysis) readers: BTreeMap<u32, WorkerHandle>,
    /// The worker that makes the reports.
    pub(in crate::analysis) coordinator: Coordinator,
    /// Extracts that are kept back until the whole load is read: while a call is open, cancelling the load must leave
    /// the call as it is.
    pub(in crate::analysis) held: Vec<(u32, ArrayBuffer)>,
    /// The queries that were sent and not answered.
    pub(in crate::analysis) queries: PendingQueries<Box<dyn Receive>>,
    /// The download of the sample call, while it runs.
    pub(in crate::analysis) fetch: Option<Fetch>,
    /// The workers that hold all fields of a file.
    pub(in crate::analysis) details: DetailStore,
    /// The handles of the files, by the page's numbers.
    files: Vec<Option<File>>,
}

/// The coordinator's worker.
#[derive(Debug, Default)]
pub(in crate::analysis) enum Coordinator {
    /// No call is open and none is being read.
    #[default]
    Absent,
    /// Its module is loading; messages wait.
    Starting(WorkerHandle, Vec<OutgoingMessage>),
    /// It accepts messages.
    Ready(WorkerHandle),
}

impl WorkerRegistry {
    /// Keeps a file's handle and returns its number.
    pub(in crate::analysis) fn keep(&mut self, file: &File) -> u32 {
        self.files.push(Some(file.clone()));
        u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX)
    }

    /// The handle of a file.
    pub(in crate::analysis) fn file(&self, number: u32) -> Option<&File> {
        self.files.get(number as usize)?.as_ref()
    }

    /// Releases the handles of files.
    pub(in crate::analysis) fn drop_files(&mut self, numbers: &[u32]) {
        for number in numbers {
            if let Some(file) = self.files.get_mut(*number as usize) {
                *file = None;
            }
        }
    }

    /// Ends all fetching and reading. The workers end when the returned value is dropped.
    pub(in crate::analysis) fn end_reading(&mut self, coordinator_too: bool) -> impl Sized + use<> {
        self.scheduler.clear();
        self.held.clear();
        let coordinator =
            coordinator_too.then(|| (std::mem::take(&mut self.coordinator), self.queries.abandon(None)));
        (std::mem::take(&mut self.readers), self.fetch.take(), coordinator)
    }

    /// Ends everything. The workers end when the returned value is dropped.
    pub(in crate::analysis) fn end_all(&mut self) -> Self {
        let ended = std::mem::take(self);
        self.queries = ended.queries.successor();
        ended
    }
}

impl Coordinator {
    /// Sends a message, now or as soon as the worker is ready; `false` if there is no worker.
    pub(in crate::analysis) fn post(&mut self, message: OutgoingMessage) -> bool {
        match self {
            Self::Absent => return false,
            Self::Starting(_, waiting) => waiting.push(message),
            Self::Ready(handle) => handle.post(&message),
        }
        true
    }

    /// The worker is ready: sends all messages that waited.
    pub(in crate::analysis) fn ready(&mut self) {
        if let Self::Starting(handle, waiting) = std::mem::take(self) {
            waiting.iter().for_each(|message| handle.post(message));
            *self = Self::Ready(handle);
        }
    }
}
