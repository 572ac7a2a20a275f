//! The state of a reactive query.

use std::sync::Arc;

use analyzer_wasm::wire::Failure;

/// What is known of the answer to a query that may change.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum QueryState<A> {
    /// There is no query.
    #[default]
    Idle,
    /// The answer to the current query has not arrived. Holds the latest answer to an earlier query.
    Pending(Option<Arc<A>>),
    /// The answer to the current query.
    Ready(Arc<A>),
    /// The current query cannot be answered.
    Failed(Failure),
}

impl<A> QueryState<A> {
    /// The answer to the current query. Views use it where an earlier answer would be wrong, for example for charts.
    #[must_use]
    pub fn ready(&self) -> Option<&Arc<A>> {
        if let Self::Ready(answer) = self { Some(answer) } else { None }
    }

    /// The answer to the current query, or to an earlier one while the current one is pending. Views use it where
    /// content should not disappear and come back while a query changes, for example while the user types.
    #[must_use]
    pub fn latest(&self) -> Option<&Arc<A>> {
        match self {
            Self::Ready(answer) => Some(answer),
            Self::Pending(answer) => answer.as_ref(),
            Self::Idle | Self::Failed(_) => None,
        }
    }

    /// Why the current query cannot be answered.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        if let Self::Failed(failure) = self { Some(failure) } else { None }
    }

    /// Another query was sent.
    pub(super) fn sent(&mut self) {
        *self = Self::Pending(self.latest().cloned());
    }

    /// The answer arrived, or the query failed.
    pub(super) fn finished(&mut self, result: Result<A, Failure>) {
        *self = match result {
            Ok(answer) => Self::Ready(Arc::new(answer)),
            Err(failure) => Self::Failed(failure),
        };
    }

    /// There is no query any more.
    pub(super) fn cleared(&mut self) {
        *self = Self::Idle;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure() -> Failure {
        Failure { file: String::new(), title: "It failed".into(), hint: "Try again.".into() }
    }

    #[test]
    fn an_answer_is_ready_and_stays_visible_while_the_next_query_is_pending() {
        let mut state = QueryState::default();
        assert_eq!(state.latest(), None::<&Arc<u32>>);
        state.sent();
        assert_eq!((state.ready(), state.latest()), (None, None));
        state.finished(Ok(7));
        assert_eq!((state.ready(), state.latest()), (Some(&Arc::new(7)), Some(&Arc::new(7))));
        state.sent();
        assert_eq!((state.ready(), state.latest()), (None, Some(&Arc::new(7))));
        state.sent();
        assert_eq!(state.latest(), Some(&Arc::new(7)), "a second change keeps it, too");
        state.finished(Ok(8));
        assert_eq!(state.ready(), Some(&Arc::new(8)));
    }

    #[test]
    fn a_failure_and_the_end_of_a_query_remove_the_answer() {
        let mut state = QueryState::Ready(Arc::new(7));
        state.finished(Err(failure()));
        assert_eq!((state.latest(), state.failure()), (None, Some(&failure())));
        state.sent();
        assert_eq!((state.latest(), state.failure()), (None, None));
        state.finished(Ok(8));
        state.cleared();
        assert_eq!(state, QueryState::Idle);
    }
}
