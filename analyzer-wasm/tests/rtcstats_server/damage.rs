//! Damaged and foreign files: rtcstats-server extracts nothing from them, this command extracts what they contain.

use analyzer_wasm::error::Error;
use analyzer_wasm::problems::ProblemKind;
use analyzer_wasm::rtcstats_server::Extracted;
use e2e::driver;
use e2e::poll;
use proptest::prelude::*;
use serde_json::json;

use crate::dump::{Dump, START};

fn extract_in(bytes: &[u8], chunk: usize) -> Result<Extracted, Error> {
    driver::features_in("id", bytes, chunk)
}

/// A dump with two whole entries around this line.
fn around(line: &str) -> Dump {
    Dump::chrome().entry("logs", &json!([]), 1_000).line(line).entry("logs", &json!([]), 2_000)
}

#[test]
fn one_bad_line_ends_nothing() {
    for (line, kind) in [
        ("", ProblemKind::BlankLine),
        ("[\"logs\",null", ProblemKind::BadLine),
        ("{}", ProblemKind::ForeignLine),
        ("7", ProblemKind::ForeignLine),
        ("[\"getstats\",\"PC_0\",null,1700000000001]", ProblemKind::ForeignLine),
        ("[\"getstats\",\"PC_0\",\"x\",1700000000001]", ProblemKind::ForeignLine),
        ("[\"identity\",null,null,1700000000001]", ProblemKind::ForeignLine),
        ("[\"create\",\"PC_0\",null,1700000000001]", ProblemKind::ForeignLine),
        ("[\"constraints\",\"PC_0\",null,1700000000001]", ProblemKind::ForeignLine),
        ("[\"e2eRtt\",null,null,1700000000001]", ProblemKind::ForeignLine),
        ("[\"faceLandmarks\",null,null,1700000000001]", ProblemKind::ForeignLine),
        ("[\"dominantSpeaker\",null,{\"dominantSpeakerEndpoint\":\"a\"}]", ProblemKind::ForeignLine),
    ] {
        let dump = around(line);
        let extracted = dump.extract();
        assert_eq!(extracted.server_fails_at, Some(3), "{line}");
        assert_eq!(extracted.problems.count(kind), 1, "{line}");
        let features = dump.features();
        assert_eq!(features["metrics"]["otherRequestCount"], 2, "{line}");
        assert_eq!(features["sessionEndTime"], START + 2_000, "{line}");
    }
    assert_eq!(around("[\"logs\",null,[\"half an emoji: \\ud83d\"],1]").extract().server_fails_at, None);
}

#[test]
fn a_torn_end_is_located() {
    let dump = Dump::chrome().entry("logs", &json!([]), 1_000);
    let torn = [dump.bytes(), b"[\"logs\",nu"].concat();
    let extracted = extract_in(&torn, 7).unwrap();
    assert_eq!(extracted.problems.count(ProblemKind::TornLine), 1);
    assert_eq!(extracted.server_fails_at, Some(3));
    assert_eq!(extracted.features, dump.extract().features);
}

#[test]
fn what_is_no_dump_is_refused() {
    assert_eq!(extract_in(b"", 1), Err(Error::Empty));
    assert_eq!(extract_in(b"\n \n", 1), Err(Error::Empty));
    for other in ["hello", "{\"a\":1}", "[]", "[1,2]", "[\"hello\"]", "\"x\"", "{\n\"type\":\n1}"] {
        assert_eq!(extract_in(other.as_bytes(), 1), Err(Error::UnrecognizedFormat), "{other}");
    }
    assert_eq!(extract_in(b"\x1f\x8bjunk", 1), Err(Error::DamagedGzip));
}

#[test]
fn dumps_before_headers_were_entries_are_read() {
    let header =
        json!({"path": "/room", "origin": "https://h", "userAgent": crate::dump::FIREFOX, "fileFormat": 2});
    let dump = Dump::empty().line(&header.to_string()).entry("publicIP", &json!(["x"]), 1_000);
    let extracted = dump.extract();
    assert_eq!(
        (extracted.has_header, extracted.server_fails_at, extracted.is_browser),
        (false, Some(1), true)
    );
    assert!(extracted.problems.to_report().is_empty());
    assert_eq!(dump.metadata()["statsFormat"], "firefox");
    assert_eq!(dump.features()["browserInfo"]["name"], "Firefox");
    // Without a header the browser is taken from the client's own entry.
    for (browser, format) in [("moz", "firefox"), ("webkit", "chrome_standard")] {
        let dump = Dump::empty().on("PC_0", "create", &json!({"browserType": browser}), 1_000);
        assert_eq!(dump.metadata()["statsFormat"], format);
    }
}

#[test]
fn limits_are_named() {
    let many = 1_100;
    for (kind, data) in
        [("close", json!({})), ("onconnectionstatechange", json!("new")), ("getstats", json!({}))]
    {
        let dump = (0..many).fold(Dump::chrome(), |dump, at| dump.on(&format!("PC_{at}"), kind, &data, 1));
        let extracted = dump.extract();
        assert_eq!(extracted.problems.count(ProblemKind::OverLimit), many - 1_024, "{kind}");
        assert_eq!(dump.features()["aggregates"].as_object().unwrap().len(), 1_024, "{kind}");
        assert_eq!(extracted.server_fails_at, None, "{kind}");
    }
}

fn compressed(text: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(text).unwrap();
    writer.finish().unwrap()
}

/// A dump with entries of every kind, and the positions of the cuts.
fn sample() -> Vec<u8> {
    let dump = Dump::chrome()
        .entry("identity", &json!({"endpointId": "a", "deploymentInfo": {"region": "eu"}}), 0)
        .on("PC_0", "create", &json!({"browserType": "webkit"}), 500)
        .entry("setVideoType", &json!({"ssrc": 7, "videoType": "camera"}), 600)
        .on("PC_0", "onconnectionstatechange", &json!("connected"), 700)
        .entry("dominantSpeaker", &json!({"dominantSpeakerEndpoint": "a"}), 800)
        .entry("faceLandmarks", &json!({"duration": 1, "faceLandmarks": "happy"}), 900)
        .entry("e2eRtt", &json!({"remoteEndpointId": "b", "rtt": 1}), 950)
        .poll(
            poll![
                "T" => "transport" {selectedCandidatePairId: "C"},
                "C" => {currentRoundTripTime: 0.1},
                "I" => "inbound-rtp" {ssrc: 7, kind: "video", packetsReceived: 5, frameHeight: 720},
            ],
            1_000,
        )
        .poll(r#""T":{},"C":{"currentRoundTripTime":0.2},"I":{"packetsReceived":9}"#, 2_000);
    dump.bytes().to_vec()
}

#[test]
fn compressed_or_not_and_in_any_chunks_it_is_the_same() {
    let whole = extract_in(&sample(), usize::MAX).unwrap();
    assert!(whole.server_fails_at.is_none() && whole.problems.to_report().is_empty());
    for chunk in [1, 7, 4_096] {
        assert_eq!(extract_in(&sample(), chunk).unwrap(), whole, "chunks of {chunk}");
        assert_eq!(
            extract_in(&compressed(&sample()), chunk).unwrap(),
            whole,
            "compressed, chunks of {chunk}"
        );
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), chunk in 1_usize..50) {
        let _ = extract_in(&bytes, chunk);
    }

    #[test]
    fn no_change_of_a_dump_makes_it_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"\"[]{},:0-e\n\\n".as_slice())), 1..8),
        chunk in 1_usize..200,
    ) {
        let mut bytes = sample();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        // As text, since NaN equals nothing.
        let answer = |chunk: usize| {
            let dump = extract_in(&bytes, chunk)?;
            Ok::<_, Error>((dump.to_object().to_string(), dump.problems, dump.server_fails_at))
        };
        prop_assert_eq!(answer(chunk), answer(usize::MAX));
    }
}
