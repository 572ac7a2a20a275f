//! The heads of a query and of its answer: which one, and where it belongs.

use serde::{Deserialize, Serialize};

/// Precedes the encoded query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Repeated by each [`Response`] to this request. The page never uses an id twice for a worker.
    pub id: u32,
    /// The kind of query, see [`super::Tagged`].
    pub tag: u8,
}

/// Precedes an encoded answer, or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// The kind of query that is answered.
    pub tag: u8,
    /// What follows.
    pub content: ResponseContent,
    /// The id of the request.
    pub id: u32,
}

/// What follows the head of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResponseContent {
    /// A part of the answer; more follows.
    Part,
    /// The answer, or the rest of it. Its payload is transferred beside it.
    Answer,
    /// Nothing: the worker could not answer.
    Refused(Refusal),
}

/// Why a worker could not answer a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The tag is not in the worker's list of queries.
    UnknownTag,
    /// The bytes are not a query of this tag.
    Malformed,
    /// The worker does not hold what the query is about: a detail query reached the coordinator, or a detail worker
    /// that has not read its file.
    NoSource,
}
