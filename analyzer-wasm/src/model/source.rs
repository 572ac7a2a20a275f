//! Which endpoint sends an SSRC.

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

/// The length of an endpoint id.
const ENDPOINT_ID_LEN: usize = 8;

/// The endpoint id at the start of a stream's name.
#[must_use]
pub(crate) fn endpoint_in(name: &str) -> Option<&str> {
    let (endpoint, _) = name.split_once('-')?;
    let is_id = endpoint.len() == ENDPOINT_ID_LEN && endpoint.bytes().all(|byte| byte.is_ascii_hexdigit());
    // A UUID starts alike, but continues with hexadecimal digits, not with a kind of media.
    let goes_on = ["-audio", "-video", "-desktop", "-a", "-v"]
        .iter()
        .any(|kind| name.get(ENDPOINT_ID_LEN..).is_some_and(|rest| rest.starts_with(kind)));
    (is_id && goes_on && !looks_like_uuid(name)).then_some(endpoint)
}

fn looks_like_uuid(name: &str) -> bool {
    let groups: Vec<&str> = name.split('-').take(5).collect();
    matches!(groups.as_slice(), [_, b, c, d, _] if [b, c, d].iter().all(|group| group.len() == 4 && group.bytes().all(|byte| byte.is_ascii_hexdigit())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_seen_in_names_and_not_in_uuids() {
        assert_eq!(endpoint_in("aaaa0001-video-0-1"), Some("aaaa0001"));
        assert_eq!(endpoint_in("aaaa0001-a0"), Some("aaaa0001"));
        assert_eq!(endpoint_in("a8aaa369-ea61-4ef4-bc5e-9414ceead5c2"), None);
        assert_eq!(endpoint_in("a8aaa369-a461-4ef4-bc5e-9414ceead5c2"), None);
        assert_eq!(endpoint_in("mixedmslabel"), None);
    }
}
