//! The writer of the dump: `connectionInfo` headers and `identity` entries. Only named keys are taken, since the rest of
//! an identity is the deployment's configuration, secrets included.

use serde_json::Value;

use super::JitsiReader;
use super::entry::Entry;
use crate::model::{ClientSink, Identity, SourceKind};

impl JitsiReader {
    /// Reads `connectionInfo`. Its data is an object, in older dumps as text; its time is by the server's clock.
    pub(super) fn header_entry(&mut self, entry: &Entry<'_>, line: u64, sink: &mut dyn ClientSink) {
        let mut header = entry.value();
        if let Value::String(text) = &header {
            header = serde_json::from_str(text).unwrap_or_default();
        }
        self.header(&header, entry.at_ms, line, sink);
    }
}

/// The identity in a header.
pub(super) fn identity_of_header(header: &Value) -> Identity {
    let protocol = text(header, "clientProtocol").unwrap_or_default();
    let kind = [
        ("JIGASI", SourceKind::Jigasi),
        ("JICOFO", SourceKind::Jicofo),
        ("JIBRI", SourceKind::Jibri),
        ("JVB", SourceKind::Jvb),
    ]
    .into_iter()
    .find(|(name, _)| protocol.contains(name))
    .map(|(_, kind)| kind);
    let url = text(header, "url").or_else(|| text(header, "path"));
    let session_id = url
        .as_deref()
        .and_then(|url| url.split_once("statsSessionId="))
        .map(|(_, rest)| rest.split('&').next().unwrap_or(rest).to_owned());
    Identity { kind, session_id, user_agent: text(header, "userAgent"), ..Identity::default() }
}

/// The identity in an `identity` entry.
pub(super) fn identity_of_object(data: &Value) -> Identity {
    let app = text(data, "applicationName");
    let kind = match app.as_deref() {
        Some("JVB") => Some(SourceKind::Jvb),
        Some("Jicofo") => Some(SourceKind::Jicofo),
        Some("JIGASI") => Some(SourceKind::Jigasi),
        Some("JIBRI" | "Jibri") => Some(SourceKind::Jibri),
        _ => None,
    };
    let deployment = data.get("deploymentInfo").unwrap_or(&Value::Null);
    Identity {
        kind,
        room: text(data, "confName"),
        url: text(data, "confID").or_else(|| text(data, "confUrl")),
        meeting_id: text(data, "meetingUniqueId"),
        endpoint_id: text(data, "endpointId"),
        display_name: text(data, "displayName"),
        app,
        customer_id: text(data, "customerId"),
        breakout: data.get("isBreakoutRoom").and_then(Value::as_bool),
        breakout_id: text(data, "roomId"),
        parent_session: text(data, "parentStatsSessionId"),
        environment: text(deployment, "environment"),
        region: text(deployment, "region"),
        user_region: text(deployment, "userRegion"),
        shard: text(deployment, "shard"),
        release: text(deployment, "releaseNumber"),
        ..Identity::default()
    }
}

/// A member as text; `None` if it is empty or the text `undefined` or `null`.
fn text(object: &Value, key: &str) -> Option<String> {
    let text = match object.get(key)? {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty() && text != "undefined" && text != "null").then_some(text)
}
