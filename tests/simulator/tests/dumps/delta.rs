//! The delta compression of a client's polls.

use std::sync::Arc;

use simulator::{DeltaEncoder, Snapshot};

#[test]
fn a_poll_has_the_format_of_the_client() {
    let [changing, same]: [Arc<str>; 2] = ["A".into(), "B".into()];
    let mut encoder = DeltaEncoder::default();
    let mut poll = |at_ms: f64, packets: i64, others_ms: f64| {
        let mut snapshot = Snapshot::default();
        snapshot
            .report(&changing, "inbound-rtp", at_ms)
            .whole("packetsReceived", packets)
            .real("jitter", 0.25);
        snapshot.report(&same, "remote-inbound-rtp", others_ms).flag("active", true).word("kind", "audio");
        let mut json = String::new();
        encoder.encode(&snapshot, &mut json);
        json
    };
    assert_eq!(
        poll(1_000.5, 3, 900.25),
        r#"{"A":{"timestamp":0,"type":"inbound-rtp","packetsReceived":3,"jitter":0.25},"B":{"timestamp":900.25,"type":"remote-inbound-rtp","active":true,"kind":"audio"},"timestamp":1000.5}"#
    );
    assert_eq!(
        poll(2_000.5, 5, 900.25),
        r#"{"A":{"timestamp":0,"packetsReceived":5},"B":{},"timestamp":2000.5}"#
    );
    assert_eq!(poll(3_000.0, 5, 3_000.0), r#"{"A":{"timestamp":0},"B":{"timestamp":0},"timestamp":3000}"#);
}
