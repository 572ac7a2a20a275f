//! The command `analyze` as somebody at a terminal sees it.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that meets what it did not expect has failed"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

const START: u64 = 1_700_000_000_000;

/// A folder with the dump of a bridge that saw somebody for half a minute, and said so in its log.
fn call(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("analyze").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
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

fn analyze(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_analyze")).args(words).current_dir(folder).output().unwrap()
}

/// The cells of the row that begins so.
fn row(text: &str, begin: &str) -> Vec<String> {
    let row = text.lines().find(|line| line.starts_with(begin)).unwrap_or_else(|| panic!("{begin}: {text}"));
    row.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
}

#[test]
fn servers_are_told_as_well() {
    let folder = call("servers");
    let output = analyze(&folder, &["--text", "bridge"]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    let (_, by_bridges) = text.split_once("as bridges saw them").unwrap();
    assert_eq!(
        row(by_bridges, "Ada-x1y"),
        ["Ada-x1y", "connected", "connected", "42 (45)", "10.00 %", "–", "80", "–", "–", "–", "–", "–", "–"]
    );
    assert_eq!(
        row(&text, "jvb-1"),
        ["jvb-1.example.org", "jvb", "–", "–", "bridge", "6", "1", "–", "–", "–", "–"]
    );
    let own = row(text.split("as bridges").next().unwrap(), "Ada-x1y");
    assert!(own.iter().skip(1).all(|cell| cell == "–"), "they left no dump: {own:?}");
}

#[test]
fn console_lines_can_be_asked_of_one() {
    let folder = call("logs");
    let of = |who: &str| analyze(&folder, &["--logs", "--level", "warn", "--who", who, "bridge"]);
    let found = of("jvb-1.example.org");
    let text = String::from_utf8(found.stdout).unwrap();
    assert_eq!(text.lines().count(), 2, "a head and a line: {text}");
    let line = text.lines().nth(1).unwrap();
    assert!(
        line.starts_with("2023-11-14T22:13:21.000Z\tjvb-1.example.org\twarn\tEndpoint\tf\t1\tICE is slow"),
        "{line}"
    );
    assert_eq!(String::from_utf8(of("aaaa0001").stdout).unwrap().lines().count(), 1, "she logged nothing");
    let nobody = of("cccc0001");
    assert_eq!(nobody.status.code(), Some(2));
    let complaint = String::from_utf8(nobody.stderr).unwrap();
    assert!(
        complaint.contains("there is nobody of that key or name, but aaaa0001, jvb-1.example.org"),
        "{complaint}"
    );
}
