//! Small calls for the tests of this crate.

use analyzer_wasm::protocol::Overview;
use analyzer_wasm::report::{Activity, Client, Clock, Conference, Media, Network, Participant};

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

/// A conference of these people.
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

/// Somebody of whom nothing is known.
pub(crate) fn participant(key: &str) -> Participant {
    Participant {
        key: key.to_owned(),
        name: None,
        stats_id: None,
        endpoint_ids: vec![],
        client: Client::default(),
        region: None,
        presences: vec![],
        clock: Clock { offset_ms: 0.0, residual_ms: None, method: "none".to_owned() },
        quality: None,
        network: Network::default(),
        transport: None,
        media: Media::default(),
        activity: Activity::default(),
        connections: vec![],
    }
}
