//! Answers encoded queries.

use super::sources::{Source, Sources};
use crate::wire::{Answer, Payload, Query, Refusal, decode, encode};

/// An encoded answer, as it is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct EncodedAnswer {
    /// The parts of a long answer, which are sent before the rest; see [`Answer::take_parts`].
    pub parts: Vec<Vec<u8>>,
    /// The answer, or the rest of it.
    pub rest: Vec<u8>,
    /// The bulk data of the answer, which is transferred without encoding.
    pub payload: Payload,
}

/// Decodes a query of one type, answers it and encodes the answer.
pub(super) type Handler = fn(&[u8], &Sources) -> Result<EncodedAnswer, Refusal>;

/// The handler of a type of query.
pub(super) fn handle<Q: Query<Source: Source>>(
    query: &[u8],
    sources: &Sources,
) -> Result<EncodedAnswer, Refusal> {
    let query: Q = decode(query).ok_or(Refusal::Malformed)?;
    let mut answer = query.answer(Q::Source::of(sources).ok_or(Refusal::NoSource)?);
    let payload = answer.take_payload();
    let parts = answer.take_parts().iter().map(encode).collect();
    Ok(EncodedAnswer { parts, rest: encode(&answer), payload })
}
