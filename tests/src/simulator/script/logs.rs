//! The application's console, in batches.

use serde_json::{Value, json};

use super::Script;

/// Between two batches.
const BATCH_MS: u64 = 30_000;
/// What is said at the begin.
const FIRST: &[&str] = &[
    "[INFO] [JitsiMeetJS] <Object.init>: This appears to be chrome, ver: 156.0.0.0",
    "[INFO] [features/base/lib-jitsi-meet] <eval>: lib-jitsi-meet version:01daa07c",
    "[INFO] [app:conference] <_connect>: Connected to XMPP",
    "[INFO] [rtc:RTC] <onDataChannelOpen>: Bridge channel opened",
];
/// What is said later on.
const LATER: &[&str] = &[
    "[INFO] [qc:QualityController] <_updateReceiverVideoConstraints>: Sending receiver constraints",
    "[DEBUG] [videosipgw] <onStatus>: available",
    "[INFO] [rtc:BridgeChannel] <onMessage>: SenderSourceConstraints",
    "[INFO] [app:track] <setEffect>: none",
    "[WARN] [xmpp:strophe.ping] <onPingTimeout>: ping took longer than usual",
];

impl Script<'_> {
    /// Says something now and then.
    pub(super) fn logs(&mut self) {
        let time = self.session.time();
        let first: Vec<Value> = FIRST.iter().map(|text| self.said(time.from_ms + 900, text)).collect();
        self.page(time.from_ms + 1_000, "logs", &Value::Array(first));
        let mut at_ms = time.from_ms + BATCH_MS;
        while at_ms + 1_000 < time.to_ms {
            let lines = self.chance.whole(1, 4);
            let batch: Vec<Value> = (0..lines)
                .map(|line| {
                    let text = self.chance.pick(LATER).copied().unwrap_or_default();
                    self.said(at_ms - 20_000 + line * 3_000, text)
                })
                .collect();
            self.page(at_ms, "logs", &Value::Array(batch));
            at_ms += BATCH_MS;
        }
    }

    fn said(&self, at_ms: u64, text: &str) -> Value {
        let stamp = iso(self.client_ms(at_ms));
        json!({"text": format!("{stamp} {text}"), "timestamp": stamp, "count": 1})
    }
}

/// ISO 8601, in UTC.
fn iso(epoch_ms: u64) -> String {
    let (days, ms) = (epoch_ms / 86_400_000, epoch_ms % 86_400_000);
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", ms % 1_000)
}

/// Year, month and day of a day after 1970-01-01, by eras of 400 years that begin in March.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::iso;

    #[test]
    fn stamps_are_dates() {
        assert_eq!(iso(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(iso(1_795_167_626_826), "2026-11-20T09:40:26.826Z");
        assert_eq!(iso(1_709_164_800_000), "2024-02-29T00:00:00.000Z");
    }
}
