//! The coordinator's worker: keeps the extracts of the open call and answers from them.

use std::sync::Arc;

use analyzer_wasm::protocol::{ChartLine, Failure, FromWorker, PROTOCOL_VERSION, Part, ToWorker};
use js_sys::{ArrayBuffer, Float32Array, Float64Array};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::office::{Ask, Coordinator, Expected, Office};
use super::{Session, timing, words};
use crate::charts::ChartData;
use crate::shell::browser;
use crate::state::batch::Batch;
use crate::state::load::Step;
use crate::worker::{Answer, Peer, Said};

impl Session {
    /// Starts it, unless there is one.
    pub(super) fn start_coordinator(self) {
        if self.office(|office| !matches!(office.coordinator, Coordinator::Absent)) {
            return;
        }
        match Peer::start(move |said| self.hear_coordinator(said)) {
            Some(peer) => self.office(|office| office.coordinator = Coordinator::Starting(peer, vec![])),
            None => self.break_off(words::no_coordinator()),
        }
    }

    /// Gives it one extract.
    pub(super) fn add_extract(self, file: u32, extract: ArrayBuffer) {
        let ask = Ask { message: ToWorker::Add { file }, extract: Some(extract) };
        self.office(|office| office.coordinator.ask(ask));
    }

    /// Gives it what was held back and asks for the report.
    pub(super) fn conclude(self, request: u32) {
        for (file, extract) in self.office(|office| std::mem::take(&mut office.held)) {
            self.add_extract(file, extract);
        }
        self.ask_coordinator(ToWorker::Conclude { request });
    }

    /// Asks it for something.
    pub(super) fn ask_coordinator(self, message: ToWorker) {
        self.office(|office| office.coordinator.ask(Ask { message, extract: None }));
    }

    /// Nothing can go on: ends all workers and says why.
    pub(super) fn break_off(self, failure: Failure) {
        drop(self.office(std::mem::take::<Office>));
        self.step(Step::Broken(failure));
    }

    fn hear_coordinator(self, said: Said) {
        let Said::Answer(Answer { message, payload }) = said else {
            let started = self.office(|office| matches!(office.coordinator, Coordinator::Ready(_)));
            self.break_off(if started { words::coordinator_crashed() } else { words::no_coordinator() });
            return;
        };
        match message {
            FromWorker::Ready { protocol: PROTOCOL_VERSION } => {
                self.office(|office| office.coordinator.ready());
            }
            FromWorker::Ready { .. } => self.break_off(words::versions_differ()),
            FromWorker::Part { request, conference, part } => {
                self.office(|office| office.parts.entry(request).or_default().push((conference, part)));
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
                    self.step(Step::Noticed(words::no_download()));
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
                self.break_off(words::coordinator_crashed());
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
        self.office(|office| std::mem::take(&mut office.parts).remove(&request)).unwrap_or_default()
    }

    pub(super) fn take_columns(self, request: u32, lines: Vec<ChartLine>, payload: &JsValue) {
        if let Some(Expected::Chart(answer)) = self.take(request) {
            answer.try_set(ChartData::new(lines, Float64Array::new(payload).to_vec()));
        }
    }

    /// Where an answer goes; a request that is no longer known was overtaken by another.
    pub(super) fn take(self, request: u32) -> Option<Expected> {
        self.office(|office| office.expected.remove(&request))
    }
}
