//! The command's output, its files and its exit status.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::dump::Dump;

/// A new folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rtcstats_server").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(folder.join("dumps")).unwrap();
    folder
}

fn analyze(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_analyze")).args(words).current_dir(folder).output().unwrap()
}

fn dump(room: &str) -> Dump {
    Dump::chrome()
        .entry("identity", &json!({"confName": room, "displayName": "Ada \"the\" First, Lovelace"}), 0)
        .on("PC_0", "close", &json!({}), 1_000)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn each_dump_is_answered_on_a_line() {
    let folder = folder("lines");
    fs::write(folder.join("dumps/a"), dump("A").bytes()).unwrap();
    fs::write(folder.join("dumps/b.gz"), [dump("B").bytes(), b"torn"].concat()).unwrap();
    fs::write(folder.join("dumps/c.txt"), "no dump").unwrap();
    for (flag, member) in [("features", "/dumpMetadata/conferenceId"), ("records", "/rtcstats/0/meetingName")]
    {
        let output = analyze(&folder, &[flag, "dumps"]);
        assert_eq!(output.status.code(), Some(0), "{flag}");
        let lines: Vec<Value> =
            text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let rooms: Vec<&Value> = lines.iter().map(|line| line.pointer(member).unwrap()).collect();
        assert_eq!(rooms, ["A", "B"], "{flag}");
        let complaints = text(&output.stderr);
        assert!(
            complaints.contains("b.gz: rtcstats-server would stop with an error at line 4"),
            "{complaints}"
        );
        assert!(complaints.contains("b.gz: 1 × torn-line (first on line 4)"), "{complaints}");
        assert!(complaints.contains("c.txt: this is not a dump"), "{complaints}");
        assert!(!complaints.contains("dumps/a:"), "{complaints}");
    }
}

#[test]
fn a_refill_is_a_folder_of_files() {
    let folder = folder("refill");
    for (name, room) in [("a", "A"), ("b", "B")] {
        fs::write(folder.join("dumps").join(name), dump(room).bytes()).unwrap();
    }
    let words =
        ["records", "--csv", "out", "--s3", "s3://bucket/refill/", "--app-env", "prod", "dumps/a", "dumps/b"];
    let output = analyze(&folder, &words);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    let file = |name: &str| fs::read_to_string(folder.join("out").join(name)).unwrap();
    let meetings = file("rtcstats.csv");
    let lines: Vec<&str> = meetings.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with("appEnv,createDate,statsSessionId,displayName,"));
    assert!(
        lines[1].starts_with("prod,2") && lines[1].contains(",a,\"Ada \"\"the\"\" First, Lovelace\",@NULL@,")
    );
    assert!(lines[2].contains(",b,\"Ada"));
    assert_eq!(file("rtcstats_pc_metrics.csv").lines().count(), 3);
    assert_eq!(file("rtcstats_track_metrics.csv").lines().count(), 1);
    let manifest: Value = serde_json::from_str(&file("rtcstats.manifest.json")).unwrap();
    assert_eq!(manifest, json!({"entries": [{"url": "s3://bucket/refill/rtcstats.csv", "mandatory": true}]}));
    assert!(file("copy.sql").contains("FROM 's3://bucket/refill/rtcstats_track_metrics.manifest.json'"));
    let items: Vec<Value> =
        file("dynamodb.json").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(items[1]["Item"]["dumpId"], json!({"S": "b.gz"}));
    assert_eq!(items[1]["Item"]["startDate"], json!({"N": "1700000001000"}));
}

#[test]
fn missing_features_are_reported() {
    let folder = folder("missing");
    fs::write(folder.join("dumps/none"), "").unwrap();
    let identity = json!({"statsSessionId": "id", "type": "identity", "data": {"applicationName": "JVB"}});
    fs::write(folder.join("dumps/jvb"), identity.to_string()).unwrap();
    let output = analyze(&folder, &["features", "dumps/none"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    assert!(text(&output.stderr).contains("the file is empty"));
    let output = analyze(&folder, &["records", "--csv", "out", "dumps/jvb"]);
    assert_eq!(output.status.code(), Some(0));
    let complaints = text(&output.stderr);
    for expect in ["without a connectionInfo line", "\"JVB_CLIENT\"", "no line has a time", "give --s3"] {
        assert!(complaints.contains(expect), "{complaints}");
    }
    assert_eq!(analyze(&folder, &["records", "--s3", "s3://b", "dumps/jvb"]).status.code(), Some(2));
}
