//! Values as postcard bytes.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Encodes a value. Plain data, which is all that crosses the wire, always has an encoding.
#[must_use]
pub fn encode(value: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(value).unwrap_or_default()
}

/// Decodes a value; `None` if the bytes are not an encoding of this type.
#[must_use]
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}
