//! The coordinator: the worker that keeps the extracts of the open call and makes the reports.

use analyzer_wasm::query::{Overviews, ReportJson};
use analyzer_wasm::wire::{Failure, FromWorker, ToWorker};
use js_sys::ArrayBuffer;
use leptos::prelude::*;

use super::handle::{WorkerEvent, WorkerHandle};
use super::message::OutgoingMessage;
use super::registry::Coordinator;
use crate::analysis::{Analysis, failures, timing};
use crate::shell::browser;
use crate::state::batch::Batch;
use crate::state::load::Step;

impl Analysis {
    /// Starts the coordinator, unless it runs.
    pub(in crate::analysis) fn start_coordinator(self) {
        if self.registry(|registry| !matches!(registry.coordinator, Coordinator::Absent)) {
            return;
        }
        match WorkerHandle::start(move |event| self.on_coordinator_event(event)) {
            Some(handle) => {
                self.registry(|registry| registry.coordinator = Coordinator::Starting(handle, vec![]));
            }
            None => self.abort(failures::no_coordinator()),
        }
    }

    /// Sends an extract to the coordinator.
    pub(in crate::analysis) fn add_extract(self, file: u32, extract: &ArrayBuffer) {
        let message = OutgoingMessage::with_buffer(&ToWorker::Add { file }, extract);
        self.registry(|registry| registry.coordinator.post(message));
    }

    /// Has the reports made from all extracts, those included that were held back, and shows the result.
    pub(in crate::analysis) fn conclude(self, request: u32) {
        for (file, extract) in self.registry(|registry| std::mem::take(&mut registry.held)) {
            self.add_extract(file, &extract);
        }
        self.post_to_coordinator(&ToWorker::Conclude);
        self.request(&Overviews, move |result| match result {
            Ok(answered) => {
                let (conferences, trends) = (answered.answer.conferences, answered.answer.trends);
                self.show_overviews(Step::Concluded { request, conferences, trends });
            }
            Err(failure) => self.abort(failure),
        });
    }

    /// Has the coordinator drop files of a cancelled load.
    pub(in crate::analysis) fn forget_files(self, files: Vec<u32>) {
        self.registry(|registry| registry.drop_files(&files));
        self.post_to_coordinator(&ToWorker::Forget { files });
    }

    /// Offers the report as a download.
    pub fn save_report(self) {
        self.request(&ReportJson, move |result| {
            let failure = match result {
                Ok(answered) => {
                    let saved =
                        browser::download("rtcscope-report.json", "application/json", &answered.payload);
                    saved.is_none().then(failures::no_download)
                }
                Err(failure) => Some(failure),
            };
            if let Some(failure) = failure {
                self.step(Step::Noticed(failure));
            }
        });
    }

    /// Ends all workers, closes the call and shows why: nothing can go on.
    pub(in crate::analysis) fn abort(self, failure: Failure) {
        drop(self.registry(super::registry::WorkerRegistry::end_all));
        self.step(Step::Broken(failure));
    }

    pub(super) fn post_to_coordinator(self, head: &ToWorker) {
        self.registry(|registry| registry.coordinator.post(OutgoingMessage::head(head)));
    }

    fn on_coordinator_event(self, event: WorkerEvent) {
        match event {
            WorkerEvent::Ready => self.registry(|registry| registry.coordinator.ready()),
            WorkerEvent::VersionMismatch => self.abort(failures::versions_differ()),
            WorkerEvent::Response { response, body, payload } => self.on_response(response, &body, payload),
            WorkerEvent::Message { head: FromWorker::Failed { file, failure, .. }, .. } => {
                self.step(Step::Noticed(Failure { file: self.name(file), ..failure }));
            }
            WorkerEvent::Message { .. } | WorkerEvent::Died => {
                let ready = self.registry(|registry| matches!(registry.coordinator, Coordinator::Ready(_)));
                self.abort(if ready { failures::coordinator_crashed() } else { failures::no_coordinator() });
            }
        }
    }

    /// Shows a report, and measures the time until it is painted.
    fn show_overviews(self, concluded: Step) {
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
}
