//! Dumps of bridges and focuses, written by hand, and the data read from them.

use analyzer_wasm::report::{Event, Participant, Report};
use e2e::driver;
use e2e::dump::START;
use serde_json::{Value, json};

/// A server's dump, state by state.
pub(crate) struct ServerDump {
    pub(crate) lines: Vec<String>,
    pub(crate) enveloped: bool,
}

impl ServerDump {
    pub(crate) fn new(app: &str) -> Self {
        let mut dump = Self::continuation();
        let identity = json!({"applicationName": app, "displayName": format!("{app}-1.example.org"),
            "meetingUniqueId": "m-1", "confName": "room"});
        dump.lines.push(json!({"statsSessionId": "s-1", "type": "identity", "data": identity}).to_string());
        dump
    }

    /// A part that continues where another one ended.
    pub(crate) fn continuation() -> Self {
        Self { lines: Vec::new(), enveloped: true }
    }

    /// A change, with the time at which it was stored.
    pub(crate) fn state(&mut self, change: &Value, second: u64) -> &mut Self {
        self.entry(change.to_string(), second)
    }

    /// Lines of the log, stored then.
    pub(crate) fn logs(&mut self, lines: &[String], second: u64) -> &mut Self {
        let texts: Vec<Value> = lines.iter().map(|text| json!({"text": text, "count": 1})).collect();
        self.entry(json!(["logs", null, texts, START + second * 1_000]).to_string(), second)
    }

    fn entry(&mut self, data: String, second: u64) -> &mut Self {
        let mut line = json!({"statsSessionId": "s-1", "type": "stats-entry", "data": data});
        if self.enveloped {
            line["timestamp"] = json!(START + second * 1_000);
        }
        self.lines.push(line.to_string());
        self
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.lines.join("\n").into_bytes()
    }
}

pub(crate) fn reports(files: &[(&str, Vec<u8>)]) -> Vec<Report> {
    driver::reports(files.iter().map(|(name, bytes)| (*name, bytes))).unwrap()
}

/// The identity line of a server's dump in the meeting `m-1`.
pub(crate) fn server_identity(app: &str, host: &str) -> String {
    let identity = json!({"applicationName": app, "displayName": host, "meetingUniqueId": "m-1"});
    json!({"statsSessionId": "j", "type": "identity", "data": identity}).to_string()
}

pub(crate) fn report(dump: &ServerDump) -> Report {
    let [report] = <[Report; 1]>::try_from(reports(&[("server", dump.bytes())])).unwrap();
    report
}

/// Seconds from the start to each join and leave.
pub(crate) fn stays(person: &Participant) -> Vec<(f64, f64)> {
    let second = |at_ms: f64| (at_ms - START as f64) / 1_000.0;
    person.presences.iter().map(|stay| (second(stay.from_ms), second(stay.to_ms))).collect()
}

pub(crate) fn subtypes<'a>(events: &'a [Event], person: &str) -> Vec<(&'a str, &'a str)> {
    let of_person = events.iter().filter(|event| event.participant.as_deref() == Some(person));
    of_person.map(|event| (event.subtype.as_str(), event.detail.as_deref().unwrap_or("-"))).collect()
}

/// An endpoint in the spelling of the debug state.
pub(crate) fn camel(id: &str, bytes: u64, rtt: f64) -> Value {
    let mut transceiver = json!({
        "endpointConnectionStats": {"rtt": rtt,
            "incoming_loss_stats": {"packets_lost": 10, "packets_received": 90},
            "outgoing_loss_stats": {"packets_lost": -3, "packets_received": 100}},
        "MediaStreamSources": {format!("{id}-v0"): {"owner": id, "video_type": "CAMERA", "77": {"rtx_ssrc": 78}}},
    });
    transceiver[format!("RTP receiver {id}")] =
        json!({"Packet handler stats": {"received_bytes": bytes, "received_packets": bytes / 100}});
    transceiver[format!("RTP sender {id}")] = json!({"Node Keyframe Requester 123": {
        "num_plis_generated": 2, "num_plis_forwarded": 3, "num_firs_generated": 0, "num_firs_forwarded": 0}});
    json!({"statsId": "Ada-x1y", "expired": false, "visitor": false,
        "iceTransport": {"iceConnected": true, "iceFailed": false}, "dtlsTransport": {"is_connected": true},
        "transceiver": transceiver,
        "bandwidthProbing": {"latestBwe": "NaN"},
        "bitrateController": {"oversending": false, "total_oversending_time_secs": 4, "forwardedSources": "[b-v0, c-v0]",
            "bitrate_allocator": {"bweBps": 900_000, "allocation": {"idealBps": 500_000, "targetBps": 400_000, "suspended_sources": []}}},
        "messageTransport": {"sent_counts": {"A": 2}, "received_counts": {"A": 1, "B": 3}, "numOutgoingMessagesDropped": 0}})
}

/// The same in the spelling of `/stats`.
pub(crate) fn snake(id: &str, bytes: u64, rtt: f64) -> Value {
    json!({"stats_id": "Ada-x1y", "expired": false, "visitor": false,
        "ice_transport": {"iceConnected": true, "iceFailed": false}, "dtls_transport": {"is_connected": true},
        "transceiver": {
            "endpoint_connection_stats": {"rtt": rtt,
                "incoming_loss_stats": {"packets_lost": 10, "packets_received": 90},
                "outgoing_loss_stats": {"packets_lost": -3, "packets_received": 100}},
            "media_sources": {format!("{id}-v0"): {"owner": id, "video_type": "CAMERA", "rtp_encoding_77": {"rtx_ssrc": 78}}},
            "receiver": {"PacketStreamStats": {"total_bytes": bytes, "total_packets": bytes / 100}},
            "sender": {"Keyframe Requester": {"num_plis_generated": 2, "num_plis_forwarded": 3}}},
        "bandwidth_probing": {"latest_bwe": "NaN"},
        "bitrate_controller": {"oversending": false, "total_oversending_time_secs": 4, "forwarded_sources": "[b-v0, c-v0]",
            "bitrate_allocator": {"bweBps": 900_000, "allocation": {"idealBps": 500_000, "targetBps": 400_000, "suspended_sources": "[]"}}},
        "message_transport": {"sent_counts": {"A": 2}, "received_counts": {"A": 1, "B": 3}, "numOutgoingMessagesDropped": 0}})
}

pub(crate) type Spelling = fn(&str, u64, f64) -> Value;

/// Ten polls of one endpoint, 5 s apart, and two that do not name it.
pub(crate) fn bridge_dump(of: Spelling) -> ServerDump {
    let mut dump = ServerDump::new("JVB");
    for poll in 0..10_u64 {
        let mut state =
            json!({"endpoints": {"aaaa0001": of("aaaa0001", 10_000 + poll * 50_000, 40.0 + poll as f64)}});
        if poll == 0 {
            state["name"] = json!("room@conference.example.org");
            state["relays"] = json!({"relay-2": {}});
        }
        dump.state(&state, poll * 5);
    }
    dump.state(&json!({"endpoints": {}}), 50).state(&json!({}), 55);
    dump
}

pub(crate) fn member(role: &str) -> Value {
    json!({"occupant_jid": "r/x", "role": role, "region": "eu", "stats_id": "null",
        "is_audio_muted": false, "is_video_muted": true})
}

/// A focus with three endpoints on one bridge.
pub(crate) fn focus_dump() -> ServerDump {
    let mut dump = ServerDump::new("Jicofo");
    let ids = ["aaaa0001", "bbbb0001", "cccc0001"];
    let each = |value: &dyn Fn(&str) -> Value| {
        Value::Object(ids.iter().map(|id| ((*id).to_owned(), value(id))).collect())
    };
    dump.state(
        &json!({"name": "room@c", "meeting_id": "m-1", "participant_count": 3,
        "chat_room": {"members": each(&|_| member("OWNER")), "audio_senders_count": 3},
        "participants": each(&|id| json!({"id": id, "jingle_session": {"state": "ACTIVE"}})),
        "conference_sources": each(&|id| {
            let ssrc = u32::from(id.as_bytes()[0]);
            let name = format!("{id}-a0");
            json!({"sources": [{"ssrc": ssrc, "media_type": "audio", "name": name, "videoType": "null"}]})
        }),
        "colibri_session_manager": {
            "participants": each(&|id| json!({"id": id, "bridge": "jvb-7"})),
            "sessions": {"jvb-7": {"participants": ids, "bridge": {"stress": 0.5, "version": "2.3",
                "region": "eu", "healthy": true, "drain": false, "overloaded": false}}}}}),
        0,
    );
    dump
}

/// A line of Jicofo's log at this second, in a time zone two hours ahead.
pub(crate) fn log(second: u64, class: &str, message: &str) -> String {
    // START is 2023-11-14 22:13:20 UTC.
    let total = 22 * 3_600 + 13 * 60 + 20 + 7_200 + second - 86_400;
    let (hour, minute, second) = (total / 3_600, total / 60 % 60, total % 60);
    format!(
        "Jicofo 2023-11-15 {hour:02}:{minute:02}:{second:02}.250 INFO: [7] [room=r meeting_id=m-1 participant=dddd0001] {class}.f#1: {message}"
    )
}
