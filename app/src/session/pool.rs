//! The extract workers of a load: files go out, extracts come in.

use analyzer_wasm::protocol::{FromWorker, PROTOCOL_VERSION, ToWorker};
use js_sys::ArrayBuffer;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Session, timing, words};
use crate::shell::browser;
use crate::state::load::Step;
use crate::worker::roster::Order;
use crate::worker::{Answer, Peer, Said};

impl Session {
    /// Does what the roster says.
    pub(super) fn follow(self, orders: impl IntoIterator<Item = Order>) {
        for order in orders {
            match order {
                Order::Start(worker) => match Peer::start(move |said| self.hear_reader(worker, said)) {
                    Some(peer) => self.office(|office| drop(office.readers.insert(worker, peer))),
                    None => self.bury(worker),
                },
                Order::Read { worker, file } => {
                    self.office(|office| {
                        if let (Some(peer), Some(handle)) = (office.readers.get(&worker), office.file(file)) {
                            peer.ask_about(&ToWorker::Extract { file }, handle);
                        }
                    });
                    self.step(Step::Started { file, now_ms: browser::now_ms() });
                }
                Order::End(worker) => drop(self.office(|office| office.readers.remove(&worker))),
            }
        }
    }

    fn hear_reader(self, worker: u32, said: Said) {
        let Said::Answer(Answer { message, payload }) = said else {
            self.bury(worker);
            return;
        };
        match message {
            FromWorker::Ready { protocol: PROTOCOL_VERSION } => self.employ(worker),
            FromWorker::Ready { .. } => self.break_off(words::versions_differ()),
            FromWorker::Progress { file, bytes, text_bytes } => {
                self.step(Step::Progress { file, bytes, text_bytes, now_ms: browser::now_ms() });
            }
            FromWorker::Extracted { file } => {
                self.load.with_untracked(|load| load.batch()?.file(file).map(timing::extract));
                self.deliver(file, payload.unchecked_into());
                self.employ(worker);
                self.step(Step::Extracted { file, now_ms: browser::now_ms() });
            }
            FromWorker::Failed { file, failure } => {
                self.employ(worker);
                self.step(Step::Failed { file, failure });
            }
            FromWorker::Crashed
            | FromWorker::Part { .. }
            | FromWorker::Overview { .. }
            | FromWorker::Columns { .. }
            | FromWorker::Connections { .. }
            | FromWorker::Detailed { .. }
            | FromWorker::Found { .. }
            | FromWorker::ReportJson => self.bury(worker),
        }
    }

    /// Gives a free worker its next file, or ends it.
    fn employ(self, worker: u32) {
        let order = self.office(|office| office.roster.free(worker));
        self.follow(order);
    }

    /// A worker is dead: its file is lost, the rest goes on.
    fn bury(self, worker: u32) {
        let had_file = self.office(|office| office.roster.file_of(worker)).is_some();
        let ((lost, orders), peer) =
            self.office(|office| (office.roster.died(worker), office.readers.remove(&worker)));
        drop(peer);
        self.follow(orders);
        for file in lost {
            let failure = if had_file {
                words::reader_crashed(self.name(file))
            } else {
                words::no_reader(self.name(file))
            };
            self.step(Step::Failed { file, failure });
        }
    }

    /// Hands an extract on. While a call is open, only a load that is read to its end may change it.
    fn deliver(self, file: u32, extract: ArrayBuffer) {
        let open = self.load.with_untracked(|load| load.call().is_some());
        if open {
            self.office(|office| office.held.push((file, extract)));
        } else {
            self.add_extract(file, extract);
        }
    }

    /// A file's name.
    pub(super) fn name(self, file: u32) -> String {
        self.office(|office| office.file(file).map(web_sys::File::name)).unwrap_or_default()
    }
}
