//! Queries to workers: [`use_query`] for views, `Analysis::request` for single answers.

mod pending;
mod receiver;
mod state;

pub(in crate::analysis) use pending::PendingQueries;
pub(in crate::analysis) use receiver::{Answered, Receive};
pub use state::QueryState;

use analyzer_wasm::wire::{Failure, Query, Refusal, Request, Response, ResponseContent, encode};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::workers::message::OutgoingMessage;
use super::{Analysis, failures};
use crate::state::load::Call;
use receiver::Receiver;

/// The answer to a query, as a signal. The query is a function of other signals; `None` asks nothing.
///
/// The query is sent when the caller is mounted, and again whenever it changes or, if the coordinator answers it, the
/// open call changes. Answers to earlier queries are dropped. When the caller is unmounted, the query is cancelled.
pub fn use_query<Q: Query>(query: impl Fn() -> Option<Q> + 'static) -> ReadSignal<QueryState<Q::Answer>> {
    let (state, set_state) = signal(QueryState::default());
    let receive = move || -> Box<dyn Receive> {
        set_state.update(QueryState::sent);
        Box::new(Receiver::new(move |result: Result<Answered<Q::Answer>, Failure>| {
            set_state.try_update(|state| state.finished(result.map(|answered| answered.answer)));
        }))
    };
    follow(
        Box::new(move || query().map(|query| EncodedQuery::new(&query))),
        Box::new(receive),
        Box::new(move || set_state.update(QueryState::cleared)),
    );
    state
}

/// Sends a query that changes. Not generic, so that the page contains this code once and not once for each query.
fn follow(
    query: Box<dyn Fn() -> Option<EncodedQuery>>,
    receive: Box<dyn Fn() -> Box<dyn Receive>>,
    clear: Box<dyn Fn()>,
) {
    let analysis = expect_context::<Analysis>();
    let call = analysis.call();
    let pending = StoredValue::new(None::<u32>);
    let cancel = move || {
        if let Some(id) = pending.try_update_value(Option::take).flatten() {
            analysis.cancel_query(id);
        }
    };
    Effect::new(move |previous: Option<(Option<EncodedQuery>, Option<Call>)>| {
        let query = query();
        let of_call =
            if query.as_ref().is_some_and(|query| query.file.is_none()) { call.get() } else { None };
        let current = (query, of_call);
        if previous.as_ref() != Some(&current) {
            cancel();
            match &current.0 {
                Some(query) => pending.set_value(Some(analysis.send_query(query, receive()))),
                None => clear(),
            }
        }
        current
    });
    on_cleanup(cancel);
}

/// A query as it is sent.
#[derive(Clone, Debug, PartialEq)]
struct EncodedQuery {
    tag: u8,
    /// The file whose detail worker answers; `None` for the coordinator.
    file: Option<u32>,
    body: Vec<u8>,
}

impl EncodedQuery {
    fn new<Q: Query>(query: &Q) -> Self {
        Self { tag: Q::TAG, file: query.file(), body: encode(query) }
    }
}

impl Analysis {
    /// Sends a query once and delivers its answer, or why there is none. If the call is closed before, nothing is
    /// delivered.
    pub(in crate::analysis) fn request<Q: Query>(
        self,
        query: &Q,
        deliver: impl FnOnce(Result<Answered<Q::Answer>, Failure>) + 'static,
    ) {
        self.send_query(&EncodedQuery::new(query), Box::new(Receiver::new(deliver)));
    }

    fn send_query(self, query: &EncodedQuery, receiver: Box<dyn Receive>) -> u32 {
        let EncodedQuery { tag, file, body } = query;
        let (id, sent) = self.registry(|registry| {
            let id = registry.queries.begin(*tag, *file, receiver);
            let message = OutgoingMessage::request(Request { id, tag: *tag }, body);
            let sent = match file {
                Some(file) => registry.details.post(*file, &message),
                None => registry.coordinator.post(message),
            };
            (id, sent)
        });
        if !sent && let Some(receiver) = self.registry(|registry| registry.queries.cancel(id)) {
            receiver.fail(failures::nothing_to_query(file.map(|file| self.name(file))));
        }
        id
    }

    /// The answer is no longer needed.
    fn cancel_query(self, id: u32) {
        drop(self.registry(|registry| registry.queries.cancel(id)));
    }

    /// Passes a response on to the receiver of its query. A stale response is dropped.
    pub(in crate::analysis) fn on_response(self, response: Response, body: &[u8], payload: JsValue) {
        if response.content == ResponseContent::Part {
            self.registry(|registry| {
                if let Some(receiver) = registry.queries.receiver(response) {
                    receiver.part(body);
                }
            });
            return;
        }
        let Some(receiver) = self.registry(|registry| registry.queries.finish(response)) else { return };
        match response.content {
            ResponseContent::Refused(Refusal::NoSource) => receiver.fail(failures::nothing_to_query(None)),
            ResponseContent::Refused(Refusal::UnknownTag | Refusal::Malformed) => {
                receiver.fail(failures::versions_differ());
            }
            ResponseContent::Answer | ResponseContent::Part => receiver.finish(body, payload),
        }
    }

    /// Fails all queries to a worker that has ended: a file's detail worker, or the coordinator.
    pub(in crate::analysis) fn fail_queries(self, file: Option<u32>, failure: &Failure) {
        let receivers = self.registry(|registry| registry.queries.abandon(file));
        receivers.into_iter().for_each(|receiver| receiver.fail(failure.clone()));
    }
}
