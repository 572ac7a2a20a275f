//! The endpoints that send received tracks, read from the ids of the tracks' streams.

use std::collections::BTreeMap;

use crate::extract::Extract;
use crate::model::{EventKind, endpoint_in};

/// Endpoint by track id, from `ontrack` entries: `video:<track> stream:<endpoint>-video-0-1`.
pub(crate) fn endpoints_by_track(extract: &Extract) -> BTreeMap<String, String> {
    let tracks = extract.events.iter().filter(|event| event.kind == EventKind::RemoteTrackAdded);
    tracks
        .filter_map(|event| {
            let (track, streams) = event.detail.as_deref()?.split_once(' ')?;
            let (_, track) = track.split_once(':')?;
            let endpoint = endpoint_in(streams.strip_prefix("stream:")?)?;
            Some((track.to_owned(), endpoint.to_owned()))
        })
        .collect()
}
