//! The coordinator's worker: keeps the extracts of the open call and answers from them.

use std::sync::Arc;

use analyzer_wasm::wire::{ChartLine, Failure, FromWorker, Part, ToWorker, WIRE_VERSION};
use js_sys::{ArrayBuffer, Float32Array, Float64Array};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::handle::{WorkerEvent, WorkerHandle};
use super::message::WorkerMessage;
use super::registry::{Ask, Coordinator, Expected, WorkerRegistry};
use crate::analysis::{Analysis, failures, timing};
use crate::charts::ChartData;
use crate::shell::browser;
use crate::state::batch::Batch;
use crate::state::load::Step;

impl Analysis {
    /// Starts it, unless there is one.
    pub(in crate::analysis) fn start_coordinator(self) {
        if self.registry(|registry| !matches!(registry.coordinator, Coordinator::Absent)) {
            return;
        }
        match WorkerHandle::start(move |said| self.on_coordinator_event(said)) {
            Some(handle) => {
                self.registry(|registry| registry.coordinator = Coordinator::Starting(handle, vec![]))
            }
            None => self.break_off(failures::no_coordinator()),
        }
    }

    /// Gives it one extract.
    pub(in crate::analysis) fn add_extract(self, file: u32, extract: ArrayBuffer) {
        let ask = Ask { message: ToWorker::Add { file }, extract: Some(extract) };
        self.registry(|registry| registry.coordinator.ask(ask));
    }

    /// Gives it what was held back and asks for the report.
    pub(in crate::analysis) fn conclude(self, request: u32) {
        for (file, extract) in self.registry(|registry| std::mem::take(&mut registry.held)) {
            self.add_extract(file, extract);
        }
        self.ask_coordinator(ToWorker::Conclude { request });
    }

    /// Asks it for something.
    pub(in crate::analysis) fn ask_coordinator(self, message: ToWorker) {
        self.registry(|registry| registry.coordinator.ask(Ask { message, extract: None }));
    }

    /// Nothing can go on: ends all workers and says why.
    pub(in crate::analysis) fn break_off(self, failure: Failure) {
        drop(self.registry(std::mem::take::<WorkerRegistry>));
        self.step(Step::Broken(failure));
    }

    fn on_coordinator_event(self, said: WorkerEvent) {
        let WorkerEvent::Message(WorkerMessage { message, payload }) = said else {
            let started = self.registry(|registry| matches!(registry.coordinator, Coordinator::Ready(_)));
            self.break_off(if started {
                failures::coordinator_crashed()
            } else {
                failures::no_coordinator()
            });
            return;
        };
        match message {
            FromWorker::Ready { protocol: WIRE_VERSION } => {
                self.registry(|registry| registry.coordinator.ready());
            }
            FromWorker::Ready { .. } => self.break_off(failures::versions_differ()),
            FromWorker::Part { request, conference, part } => {
                self.registry(|registry| registry.parts.entry(request).or_default().push((conference, part)));
            }
            FromWorker::Overview { request, mut conferences } => {
                for (conference, part) in self.take_parts(request) {
                    if let Some(overview) = conferences.get_mut(conference) {
                        overview.join(part);
                    }
                }
                let trends = Float32Array::new(&payload).to_vec();
                self.take_overview(Step::Concluded { request, conferences, trends });
            }
            FromWorker::Columns { request, lines } => self.take_columns(request, lines, &payload),
            FromWorker::Connections { request, connections } => {
                if let Some(Expected::Connections(answer)) = self.take(request) {
                    answer.try_set(Some(Arc::new(connections)));
                }
            }
            FromWorker::ReportJson => {
                if browser::download("rtcscope-report.json", "application/json", &payload).is_none() {
                    self.step(Step::Noticed(failures::no_download()));
                }
            }
            FromWorker::Failed { file, failure } => {
                self.step(Step::Noticed(Failure { file: self.name(file), ..failure }));
            }
            FromWorker::Crashed
            | FromWorker::Progress { .. }
            | FromWorker::Extracted { .. }
            | FromWorker::Detailed { .. }
            | FromWorker::Found { .. } => {
                self.break_off(failures::coordinator_crashed());
            }
        }
    }

    fn take_overview(self, concluded: Step) {
        let (before, began_ms) =
            self.load.with_untracked(|load| (load.call().cloned(), load.batch().map(Batch::began_ms)));
        self.step(concluded);
        let shown = self.load.with_untracked(|load| load.call().cloned());
        if let (Some(began_ms), true) = (began_ms, shown.is_some() && shown != before) {
            browser::after_paint(move || {
                if self.load.try_with_untracked(|load| load.call() == shown.as_ref()) == Some(true) {
                    timing::total(began_ms);
                }
            });
        }
    }

    /// The parts of an answer; those of earlier ones are of no use any more.
    fn take_parts(self, request: u32) -> Vec<(usize, Part)> {
        self.registry(|registry| std::mem::take(&mut registry.parts).remove(&request)).unwrap_or_default()
    }

    pub(in crate::analysis) fn take_columns(self, request: u32, lines: Vec<ChartLine>, payload: &JsValue) {
        if let Some(Expected::Chart(answer)) = self.take(request) {
            answer.try_set(ChartData::new(lines, Float64Array::new(payload).to_vec()));
        }
    }

    /// Where an answer goes; a request that is no longer known was overtaken by another.
    pub(in crate::analysis) fn take(self, request: u32) -> Option<Expected> {
        self.registry(|registry| registry.expected.remove(&request))
    }
}
