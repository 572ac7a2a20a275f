//! Supported formats, formats that are refused by name, and detection from a file's start alone.

use analyzer_wasm::error::Error;
use analyzer_wasm::extract::refused;
use analyzer_wasm::input::formats::{FORMATS, UNSUPPORTED};
use analyzer_wasm::workspace::Workspace;
use e2e::driver::extract_in;
use e2e::dump::START;
use proptest::prelude::*;

use crate::support::gzip;

/// A file that shows the signature of each unsupported format, or several.
const SAMPLES: &[(&str, &str)] = &[
    ("rtcstats", "RTCStatsDump\n{\"fileFormat\":3}\n[\"create\",null,{\"deviceMemory\":8},1770110068908]\n"),
    ("rtcstats", "RTCStatsDump\n{\"url\":\"/x\",\"fileFormat\":3}\n[39,null,{},1758602115670]\n"),
    // Without its first line, or its first two.
    (
        "rtcstats",
        "tsDump\n{\"url\":\"/x\",\"userAgent\":\"Mozilla\",\"fileFormat\":3}\n[\"getstats\",\"PC_0\",{},1]\n",
    ),
    (
        "rtcstats",
        "[\"create\",null,{\"deviceMemory\":8},1770110068908]\n[\"create\",\"92-1\",{},\"http://x\",21202.9]\n",
    ),
    ("rtcstats", "[\"getStats\",\"92-1\",{\"P\":{\"id\":\"P\",\"timestamp\":1770110090620.3}},509.1]\n"),
    ("rtcstats", "[39,null,{},1758602115670]\n"),
    (
        "rtcstats-2016",
        "{\n \"PeerConnections\": {},\n \"url\": \"x\",\n \"userAgent\": \"Chrome/48\",\n \"getUserMedia\": [",
    ),
    ("rtcstats-2016", "{\"url\":\"x\",\"userAgent\":\"x\",\"peerConnections\":{}}"),
    ("webrtc-internals", "{\n \"getUserMedia\": [],\n \"PeerConnections\": {},\n \"UserAgent\": \"x\"\n}"),
    (
        "webrtc-internals",
        "{\"PeerConnections\":{\"1-1\":{\"updateLog\":[[\"getstats\",\"PC_0\",{},1700000000000]]}}}",
    ),
    ("webrtc-internals", "{\n \"cpuPerformance\": 2,\n \"timestamp\": 1795167748944,\n \"UserAgentData\": {"),
    ("webrtc-internals", "\n\n {\"UserAgent\":\"x\",\n\"PeerConnections\":{}}"),
    (
        "webrtc-internals-page",
        "# My call\n\nhttps://x, {}\n\nICE connection state: new\nConnection state: new\n",
    ),
    (
        "getstats",
        "{\n \"A\": {\n  \"id\": \"A\",\n  \"type\": \"track\",\n  \"timestamp\": 1498649044000\n }\n}",
    ),
    ("getstats", "[{\"id\":\"A\",\"type\":\"codec\",\"timestamp\":1498649044000}]"),
    ("getstats", "[{\"_timestamp\":\"2017-12-14T23:54:20.264Z\",\"_packetsLost\":\"7\"}]"),
    ("jicofo-stats", "{\"largest_conference\":1,\"jibri_detector\":{\"count\":0}}"),
    ("jvb-stats", "{\"inactive_endpoints\":0,\"bit_rate_download\":79,\"conference_sizes\":[0,1]}"),
    (
        "livekit-webhooks",
        "{\"event\":\"room_started\",\"room\":{\"sid\":\"RM_1\"},\"id\":\"EV_1\"}\n{\"event\":\"x\"}\n",
    ),
    ("livekit-webhooks", "[{\"id\":\"EV_1\",\"event\":\"egress_ended\",\"egressInfo\":{}}]"),
    ("livekit-log", "2025-10-01T08:20:49.940Z\tINFO\tlivekit.room\trtc/room.go:937\tclosing room\t{}\n"),
    ("server-log", "Jicofo 2024-03-06 03:50:59.501 WARNING: [14] JvbDoctor.run#189: timed out\n"),
    ("server-log", "jicofo_1   | Jicofo 2019-06-05 13:26:14.396 INFO: [38] org.x.Presence.log() Granted\n"),
    (
        "server-log",
        "\tat org.x.Y(Y.java:1)\nJVB 2024-03-06 03:50:59.501 INFO: [14] A.b#1: [\"getstats\",\"PC_0\",{},1]\n",
    ),
    (
        "prosody-log",
        "prosody_1  | mod_component                           info       Disconnecting component\n",
    ),
    ("prosody-log", "Aug 07 06:08:51 c2s5589c97e0f10\tinfo\tClient connected\n"),
    ("browser-log", "2023-09-27T12:55:35.891Z [INFO] [app:conference] <f>: joined\n"),
    ("zip", "PK\u{3}\u{4}"),
    ("pdf", "%PDF-1.7"),
    ("xml", "<?xml version=\"1.0\"?><Error/>"),
    ("html", "<!DOCTYPE html>"),
    ("html", "<HTML>"),
];

fn refusal(bytes: &[u8]) -> Error {
    extract_in("x", bytes, 3).unwrap_err()
}

#[test]
fn unsupported_formats_are_refused_by_their_name() {
    for (name, text) in SAMPLES {
        for bytes in [text.as_bytes().to_vec(), gzip(text.as_bytes())] {
            let error = refusal(&bytes);
            assert_eq!(error.format(), Some(*name), "{text}");
            assert!(!error.title().ends_with('.') && error.hint().ends_with('.'), "{error:?}");
        }
    }
}

#[test]
fn binary_files_are_refused_by_their_name() {
    let mut tar = vec![0; 512];
    tar[..4].copy_from_slice(b"dump");
    tar[257..262].copy_from_slice(b"ustar");
    tar.extend_from_slice(b"[\"getstats\",\"PC_0\",{},1700000000000]\n");
    for (name, bytes) in [
        ("tar", tar),
        ("jpeg", b"\xff\xd8\xff\xe0".to_vec()),
        ("png", b"\x89PNG\r\n".to_vec()),
        ("bzip2", b"BZh91AY".to_vec()),
        ("zstd", b"\x28\xb5\x2f\xfd\x04".to_vec()),
        ("utf-16", b"\xff\xfe[\0".to_vec()),
        ("utf-16", b"\xfe\xff\0[".to_vec()),
    ] {
        assert_eq!(refusal(&bytes).format(), Some(name));
    }
}

#[test]
fn files_of_no_format_are_refused() {
    assert_eq!(refusal(b""), Error::Empty);
    assert_eq!(refusal(b"\n \n\r\n"), Error::Empty);
    assert_eq!(refusal(&gzip(b"")), Error::Empty);
    assert_eq!(refusal(b"hello\n"), Error::UnrecognizedFormat);
    assert_eq!(refusal(b"[\"a\",null]\n[1]\n{}\n"), Error::UnrecognizedFormat);
    assert_eq!(refusal(b"\x1f\x8b\x08\x00 this is not deflate at all"), Error::DamagedGzip);
    assert_eq!(refusal(b"\x1f\x8b"), Error::DamagedGzip);
}

#[test]
fn names_are_unique_and_every_unsupported_format_has_an_explanation() {
    let mut names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    names.extend(UNSUPPORTED.iter().map(|format| format.refused.name));
    names.sort_unstable();
    let before = names.len();
    names.dedup();
    // UTF-16 has two signatures.
    assert_eq!(names.len(), before - 1);
}

/// An entry of a Jitsi dump in one of its forms.
fn entry() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(format!(r#"["getstats","PC_0",{{"A":{{"type":"codec","timestamp":0}}}},{START}]"#)),
        Just(format!(r#"["connectionInfo",null,{{"userAgent":"x"}},{START},0]"#)),
        Just(format!(r#"["navigator.mediaDevices.getUserMedia",null,{{"video":true}},{START}]"#)),
        Just(format!(r#" [ "create" , "PC_12" , {{}} , {START} ] "#)),
        Just(
            r#"{"path":"/r","origin":"https://a","url":"https://a/r","userAgent":"x","fileFormat":2}"#
                .to_owned()
        ),
        Just(format!(
            r#"{{"timestamp":{START},"type":"identity","data":{{"applicationName":"JVB"}},"statsSessionId":"s"}}"#
        )),
        Just(r#"{"applicationName":"Jicofo","displayName":"focus"}"#.to_owned()),
    ]
}

/// A line that is damaged or foreign.
fn damaged() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("  ".to_owned()),
        Just(r#"erAgent":"x"},1700000000000]"#.to_owned()),
        Just("not json".to_owned()),
        Just("[1,2,3]".to_owned()),
        Just("{}".to_owned()),
        "[a-z{}\\[\\]\",:0-9]{0,60}",
    ]
}

proptest! {
    #[test]
    fn jitsi_dumps_are_read_in_every_form(
        entry in entry(),
        before in prop::collection::vec(damaged(), 0..4),
        bom in any::<bool>(),
        chunk in 1_usize..200,
    ) {
        let bom = if bom { "\u{feff}" } else { "" };
        let text = format!("{bom}{}\n{entry}\n", before.join("\n"));
        prop_assert!(extract_in("dump", text.as_bytes(), chunk).is_ok(), "{}", text);
    }

    #[test]
    fn what_follows_the_signature_does_not_matter(sample in 0..SAMPLES.len(), entries in prop::collection::vec(entry(), 0..4), chunk in 1_usize..200) {
        let (name, text) = SAMPLES[sample];
        let text = format!("{text}\n{}\n", entries.join("\n"));
        let error = extract_in("dump", text.as_bytes(), chunk).unwrap_err();
        prop_assert_eq!(error.format(), Some(name), "{}", text);
    }
}

#[test]
fn a_long_first_line_is_recognized_by_its_start() {
    let name = "x".repeat(200_000);
    let header = format!(r#"["connectionInfo",null,{{"userAgent":"{name}"}},{START}]"#);
    let member = format!(r#"{{"getUserMedia":[],"UserAgent":"{name}","PeerConnections":{{}}}}"#);
    for chunk in [1, 4_096, 65_535, 65_536, 65_537, usize::MAX] {
        assert!(extract_in("dump", header.as_bytes(), chunk).is_ok());
        let error = extract_in("dump", member.as_bytes(), chunk).unwrap_err();
        assert_eq!(error.format(), Some("webrtc-internals"), "chunks of {chunk}");
    }
}

#[test]
fn refused_files_are_listed_in_every_report_with_the_reason() {
    let dump = |meeting: &str| {
        let identity =
            format!(r#"["identity",null,{{"endpointId":"aaaa0001","meetingUniqueId":"{meeting}"}},{START}]"#);
        extract_in(meeting, identity.as_bytes(), usize::MAX).unwrap()
    };
    let mut workspace = Workspace::default();
    workspace.add_as(0, dump("m-1"));
    workspace.refuse(1, refused("folder/z.txt", 6, &refusal(b"hello\n")));
    workspace.refuse(2, refused("folder/internals.json", 21, &refusal(b"{\"PeerConnections\":{}}")));
    workspace.add_as(3, dump("m-2"));
    workspace.conclude();
    workspace.conclude();
    for report in workspace.reports() {
        let [_, internals, other] = report.files.as_slice() else { panic!("{:?}", report.files) };
        assert_eq!((internals.name.as_str(), internals.bytes), ("internals.json", 21));
        assert_eq!((internals.format.as_deref(), other.format.as_deref()), (Some("webrtc-internals"), None));
        let kinds = [internals, other].map(|file| file.problems[0].kind.as_str());
        assert_eq!(kinds, ["unsupported-format", "unrecognized-format"]);
        assert!(
            internals.problems[0]
                .message
                .contains("webrtc-internals dump, which is not read yet. Only Jitsi")
        );
        assert!(report.summary.iter().all(|sentence| !sentence.contains("damaged")));
    }
    assert_eq!(workspace.reports().len(), 2);
    workspace.forget(&[1, 2]);
    assert!(workspace.reports().iter().all(|report| report.files.len() == 1));
}
