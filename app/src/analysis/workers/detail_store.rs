//! Detail workers: each reads one file again, keeps every field of it and searches them. The last few are kept.

use std::collections::VecDeque;

use analyzer_wasm::wire::{Failure, FieldMatch, FromWorker, ToWorker, WIRE_VERSION};
use leptos::prelude::*;

use super::handle::{WorkerEvent, WorkerHandle};
use super::message::WorkerMessage;
use super::registry::Expected;
use crate::analysis::{Analysis, failures};
use crate::charts::ChartData;

/// Each holds a file's numbers in memory.
const MOST_DETAILS: usize = 2;

/// How far a file's fields are.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum DetailState {
    /// Nobody asked for them.
    #[default]
    Closed,
    /// The file is being read.
    Reading {
        /// Bytes of it so far.
        bytes: u64,
        /// All of its bytes.
        size: u64,
    },
    /// They can be searched.
    Ready {
        /// How many there are.
        fields: u32,
        /// Whether there are more than can be kept.
        cut: bool,
    },
    /// The file could not be read.
    Failed(Failure),
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// How many fields match.
    pub total: u32,
    /// The best of them.
    pub matches: Vec<FieldMatch>,
}

/// The workers, the one that was used last at the end.
#[derive(Debug, Default)]
pub(in crate::analysis) struct DetailStore(VecDeque<Detail>);

#[derive(Debug)]
struct Detail {
    file: u32,
    offset_ms: f64,
    handle: WorkerHandle,
    state: DetailState,
    /// Whoever shows the state.
    shown: RwSignal<DetailState>,
}

impl Analysis {
    /// Reads a file's fields, unless they are there; tells `shown` how far that is.
    pub fn open_detail(self, file: u32, offset_ms: f64, shown: RwSignal<DetailState>) {
        let known = self.registry(|registry| {
            let detail = registry.details.used(file)?;
            detail.shown = shown;
            Some(detail.state.clone())
        });
        let state = known.unwrap_or_else(|| {
            match WorkerHandle::start(move |said| self.on_detail_event(file, said)) {
                Some(handle) => {
                    let size = self
                        .registry(|registry| registry.file(file).map(crate::analysis::loading::size_of))
                        .unwrap_or_default();
                    let state = DetailState::Reading { bytes: 0, size };
                    let detail = Detail { file, offset_ms, handle, state: state.clone(), shown };
                    drop(self.registry(|registry| registry.details.add(detail)));
                    state
                }
                None => DetailState::Failed(failures::detail_crashed(self.name(file))),
            }
        });
        shown.try_set(state);
    }

    /// Takes up what is there of a file's fields, without reading it.
    pub fn resume_detail(self, file: u32, shown: RwSignal<DetailState>) {
        let known = self.registry(|registry| {
            let detail = registry.details.used(file)?;
            detail.shown = shown;
            Some(detail.state.clone())
        });
        shown.try_set(known.unwrap_or_default());
    }

    /// Ends a file's worker.
    pub fn close_detail(self, file: u32) {
        self.end_detail(file, DetailState::Closed);
    }

    /// Looks for fields of a file; the answer goes to `answer`. Gives the number to forget it by.
    #[must_use]
    pub fn search_fields(self, file: u32, words: String, limit: u32, answer: RwSignal<Option<Found>>) -> u32 {
        let request = self.registry(|registry| registry.expect(Expected::Found(answer)));
        self.ask_detail(file, &ToWorker::Search { request, words, limit });
        request
    }

    /// Asks for a field's columns; the answer goes to `answer`. Gives the number to forget it by.
    #[must_use]
    pub fn ask_field(self, file: u32, field: u32, answer: RwSignal<Option<ChartData>>) -> u32 {
        let request = self.registry(|registry| registry.expect(Expected::Chart(answer)));
        self.ask_detail(file, &ToWorker::Fields { request, fields: vec![field] });
        request
    }

    fn ask_detail(self, file: u32, message: &ToWorker) {
        self.registry(|registry| {
            if let Some(detail) = registry.details.used(file) {
                detail.handle.ask(message);
            }
        });
    }

    fn on_detail_event(self, file: u32, said: WorkerEvent) {
        let WorkerEvent::Message(WorkerMessage { message, payload }) = said else {
            self.end_detail(file, DetailState::Failed(failures::detail_crashed(self.name(file))));
            return;
        };
        match message {
            FromWorker::Ready { protocol: WIRE_VERSION } => self.registry(|registry| {
                let source = registry.file(file).cloned();
                if let (Some(detail), Some(source)) = (registry.details.used(file), source) {
                    let offset_ms = detail.offset_ms;
                    detail.handle.ask_about(&ToWorker::Detail { file, offset_ms }, &source);
                }
            }),
            FromWorker::Ready { .. } => {
                self.end_detail(file, DetailState::Failed(failures::versions_differ()));
            }
            FromWorker::Progress { bytes, .. } => {
                let size = self
                    .registry(|registry| registry.file(file).map(crate::analysis::loading::size_of))
                    .unwrap_or_default();
                self.tell(file, DetailState::Reading { bytes, size });
            }
            FromWorker::Detailed { fields, cut, .. } => self.tell(file, DetailState::Ready { fields, cut }),
            FromWorker::Failed { failure, .. } => self.end_detail(file, DetailState::Failed(failure)),
            FromWorker::Found { request, total, matches } => {
                if let Some(Expected::Found(answer)) = self.take(request) {
                    answer.try_set(Some(Found { total, matches }));
                }
            }
            FromWorker::Columns { request, lines } => self.take_columns(request, lines, &payload),
            FromWorker::Extracted { .. }
            | FromWorker::Part { .. }
            | FromWorker::Overview { .. }
            | FromWorker::Connections { .. }
            | FromWorker::ReportJson
            | FromWorker::Crashed => {
                self.end_detail(file, DetailState::Failed(failures::detail_crashed(self.name(file))));
            }
        }
    }

    fn tell(self, file: u32, state: DetailState) {
        let shown = self.registry(|registry| {
            let detail = registry.details.used(file)?;
            detail.state = state.clone();
            Some(detail.shown)
        });
        if let Some(shown) = shown {
            shown.try_set(state);
        }
    }

    fn end_detail(self, file: u32, state: DetailState) {
        // The worker ends here, outside of the registry: ending calls back.
        if let Some(detail) = self.registry(|registry| registry.details.remove(file)) {
            detail.shown.try_set(state);
        }
    }
}

impl DetailStore {
    /// A file's worker, which counts as used now.
    fn used(&mut self, file: u32) -> Option<&mut Detail> {
        let detail = self.remove(file)?;
        self.0.push_back(detail);
        self.0.back_mut()
    }

    /// Adds a worker; gives back the one that has to end for it.
    fn add(&mut self, detail: Detail) -> Option<Detail> {
        self.0.push_back(detail);
        if self.0.len() > MOST_DETAILS { self.0.pop_front() } else { None }
    }

    fn remove(&mut self, file: u32) -> Option<Detail> {
        let at = self.0.iter().position(|detail| detail.file == file)?;
        self.0.remove(at)
    }
}
