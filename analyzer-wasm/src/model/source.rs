//! Whose an SSRC is, as a server or a client says it.

use serde::{Deserialize, Serialize};

/// An SSRC and the endpoint that sends it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MediaSource {
    /// The SSRC.
    pub ssrc: u32,
    /// The endpoint's id.
    pub endpoint: String,
    /// The source's name, for example `abcd1234-v0`.
    pub name: Option<String>,
    /// `audio` or `video`.
    pub kind: Option<String>,
    /// `camera` or `desktop`.
    pub video_type: Option<String>,
}
