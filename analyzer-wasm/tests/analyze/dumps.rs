//! The dumps that these tests read.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::folder;

pub(crate) const START: u64 = 1_700_000_000_000;

/// Text that must not reach a terminal as it is: escape sequences, C1 controls, bidirectional controls, invisible
/// characters, line separators and a line break with what looks like a line of the report.
pub(crate) const HOSTILE: &str = "\u{1b}]0;t\u{7}\u{1b}[2J\u{1b}[31mRED\u{9b}0m\u{202e}evil\u{2066}\u{200b}\u{2028}\u{7f}\t\r\nCRITICAL  0:00";

/// A folder with the dump of a bridge that measured one endpoint for half a minute and logged a warning about it.
pub(crate) fn bridge(name: &str) -> PathBuf {
    let folder = folder(name);
    let line = |kind: &str, data: &Value, second: u64| {
        let at_ms = START + second * 1_000;
        json!({"statsSessionId": "s-1", "type": kind, "data": data, "timestamp": at_ms}).to_string()
    };
    let identity = json!({"applicationName": "JVB", "displayName": "jvb-1.example.org", "meetingUniqueId": "m-1", "confName": "standup"});
    let log =
        "JVB 2023-11-14 22:13:21.000 WARNING: [7] [epId=aaaa0001 meeting_id=m-1] Endpoint.f#1: ICE is slow";
    let logs = json!(["logs", null, [{"text": log, "count": 1}], START + 2_000]).to_string();
    let mut lines = vec![line("identity", &identity, 0), line("stats-entry", &json!(logs), 2)];
    for poll in 0..6_u64 {
        let endpoint = json!({"stats_id": "Ada-x1y", "ice_transport": {"iceConnected": true},
            "dtls_transport": {"is_connected": true},
            "transceiver": {
                "endpoint_connection_stats": {"rtt": 40 + poll,
                    "incoming_loss_stats": {"packets_lost": 10, "packets_received": 90}},
                "receiver": {"PacketStreamStats": {"total_bytes": poll * 50_000}}}});
        let mut state = json!({"endpoints": {"aaaa0001": endpoint}});
        if poll == 0 {
            state["name"] = json!("standup@conference.example.org");
        }
        lines.push(line("stats-entry", &json!(state.to_string()), 5 + poll * 5));
    }
    fs::write(folder.join("bridge"), lines.join("\n")).unwrap();
    folder
}

/// A folder with the dump of a client called `dump`, in which every text is this one.
pub(crate) fn client(name: &str, text: &str) -> PathBuf {
    let folder = folder(name);
    let report = |packets: u64| {
        json!({text: {"type": "inbound-rtp", "kind": "audio", "ssrc": 7,
        "packetsReceived": packets, "packetsLost": 0, "jitter": 0.003}})
    };
    let sdp = format!("v=0\r\ns={}\r\n", text.replace("\r\n", " "));
    let entries = [
        json!(["connectionInfo", null, {"path": "/", "url": format!("https://meet.example.org/{text}"),
            "userAgent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
            "clientProtocol": "3.1_STANDARD", "statsFormat": "chrome_standard"}, START]),
        json!(["identity", null, {"applicationName": "Jitsi Meet", "confName": text, "confID": text,
            "displayName": text, "endpointId": text, "deploymentInfo": {"region": text, "shard": text}}, START]),
        json!(["getstats", text, report(0), START]),
        json!(["setLocalDescription", text, {"type": "offer", "sdp": sdp}, START + 500]),
        json!(["getstats", text, report(50), START + 1_000]),
        json!([
            "logs",
            null,
            [format!("2023-11-14T22:13:21.000Z [ERROR] [{text}] <{text}>: {text}")],
            START + 1_500
        ]),
        json!(["getstats", text, report(100), START + 2_000]),
    ];
    let mut lines: Vec<String> = entries.iter().map(Value::to_string).collect();
    lines.push(format!("no JSON {}", text.replace(['\r', '\n'], " ")));
    fs::write(folder.join("dump"), lines.join("\n")).unwrap();
    folder
}
