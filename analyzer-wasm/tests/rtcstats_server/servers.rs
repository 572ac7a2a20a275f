//! Dumps of servers and of clients that the server does not support.

use serde_json::json;

use crate::dump::{Dump, START, header};

/// A line as the server stores it.
fn envelope(kind: &str, data: &serde_json::Value, after_ms: Option<u64>) -> String {
    let mut line = json!({"statsSessionId": "id", "type": kind, "data": data});
    if let Some(after_ms) = after_ms {
        line["timestamp"] = json!(START + after_ms);
    }
    line.to_string()
}

#[test]
fn the_session_is_that_of_the_envelopes() {
    let identity =
        json!({"applicationName": "JVB", "confName": "Room", "displayName": "jvb-1", "meetingUniqueId": "m"});
    let dump = Dump::empty()
        .line(&header("3.0_JVB", "Node v20.5.1"))
        .line(&envelope("identity", &identity, None))
        .line(&envelope("stats-entry", &json!(r#"{"timestamp":5}"#), Some(3_000)))
        .line(&envelope("identity", &json!({"confID": "https://h/Room"}), Some(2_000)))
        .line(&envelope("stats-entry", &json!("{}"), Some(1_000)));
    assert_eq!(dump.features(), json!({"sessionStartTime": START + 3_000, "sessionEndTime": START + 3_000}));
    assert_eq!(
        dump.metadata(),
        json!({"app": "JVB", "clientId": "id", "clientType": "JVB_CLIENT", "conferenceId": "Room",
            "conferenceUrl": "https://h/Room", "dumpPath": "dumps/id.gz", "sessionId": "m", "userId": "jvb-1",
            "statsFormat": "unsupported"})
    );
    assert_eq!(dump.extract().server_fails_at, None);
}

#[test]
fn a_legacy_browser_is_not_understood() {
    let identity = json!(["identity", null, {"applicationName": "Jitsi Meet", "confName": "room"}, START]);
    let dump = Dump::empty()
        .line(&header("3.1_LEGACY", crate::dump::CHROME))
        .line(&envelope("identity", &identity, Some(1_000)))
        .line(&envelope("stats-entry", &json!("[\"getstats\",\"PC_0\",{},1]"), Some(2_000)));
    let metadata = dump.metadata();
    assert_eq!(
        (&metadata["clientType"], &metadata["app"]),
        (&json!("UNSUPPORTED_CLIENT"), &json!("Undefined"))
    );
    assert_eq!(metadata["statsFormat"], "chrome_standard");
    assert_eq!(dump.features(), json!({"sessionStartTime": START + 1_000, "sessionEndTime": START + 2_000}));
}

#[test]
fn a_dump_without_a_header_is_recognized_by_its_lines() {
    let identity =
        json!({"applicationName": "Jicofo", "confName": "room@conference.h", "meetingUniqueId": "m"});
    let raw = Dump::empty().line(&envelope("identity", &identity, None));
    assert_eq!(raw.metadata()["clientType"], "JICOFO_CLIENT");
    // The server would take the time of its own clock.
    assert_eq!(raw.features(), json!({"sessionStartTime": null, "sessionEndTime": null}));
    let bare = Dump::empty().line(&identity.to_string()).line("{\"participant_count\":2}");
    assert_eq!(bare.metadata()["conferenceId"], "room@conference.h");
    for dump in [raw, bare] {
        let extracted = dump.extract();
        assert_eq!((extracted.has_header, extracted.server_fails_at), (false, Some(1)));
        assert!(extracted.problems.to_report().is_empty());
    }
}
