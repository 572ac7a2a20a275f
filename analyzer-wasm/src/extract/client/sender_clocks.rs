//! Offsets to the clocks of senders: RTCP sender reports carry the time of the sender's clock to every receiver.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{Metric, ReportKind, ReportTable};

/// Larger offsets are ignored: some Firefox versions report NTP times that count from 1900 as if from 1970.
const PLAUSIBLE_MS: f64 = 86_400_000.0;

/// How far the clock of this client is ahead of a sender's clock, measured on the sender reports of one stream.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SenderClockOffset {
    /// The sender's SSRC.
    pub ssrc: u32,
    /// The least of (time of arrival − time of sending), each on its own clock: the difference of the clocks plus the
    /// shortest one-way delay of a report.
    pub ahead_ms: f64,
}

/// The offsets over the polls read so far.
#[derive(Debug, Default)]
pub(super) struct SenderClocks {
    by_ssrc: BTreeMap<u32, f64>,
}

impl SenderClocks {
    /// Adds a poll.
    pub(super) fn add_poll(&mut self, table: &ReportTable) {
        for report in table.present().filter(|report| report.kind() == ReportKind::RemoteOutboundRtp) {
            let times = report.timestamp_ms().zip(report.get(Metric::RemoteTimestamp));
            let ahead_ms = times.map(|(here, there)| here - there).filter(|ms| ms.abs() < PLAUSIBLE_MS);
            if let (Some(ssrc), Some(ahead_ms)) = (report.ssrc(), ahead_ms) {
                let least = self.by_ssrc.entry(ssrc).or_insert(ahead_ms);
                *least = least.min(ahead_ms);
            }
        }
    }

    /// The offsets, in the order of the SSRCs.
    pub(super) fn finish(self) -> Vec<SenderClockOffset> {
        self.by_ssrc.into_iter().map(|(ssrc, ahead_ms)| SenderClockOffset { ssrc, ahead_ms }).collect()
    }
}
