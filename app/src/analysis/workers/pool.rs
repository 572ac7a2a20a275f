//! The extract workers of a load: files go out, extracts come back.

use analyzer_wasm::wire::{FromWorker, ToWorker};
use js_sys::ArrayBuffer;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::handle::{WorkerEvent, WorkerHandle};
use super::message::OutgoingMessage;
use super::scheduler::Order;
use crate::analysis::{Analysis, failures, timing};
use crate::shell::browser;
use crate::state::load::Step;

impl Analysis {
    /// Executes the scheduler's orders.
    pub(in crate::analysis) fn execute(self, orders: impl IntoIterator<Item = Order>) {
        for order in orders {
            match order {
                Order::Start(worker) => self.start_reader(worker),
                Order::Read { worker, file } => {
                    self.registry(|registry| {
                        if let (Some(reader), Some(handle)) =
                            (registry.readers.get(&worker), registry.file(file))
                        {
                            reader.post(&OutgoingMessage::with_file(&ToWorker::Extract { file }, handle));
                        }
                    });
                    self.step(Step::Started { file, now_ms: browser::now_ms() });
                }
                Order::End(worker) => drop(self.registry(|registry| registry.readers.remove(&worker))),
            }
        }
    }

    fn start_reader(self, worker: u32) {
        match WorkerHandle::start(move |event| self.on_reader_event(worker, event)) {
            Some(reader) => self.registry(|registry| drop(registry.readers.insert(worker, reader))),
            None => self.worker_died(worker),
        }
    }

    fn on_reader_event(self, worker: u32, event: WorkerEvent) {
        match event {
            WorkerEvent::Ready => self.assign(worker),
            WorkerEvent::VersionMismatch => self.abort(failures::versions_differ()),
            WorkerEvent::Message { head: FromWorker::Progress { file, bytes, text_bytes }, .. } => {
                self.step(Step::Progress { file, bytes, text_bytes, now_ms: browser::now_ms() });
            }
            WorkerEvent::Message { head: FromWorker::Extracted { file }, payload } => {
                self.load.with_untracked(|load| load.batch()?.file(file).map(timing::extract));
                self.deliver(file, payload.unchecked_into());
                self.assign(worker);
                self.step(Step::Extracted { file, now_ms: browser::now_ms() });
            }
            WorkerEvent::Message { head: FromWorker::Failed { file, failure, entry }, .. } => {
                if let Some(entry) = entry {
                    self.post_to_coordinator(&ToWorker::Refuse { file, entry: *entry });
                }
                self.assign(worker);
                self.step(Step::Failed { file, failure });
            }
            WorkerEvent::Message { .. } | WorkerEvent::Response { .. } | WorkerEvent::Died => {
                self.worker_died(worker);
            }
        }
    }

    /// Gives a free worker its next file, or ends it.
    fn assign(self, worker: u32) {
        let order = self.registry(|registry| registry.scheduler.free(worker));
        self.execute(order);
    }

    /// A worker has ended unexpectedly: its file is lost, and reading continues with the others.
    fn worker_died(self, worker: u32) {
        let had_file = self.registry(|registry| registry.scheduler.file_of(worker)).is_some();
        let ((lost, orders), reader) =
            self.registry(|registry| (registry.scheduler.died(worker), registry.readers.remove(&worker)));
        drop(reader);
        self.execute(orders);
        for file in lost {
            let failure = if had_file {
                failures::reader_crashed(self.name(file))
            } else {
                failures::no_reader(self.name(file))
            };
            self.step(Step::Failed { file, failure });
        }
    }

    /// Passes an extract on. While a call is open, extracts are held back until the load is complete.
    fn deliver(self, file: u32, extract: ArrayBuffer) {
        let open = self.load.with_untracked(|load| load.call().is_some());
        if open {
            self.registry(|registry| registry.held.push((file, extract)));
        } else {
            self.add_extract(file, &extract);
        }
    }

    /// The name of a file.
    pub(in crate::analysis) fn name(self, file: u32) -> String {
        self.registry(|registry| registry.file(file).map(web_sys::File::name)).unwrap_or_default()
    }
}
