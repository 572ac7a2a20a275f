//! Detail workers: each reads one file again and keeps every field of it for queries. The last few are kept.

use std::collections::VecDeque;

use analyzer_wasm::wire::{Failure, FromWorker, ToWorker};
use leptos::prelude::*;

use super::handle::{WorkerEvent, WorkerHandle};
use super::message::OutgoingMessage;
use crate::analysis::loading::size_of;
use crate::analysis::{Analysis, failures};

/// The most detail workers, each of which holds all numbers of a file in memory.
const MOST_WORKERS: usize = 2;

/// The state of a file's fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum DetailState {
    /// They are not in memory.
    #[default]
    Closed,
    /// The file is being read.
    Reading {
        /// Bytes of the file that have been read.
        bytes: u64,
        /// The size of the file.
        size: u64,
    },
    /// They can be queried.
    Ready {
        /// How many fields there are.
        fields: u32,
        /// Whether the file holds more values than are kept.
        cut: bool,
    },
    /// The file could not be read.
    Failed(Failure),
}

/// The detail workers, the most recently used one last.
#[derive(Debug, Default)]
pub(in crate::analysis) struct DetailStore(VecDeque<DetailWorker>);

#[derive(Debug)]
struct DetailWorker {
    file: u32,
    offset_ms: f64,
    handle: WorkerHandle,
    state: DetailState,
    /// The signal of the view that shows the state.
    shown: Option<RwSignal<DetailState>>,
}

impl Analysis {
    /// Has the fields of a file read, unless they are in memory; `shown` follows their state.
    pub fn open_detail(self, file: u32, offset_ms: f64, shown: RwSignal<DetailState>) {
        let known = self.registry(|registry| registry.details.show(file, shown));
        let state = known.unwrap_or_else(|| self.start_detail(file, offset_ms, shown));
        shown.try_set(state);
    }

    /// Has `shown` follow the state of a file's fields, without reading the file.
    pub fn watch_detail(self, file: u32, shown: RwSignal<DetailState>) {
        let known = self.registry(|registry| registry.details.show(file, shown));
        shown.try_set(known.unwrap_or_default());
    }

    /// Ends a file's worker.
    pub fn close_detail(self, file: u32) {
        self.end_detail(file, DetailState::Closed);
    }

    fn start_detail(self, file: u32, offset_ms: f64, shown: RwSignal<DetailState>) -> DetailState {
        let Some(handle) = WorkerHandle::start(move |event| self.on_detail_event(file, event)) else {
            return DetailState::Failed(failures::detail_crashed(self.name(file)));
        };
        let state = DetailState::Reading { bytes: 0, size: self.size(file) };
        let worker = DetailWorker { file, offset_ms, handle, state: state.clone(), shown: Some(shown) };
        if let Some(evicted) = self.registry(|registry| registry.details.add(worker)) {
            self.detail_ended(evicted, DetailState::Closed);
        }
        state
    }

    fn on_detail_event(self, file: u32, event: WorkerEvent) {
        match event {
            WorkerEvent::Ready => self.registry(|registry| {
                let handle = registry.file(file).cloned();
                if let (Some(worker), Some(handle)) = (registry.details.used(file), handle) {
                    let head = ToWorker::OpenDetail { file, offset_ms: worker.offset_ms };
                    worker.handle.post(&OutgoingMessage::with_file(&head, &handle));
                }
            }),
            WorkerEvent::VersionMismatch => {
                self.end_detail(file, DetailState::Failed(failures::versions_differ()));
            }
            WorkerEvent::Response { response, body, payload } => self.on_response(response, &body, payload),
            WorkerEvent::Message { head: FromWorker::Progress { bytes, .. }, .. } => {
                self.set_detail_state(file, DetailState::Reading { bytes, size: self.size(file) });
            }
            WorkerEvent::Message { head: FromWorker::DetailReady { fields, cut, .. }, .. } => {
                self.set_detail_state(file, DetailState::Ready { fields, cut });
            }
            WorkerEvent::Message { head: FromWorker::Failed { failure, .. }, .. } => {
                self.end_detail(file, DetailState::Failed(failure));
            }
            WorkerEvent::Message { .. } | WorkerEvent::Died => {
                self.end_detail(file, DetailState::Failed(failures::detail_crashed(self.name(file))));
            }
        }
    }

    fn set_detail_state(self, file: u32, state: DetailState) {
        let shown = self.registry(|registry| {
            let worker = registry.details.used(file)?;
            worker.state = state.clone();
            worker.shown
        });
        if let Some(shown) = shown {
            shown.try_set(state);
        }
    }

    fn end_detail(self, file: u32, state: DetailState) {
        if let Some(worker) = self.registry(|registry| registry.details.remove(file)) {
            self.detail_ended(worker, state);
        }
    }

    /// Shows the end of a worker that was removed from the store. It is not called while the registry is borrowed,
    /// because signals change.
    fn detail_ended(self, worker: DetailWorker, state: DetailState) {
        let DetailWorker { file, shown, handle, .. } = worker;
        drop(handle);
        let failure = match &state {
            DetailState::Failed(failure) => failure.clone(),
            _ => failures::nothing_to_query(Some(self.name(file))),
        };
        self.fail_queries(Some(file), &failure);
        if let Some(shown) = shown {
            shown.try_set(state);
        }
    }

    fn size(self, file: u32) -> u64 {
        self.registry(|registry| registry.file(file).map(size_of)).unwrap_or_default()
    }
}

impl DetailStore {
    /// Has a signal follow the worker of a file, and no other worker; returns its state if there is such a worker.
    fn show(&mut self, file: u32, shown: RwSignal<DetailState>) -> Option<DetailState> {
        for worker in &mut self.0 {
            worker.shown.take_if(|other| *other == shown);
        }
        let worker = self.used(file)?;
        worker.shown = Some(shown);
        Some(worker.state.clone())
    }

    /// Sends a message to a file's worker, which counts as its use; `false` if there is none.
    pub(in crate::analysis) fn post(&mut self, file: u32, message: &OutgoingMessage) -> bool {
        let worker = self.used(file);
        worker.map(|worker| worker.handle.post(message)).is_some()
    }

    /// A file's worker, which becomes the most recently used one.
    fn used(&mut self, file: u32) -> Option<&mut DetailWorker> {
        let worker = self.remove(file)?;
        self.0.push_back(worker);
        self.0.back_mut()
    }

    /// Adds a worker; returns the least recently used one if there are too many.
    fn add(&mut self, worker: DetailWorker) -> Option<DetailWorker> {
        self.0.push_back(worker);
        if self.0.len() > MOST_WORKERS { self.0.pop_front() } else { None }
    }

    fn remove(&mut self, file: u32) -> Option<DetailWorker> {
        let at = self.0.iter().position(|worker| worker.file == file)?;
        self.0.remove(at)
    }
}
