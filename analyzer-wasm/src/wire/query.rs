//! What a query and its answer are: the traits that each query of [`crate::query`] implements.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Payload, PayloadSource};

/// A question that the page asks a worker, as a value. The fields are its parameters.
///
/// Implementations live in `query/`, one file each, together with their answers.
pub trait Query: Tagged + Clone + Debug + PartialEq + Serialize + DeserializeOwned + 'static {
    /// What the query is answered from: the [`crate::workspace::Workspace`] of the coordinator, or the
    /// [`crate::query::OpenDetail`] of a detail worker.
    type Source;

    /// What the query returns.
    type Answer: Answer;

    /// The file whose detail worker answers. `None`, the default: the coordinator answers.
    fn file(&self) -> Option<u32> {
        None
    }

    /// Computes the answer. Runs in the worker.
    fn answer(&self, source: &Self::Source) -> Self::Answer;
}

/// The number of a query on the wire. Implemented by the list in `query/mod.rs` only, so that a query that is missing
/// there does not compile.
pub trait Tagged {
    /// The position in the list.
    const TAG: u8;
}

/// The answer to a query. It crosses as postcard bytes; bulk numbers cross beside them as a [`Payload`].
pub trait Answer: Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Moves parts of a long answer out of it. Each part is sent in a message of its own before the rest, so that
    /// decoding a single message never blocks the page.
    #[must_use]
    fn take_parts(&mut self) -> Vec<Self> {
        Vec::new()
    }

    /// Puts a part back. Parts arrive in the order in which [`Self::take_parts`] returned them.
    fn join(&mut self, _part: Self) {}

    /// Moves the numbers out that are transferred as an `ArrayBuffer` instead of being encoded.
    #[must_use]
    fn take_payload(&mut self) -> Payload {
        Payload::None
    }

    /// Puts the transferred numbers back; `false` if they do not fit the rest of the answer.
    #[must_use]
    fn restore_payload(&mut self, _payload: &dyn PayloadSource) -> bool {
        true
    }
}
