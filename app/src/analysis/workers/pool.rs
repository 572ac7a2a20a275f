//! The extract workers of a load: files go out, extracts come in.

use analyzer_wasm::wire::{FromWorker, ToWorker, WIRE_VERSION};
use js_sys::ArrayBuffer;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::handle::{WorkerEvent, WorkerHandle};
use super::message::WorkerMessage;
use super::scheduler::Order;
use crate::analysis::{Analysis, failures, timing};
use crate::shell::browser;
use crate::state::load::Step;

impl Analysis {
    /// Does what the scheduler says.
    pub(in crate::analysis) fn follow(self, orders: impl IntoIterator<Item = Order>) {
        for order in orders {
            match order {
                Order::Start(worker) => match WorkerHandle::start(move |said| {
                    self.on_reader_event(worker, said)
                }) {
                    Some(handle) => self.registry(|registry| drop(registry.readers.insert(worker, handle))),
                    None => self.worker_died(worker),
                },
                Order::Read { worker, file } => {
                    self.registry(|registry| {
                        if let (Some(handle), Some(source)) =
                            (registry.readers.get(&worker), registry.file(file))
                        {
                            handle.ask_about(&ToWorker::Extract { file }, source);
                        }
                    });
                    self.step(Step::Started { file, now_ms: browser::now_ms() });
                }
                Order::End(worker) => drop(self.registry(|registry| registry.readers.remove(&worker))),
            }
        }
    }

    fn on_reader_event(self, worker: u32, said: WorkerEvent) {
        let WorkerEvent::Message(WorkerMessage { message, payload }) = said else {
            self.worker_died(worker);
            return;
        };
        match message {
            FromWorker::Ready { protocol: WIRE_VERSION } => self.assign(worker),
            FromWorker::Ready { .. } => self.break_off(failures::versions_differ()),
            FromWorker::Progress { file, bytes, text_bytes } => {
                self.step(Step::Progress { file, bytes, text_bytes, now_ms: browser::now_ms() });
            }
            FromWorker::Extracted { file } => {
                self.load.with_untracked(|load| load.batch()?.file(file).map(timing::extract));
                self.deliver(file, payload.unchecked_into());
                self.assign(worker);
                self.step(Step::Extracted { file, now_ms: browser::now_ms() });
            }
            FromWorker::Failed { file, failure } => {
                self.assign(worker);
                self.step(Step::Failed { file, failure });
            }
            FromWorker::Crashed
            | FromWorker::Part { .. }
            | FromWorker::Overview { .. }
            | FromWorker::Columns { .. }
            | FromWorker::Connections { .. }
            | FromWorker::Detailed { .. }
            | FromWorker::Found { .. }
            | FromWorker::ReportJson => self.worker_died(worker),
        }
    }

    /// Gives a free worker its next file, or ends it.
    fn assign(self, worker: u32) {
        let order = self.registry(|registry| registry.scheduler.free(worker));
        self.follow(order);
    }

    /// A worker is dead: its file is lost, the rest goes on.
    fn worker_died(self, worker: u32) {
        let had_file = self.registry(|registry| registry.scheduler.file_of(worker)).is_some();
        let ((lost, orders), handle) =
            self.registry(|registry| (registry.scheduler.died(worker), registry.readers.remove(&worker)));
        drop(handle);
        self.follow(orders);
        for file in lost {
            let failure = if had_file {
                failures::reader_crashed(self.name(file))
            } else {
                failures::no_reader(self.name(file))
            };
            self.step(Step::Failed { file, failure });
        }
    }

    /// Hands an extract on. While a call is open, only a load that is read to its end may change it.
    fn deliver(self, file: u32, extract: ArrayBuffer) {
        let open = self.load.with_untracked(|load| load.call().is_some());
        if open {
            self.registry(|registry| registry.held.push((file, extract)));
        } else {
            self.add_extract(file, extract);
        }
    }

    /// A file's name.
    pub(in crate::analysis) fn name(self, file: u32) -> String {
        self.registry(|registry| registry.file(file).map(web_sys::File::name)).unwrap_or_default()
    }
}
