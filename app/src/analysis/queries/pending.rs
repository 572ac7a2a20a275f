//! The queries that were sent and not answered. Pure bookkeeping, generic over what receives the answers.

use std::collections::BTreeMap;

use analyzer_wasm::wire::Response;

/// The queries that were sent and not answered.
#[derive(Debug)]
pub(in crate::analysis) struct PendingQueries<R> {
    next_id: u32,
    waiting: BTreeMap<u32, Waiting<R>>,
}

#[derive(Debug)]
struct Waiting<R> {
    tag: u8,
    /// The file whose detail worker was asked; `None` for the coordinator.
    file: Option<u32>,
    receiver: R,
}

impl<R> PendingQueries<R> {
    /// Registers a query that is about to be sent; returns its id.
    pub(in crate::analysis) fn begin(&mut self, tag: u8, file: Option<u32>, receiver: R) -> u32 {
        let id = self.next_id;
        self.next_id = self.next_id.wrapping_add(1);
        self.waiting.insert(id, Waiting { tag, file, receiver });
        id
    }

    /// The receiver of a part. `None` if the response is stale: its query was cancelled.
    pub(in crate::analysis) fn receiver(&mut self, response: Response) -> Option<&mut R> {
        let waiting = self.waiting.get_mut(&response.id)?;
        (waiting.tag == response.tag).then_some(&mut waiting.receiver)
    }

    /// Removes the receiver of a final response. `None` if the response is stale.
    pub(in crate::analysis) fn finish(&mut self, response: Response) -> Option<R> {
        self.receiver(response)?;
        self.cancel(response.id)
    }

    /// Forgets a query: a response to it will be stale. Returns its receiver if it was still waiting.
    pub(in crate::analysis) fn cancel(&mut self, id: u32) -> Option<R> {
        self.waiting.remove(&id).map(|waiting| waiting.receiver)
    }

    /// Removes the receivers of all queries to one worker, which has ended.
    pub(in crate::analysis) fn abandon(&mut self, file: Option<u32>) -> Vec<R> {
        let (abandoned, waiting): (BTreeMap<_, _>, BTreeMap<_, _>) =
            std::mem::take(&mut self.waiting).into_iter().partition(|(_, waiting)| waiting.file == file);
        self.waiting = waiting;
        abandoned.into_values().map(|waiting| waiting.receiver).collect()
    }

    /// No queries, and ids that were not used before: whoever holds an old id cannot cancel a new query with it.
    pub(in crate::analysis) fn successor(&self) -> Self {
        Self { next_id: self.next_id, waiting: BTreeMap::new() }
    }
}

impl<R> Default for PendingQueries<R> {
    fn default() -> Self {
        Self { next_id: 0, waiting: BTreeMap::new() }
    }
}

#[cfg(test)]
mod tests {
    use analyzer_wasm::wire::ResponseContent;

    use super::*;

    fn response(id: u32, tag: u8) -> Response {
        Response { tag, content: ResponseContent::Answer, id }
    }

    #[test]
    fn a_response_reaches_the_receiver_of_its_query_once() {
        let mut queries = PendingQueries::default();
        let (first, second) = (queries.begin(4, None, "first"), queries.begin(4, None, "second"));
        assert_ne!(first, second);
        assert_eq!(queries.receiver(response(second, 4)), Some(&mut "second"));
        assert_eq!(queries.finish(response(second, 4)), Some("second"));
        assert_eq!(queries.finish(response(second, 4)), None);
        assert_eq!(queries.finish(response(first, 4)), Some("first"));
    }

    #[test]
    fn a_response_to_an_unknown_id_or_another_kind_of_query_is_stale() {
        let mut queries = PendingQueries::default();
        let id = queries.begin(4, None, "one");
        assert_eq!(queries.finish(response(id + 1, 4)), None);
        assert_eq!(queries.finish(response(id, 5)), None);
        assert_eq!(queries.finish(response(id, 4)), Some("one"));
    }

    #[test]
    fn a_response_to_a_cancelled_query_is_stale() {
        let mut queries = PendingQueries::default();
        let id = queries.begin(4, None, "one");
        assert_eq!(queries.cancel(id), Some("one"));
        assert_eq!(queries.receiver(response(id, 4)), None);
        assert_eq!(queries.cancel(id), None);
    }

    #[test]
    fn the_end_of_a_worker_fails_its_queries_only() {
        let mut queries = PendingQueries::default();
        let coordinator = queries.begin(1, None, "coordinator");
        queries.begin(2, Some(7), "file 7");
        let other = queries.begin(2, Some(8), "file 8");
        queries.begin(3, Some(7), "file 7 again");
        assert_eq!(queries.abandon(Some(7)), ["file 7", "file 7 again"]);
        assert_eq!(queries.finish(response(coordinator, 1)), Some("coordinator"));
        assert_eq!(queries.finish(response(other, 2)), Some("file 8"));
    }

    #[test]
    fn ids_are_not_used_again_after_a_call_was_closed() {
        let mut queries = PendingQueries::default();
        let id = queries.begin(1, None, "old");
        let mut next = queries.successor();
        assert_eq!(next.finish(response(id, 1)), None);
        assert_ne!(next.begin(1, None, "new"), id);
    }
}
