//! The network path of a peer connection: its selected candidate pairs, round-trip time and available bitrate.

use super::totals::PollDelta;
use super::transport::{PairChoice, StunRtt, describe_pair, selected_pair};
use crate::catalog::Quantity;
use crate::extract::samples::Samples;
use crate::extract::timeline::{ColumnId, Timeline};
use crate::model::{Metric, ReportKind, ReportTable, Stamp};
use crate::report::{CandidatePair, Distribution};

/// The path over the polls read so far.
#[derive(Debug, Default)]
pub(super) struct PathState {
    pairs: Vec<PairChoice>,
    rtt: Samples,
    stun_rtt: StunRtt,
    available_out: Samples,
    rtt_column: Option<ColumnId>,
    available_column: Option<ColumnId>,
}

impl PathState {
    /// Adds a poll. `rtcp_rtts_ms` are the round-trip times that RTCP receiver reports gave for sent streams.
    pub(super) fn add_poll(
        &mut self,
        at: Stamp,
        table: &ReportTable,
        rtcp_rtts_ms: &[f64],
        timeline: &mut Timeline,
        delta: &mut PollDelta,
    ) {
        let pair = selected_pair(table);
        if let Some(pair) = pair {
            let described = describe_pair(pair, table);
            match self.pairs.last_mut() {
                Some(last) if last.pair.id == described.id => last.pair = described,
                _ => self.pairs.push(PairChoice { at_ms: at.at_ms, line: at.line, pair: described }),
            }
        }
        let stun_rtt = pair.and_then(|pair| self.stun_rtt.measured(pair, at.at_ms));
        // Firefox measures by RTCP alone. The two are not mixed, since the RTCP value includes the delay of the remote
        // application.
        let rtts_ms = match stun_rtt {
            Some(rtt_s) => vec![rtt_s * 1_000.0],
            None if self.stun_rtt.is_used() => Vec::new(),
            None => rtcp_rtts_ms.to_vec(),
        };
        for rtt_ms in rtts_ms {
            self.rtt.add(rtt_ms);
            delta.rtts_ms.push(rtt_ms);
            let id = *self.rtt_column.get_or_insert_with(|| timeline.column(None, Quantity::RoundTripTime));
            timeline.set(id, rtt_ms);
        }
        let estimate = table.present().find(|report| report.kind() == ReportKind::BandwidthEstimation);
        let available = pair
            .and_then(|pair| pair.get(Metric::AvailableOutgoingBitrate))
            .or_else(|| estimate.and_then(|report| report.get(Metric::AvailableOutgoingBitrate)))
            .filter(|bps| *bps > 0.0);
        if let Some(bps) = available {
            self.available_out.add(bps);
            delta.available_out_bps = Some(bps);
            let id = *self
                .available_column
                .get_or_insert_with(|| timeline.column(None, Quantity::AvailableBitrate));
            timeline.set(id, bps);
        }
    }

    /// The round-trip time over all polls, ms.
    pub(super) fn rtt_ms(&self) -> Option<Distribution> {
        self.rtt.distribution()
    }

    /// The mean of `availableOutgoingBitrate`, bit/s.
    pub(super) fn available_out_bps(&self) -> Option<f64> {
        self.available_out.mean()
    }

    /// The candidate pair that was selected last.
    pub(super) fn selected_pair(&self) -> Option<CandidatePair> {
        self.pairs.last().map(|choice| choice.pair.clone())
    }

    /// Every selected candidate pair, in order.
    pub(super) fn into_pairs(self) -> Vec<PairChoice> {
        self.pairs
    }
}
