//! Small calls for the tests of this crate.

use analyzer_wasm::report::{
    Activity, Attribution, Client, Clock, Conference, Connection, Direction, Event, Finding, FindingSeverity,
    Media, MediaKind, Network, Participant, Stream,
};
use analyzer_wasm::wire::Overview;

use super::batch::Batch;
use super::load::{Call, Load, Step};

/// An open call.
pub(crate) fn call(conferences: Vec<Overview>) -> Call {
    let mut load = Load::default();
    let given = super::batch::Given { number: 0, name: String::new(), bytes: 0 };
    load.apply(Step::Begin(Batch::new([given], 0.0)));
    load.apply(Step::Extracted { file: 0, now_ms: 0.0 });
    load.apply(Step::Concluded { request: 0, conferences, trends: vec![] });
    load.call().unwrap().clone()
}

/// A conference of these participants.
pub(crate) fn overview(id: &str, keys: &[&str]) -> Overview {
    Overview {
        conference: Conference { id: id.to_owned(), ..Conference::default() },
        summary: vec![],
        findings: vec![],
        rules: vec![],
        limits: vec![],
        participants: keys.iter().map(|key| participant(key)).collect(),
        servers: vec![],
        marks: vec![],
        files: vec![],
        numbers: vec![],
    }
}

/// A participant without data.
pub(crate) fn participant(key: &str) -> Participant {
    Participant {
        key: key.to_owned(),
        name: None,
        stats_id: None,
        endpoint_ids: vec![],
        client: Client::default(),
        region: None,
        has_dump: true,
        presences: vec![],
        clock: Clock { method: "none".to_owned(), ..Clock::default() },
        quality: None,
        network: Network::default(),
        transport: None,
        media: Media::default(),
        activity: Activity::default(),
        bridge: None,
        focus: None,
        connections: vec![],
    }
}

/// A connection through a bridge.
pub(crate) fn connection(id: &str, streams: Vec<Stream>) -> Connection {
    Connection {
        id: id.to_owned(),
        file: format!("{id}.gz"),
        p2p: Some(false),
        from_ms: None,
        to_ms: None,
        polls: 0,
        poll_ms: None,
        state: None,
        ice_state: None,
        dtls_state: None,
        rtt_ms: None,
        available_out_bps: None,
        packets_sent: 0,
        packets_sent_lost: 0,
        packets_received: 0,
        packets_received_lost: 0,
        selected_pair: None,
        streams,
    }
}

/// A stream without numbers.
pub(crate) fn stream(direction: Direction, kind: MediaKind, ssrc: u32) -> Stream {
    Stream {
        index: ssrc,
        direction,
        kind: Some(kind),
        ssrc: Some(ssrc),
        sender: None,
        track: None,
        codec: None,
        from_ms: 0.0,
        to_ms: 60_000.0,
        packets: 0,
        packets_lost: 0,
        loss_ratio: None,
        bitrate_bps: None,
        jitter_ms: None,
        rtt_ms: None,
        fps: None,
        height: None,
        width: None,
        freeze_ms: None,
        freezes: None,
        pause_ms: None,
        concealed_ratio: None,
        cpu_limited_ms: None,
        bandwidth_limited_ms: None,
    }
}

/// A finding of a participant.
pub(crate) fn finding(code: &str, key: &str, severity: FindingSeverity, from_ms: f64, to_ms: f64) -> Finding {
    Finding {
        id: format!("{code}-{key}-{from_ms}"),
        code: code.to_owned(),
        severity,
        participant: Some(key.to_owned()),
        server: None,
        other_participants: vec![],
        from_ms,
        to_ms,
        value: None,
        unit: None,
        threshold: None,
        attribution: Attribution {
            side: "unknown".to_owned(),
            confidence: 0.5,
            evidence_for: 0,
            evidence_against: 0,
        },
        effects: vec![],
        title: code.to_owned(),
        advice: String::new(),
        evidence: vec![],
    }
}

/// An event of a participant.
pub(crate) fn event(key: &str, subtype: &str, detail: Option<&str>, at_ms: f64) -> Event {
    Event {
        at_ms,
        participant: Some(key.to_owned()),
        server: None,
        kind: String::new(),
        subtype: subtype.to_owned(),
        issue: None,
        detail: detail.map(str::to_owned),
        connection: None,
        file: "f".to_owned(),
        line: 1,
        count: 1,
        sources: vec![],
    }
}
