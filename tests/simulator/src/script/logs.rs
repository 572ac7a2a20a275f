//! Console lines of the application, in batches.

use serde_json::{Value, json};

use super::Script;
use crate::calendar::iso;

/// Between two batches.
const BATCH_MS: u64 = 30_000;
/// Lines at the start.
const FIRST: &[&str] = &[
    "[INFO] [JitsiMeetJS] <Object.init>: This appears to be chrome, ver: 156.0.0.0",
    "[INFO] [features/base/lib-jitsi-meet] <eval>: lib-jitsi-meet version:01daa07c",
    "[INFO] [app:conference] <_connect>: Connected to XMPP",
    "[INFO] [rtc:RTC] <onDataChannelOpen>: Bridge channel opened",
];
/// Later lines.
const LATER: &[&str] = &[
    "[INFO] [qc:QualityController] <_updateReceiverVideoConstraints>: Sending receiver constraints",
    "[DEBUG] [videosipgw] <onStatus>: available",
    "[INFO] [rtc:BridgeChannel] <onMessage>: SenderSourceConstraints",
    "[INFO] [app:track] <setEffect>: none",
    "[WARN] [xmpp:strophe.ping] <onPingTimeout>: ping took longer than usual",
];

impl Script<'_> {
    /// Logs one of the later lines at intervals.
    pub(super) fn logs(&mut self) {
        let time = self.session.time();
        let first: Vec<Value> = FIRST.iter().map(|text| self.log_entry(time.from_ms + 900, text)).collect();
        self.page(time.from_ms + 1_000, "logs", &Value::Array(first));
        let mut at_ms = time.from_ms + BATCH_MS;
        while at_ms + 1_000 < time.to_ms {
            let lines = self.random.whole(1, 4);
            let batch: Vec<Value> = (0..lines)
                .map(|line| {
                    let text = self.random.pick(LATER).copied().unwrap_or_default();
                    self.log_entry(at_ms - 20_000 + line * 3_000, text)
                })
                .collect();
            self.page(at_ms, "logs", &Value::Array(batch));
            at_ms += BATCH_MS;
        }
    }

    fn log_entry(&self, at_ms: u64, text: &str) -> Value {
        let stamp = iso(self.client_ms(at_ms));
        json!({"text": format!("{stamp} {text}"), "timestamp": stamp, "count": 1})
    }
}
