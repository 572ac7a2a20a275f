//! Capture entries: requests of `getUserMedia` and `getDisplayMedia`, the opened devices and failures.

use serde_json::Value;

use super::entry::Entry;
use super::events::emit;
use crate::model::{ClientSink, EventKind, MediaSource, Stamp};

/// Passes on the event of a capture entry; whether the entry is one.
pub(super) fn capture_event(name: &str, entry: &Entry<'_>, at: Stamp, sink: &mut dyn ClientSink) -> bool {
    let method = name.strip_prefix("navigator.mediaDevices.").unwrap_or(name);
    let value = entry.value();
    let (kind, detail) = match method {
        "getUserMedia" | "webkitGetUserMedia" | "mozGetUserMedia" => {
            (EventKind::CaptureRequested, requested(&value))
        }
        "getUserMediaOnSuccess" => (EventKind::CaptureStarted, devices(&value)),
        "getUserMediaOnFailure" => (EventKind::CaptureFailed, failure(&value)),
        "getUserMediaError" => (EventKind::CaptureFailed, failure(&value)),
        "getDisplayMedia" => (EventKind::ScreenCaptureRequested, requested(&value)),
        "getDisplayMediaOnSuccess" => (EventKind::ScreenCaptureStarted, devices(&value)),
        "getDisplayMediaOnFailure" => (EventKind::ScreenCaptureFailed, failure(&value)),
        _ => return false,
    };
    emit(kind, None, detail, at, sink);
    true
}

/// Passes on the owner of an SSRC, which `setVideoType` of older clients names.
pub(super) fn pass_owner(value: &Value, sink: &mut dyn ClientSink) {
    let word =
        |key| value.get(key).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    let ssrc = value.get("ssrc").and_then(Value::as_u64).and_then(|ssrc| u32::try_from(ssrc).ok());
    if let (Some(ssrc), Some(endpoint)) = (ssrc, word("ownerEndpointId")) {
        let (name, kind) = (None, Some("video".to_owned()));
        sink.source(MediaSource { ssrc, endpoint, name, kind, video_type: word("videoType") });
    }
}

/// The kinds of media that constraints request.
fn requested(constraints: &Value) -> Option<String> {
    let kinds: Vec<&str> = ["audio", "video"]
        .into_iter()
        .filter(|kind| {
            constraints.get(*kind).is_some_and(|wanted| *wanted != Value::Bool(false) && !wanted.is_null())
        })
        .collect();
    (!kinds.is_empty()).then(|| kinds.join(" and "))
}

/// The devices of a stream, as their labels.
fn devices(stream: &Value) -> Option<String> {
    let tracks = stream.get("tracks")?.as_array()?;
    let names: Vec<String> = tracks
        .iter()
        .map(|track| {
            let word = |key| track.get(key).and_then(Value::as_str).unwrap_or("?");
            format!("{}: {}", word("kind"), word("label"))
        })
        .collect();
    Some(names.join("; "))
}

/// The name of an error, with its message if it has one.
fn failure(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.clone()),
        Value::Object(error) => {
            let word = |key: &str| error.get(key).and_then(Value::as_str);
            match (word("name"), word("message")) {
                (Some(name), Some(message)) if !message.is_empty() => Some(format!("{name}: {message}")),
                (name, message) => name.or(message).map(str::to_owned),
            }
        }
        _ => None,
    }
}
