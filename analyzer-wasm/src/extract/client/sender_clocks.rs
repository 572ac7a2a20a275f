//! What sender reports tell of other people's clocks: RTCP carries the sender's own time to every receiver.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{Metric, ReportKind, ReportTable};

/// Firefox wrote NTP times without moving their epoch; nothing of them can be used.
const PLAUSIBLE_MS: f64 = 86_400_000.0;

/// How far the writer's clock is ahead of a sender's, by the sender reports of one stream.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SenderClockOffset {
    /// The sender's SSRC.
    pub ssrc: u32,
    /// The least of (time of arrival − time of sending), each by its own clock: the clocks' difference and the shortest
    /// way that a report took.
    pub ahead_ms: f64,
}

/// The witnesses as they are being read.
#[derive(Debug, Default)]
pub(in crate::extract) struct SenderClocks {
    by_ssrc: BTreeMap<u32, f64>,
}

impl SenderClocks {
    /// Takes a poll.
    pub(super) fn take(&mut self, table: &ReportTable) {
        for report in table.present().filter(|report| report.kind() == ReportKind::RemoteOutboundRtp) {
            let times = report.timestamp_ms().zip(report.get(Metric::RemoteTimestamp));
            let ahead_ms = times.map(|(here, there)| here - there).filter(|ms| ms.abs() < PLAUSIBLE_MS);
            if let (Some(ssrc), Some(ahead_ms)) = (report.ssrc(), ahead_ms) {
                let least = self.by_ssrc.entry(ssrc).or_insert(ahead_ms);
                *least = least.min(ahead_ms);
            }
        }
    }

    /// By SSRC.
    pub(in crate::extract) fn finish(self) -> Vec<SenderClockOffset> {
        self.by_ssrc.into_iter().map(|(ssrc, ahead_ms)| SenderClockOffset { ssrc, ahead_ms }).collect()
    }
}
