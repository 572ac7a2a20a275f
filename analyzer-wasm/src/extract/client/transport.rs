//! The selected candidate pair of a peer connection and the round-trip time measured on it.

use serde::{Deserialize, Serialize};

use crate::model::{Metric, Report, ReportKind, ReportTable, Text};
use crate::report::{CandidateEnd, CandidatePair};

/// A candidate pair and when it was selected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairChoice {
    /// The first poll in which it was selected, epoch ms on the clock of the client.
    pub at_ms: f64,
    /// The line of that poll.
    pub line: u64,
    /// The pair in the last poll that has it.
    pub pair: CandidatePair,
}

/// A report keeps its round-trip time after the last response to a STUN check. Responses come every few seconds; a time
/// without a response for this long is not used.
const STALE_MS: f64 = 10_000.0;

/// The state of `currentRoundTripTime`: whether it is still being measured.
#[derive(Debug, Default)]
pub(super) struct StunRtt {
    responses: Option<f64>,
    answered_ms: f64,
    used: bool,
}

impl StunRtt {
    /// The round-trip time of the pair in seconds; `None` if it is stale.
    pub(super) fn measured(&mut self, pair: &Report, at_ms: f64) -> Option<f64> {
        let responses = pair.get(Metric::ResponsesReceived);
        // Chrome measures in whole milliseconds, so 0 is a valid round-trip time once there was a response.
        let answered = responses.is_some_and(|responses| responses > 0.0);
        let rtt_s = pair.get(Metric::CurrentRoundTripTime).filter(|rtt_s| *rtt_s > 0.0 || answered)?;
        self.used = true;
        if responses.is_none() || responses != self.responses {
            self.responses = responses;
            self.answered_ms = at_ms;
        }
        (at_ms - self.answered_ms <= STALE_MS).then_some(rtt_s)
    }

    /// Whether this connection has ever been measured by STUN.
    pub(super) fn is_used(&self) -> bool {
        self.used
    }
}

/// The selected candidate pair in a poll.
///
/// It is the pair of `transport.selectedCandidatePairId`, else the one with Firefox's `selected` (to which legacy
/// reports are mapped), else the only nominated pair that has succeeded.
pub(super) fn selected_pair(table: &ReportTable) -> Option<&Report> {
    let by_transport = table
        .present()
        .filter(|report| report.kind() == ReportKind::Transport)
        .filter_map(|transport| table.find_present(transport.text(Text::SelectedCandidatePairId)?))
        .filter(|report| report.kind() == ReportKind::CandidatePair)
        .last();
    let pairs = || table.present().filter(|report| report.kind() == ReportKind::CandidatePair);
    let is = |report: &&Report, metric| report.get(metric) == Some(1.0);
    by_transport.or_else(|| pairs().find(|report| is(report, Metric::Selected))).or_else(|| {
        let works = |report: &&Report| report.text(Text::State).is_none_or(|state| state == "succeeded");
        let mut nominated = pairs().filter(|report| is(report, Metric::Nominated) && works(report));
        nominated.next().filter(|_| nominated.next().is_none())
    })
}

/// The candidates of a pair, as far as the poll has them.
pub(super) fn describe_pair(pair: &Report, table: &ReportTable) -> CandidatePair {
    let end = |field| pair.text(field).and_then(|id| table.find(id)).map(candidate_end).unwrap_or_default();
    let (local, remote) = (end(Text::LocalCandidateId), end(Text::RemoteCandidateId));
    let known = local.kind.is_some() || remote.kind.is_some();
    let is_relay = |end: &CandidateEnd| end.kind.as_deref() == Some("relay");
    let relay = known.then(|| is_relay(&local) || is_relay(&remote));
    CandidatePair { id: Some(pair.id().to_owned()), relay, local, remote }
}

fn candidate_end(candidate: &Report) -> CandidateEnd {
    let text = |field| candidate.text(field).map(str::to_owned);
    let relay = candidate.text(Text::CandidateType) == Some("relay");
    // Safari has no relayProtocol; its `protocol` of a relay candidate is that on the remote side of the relay.
    let protocol = if relay { text(Text::RelayProtocol) } else { text(Text::Protocol) };
    CandidateEnd {
        kind: text(Text::CandidateType),
        address: text(Text::Address),
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be in range"
        )]
        port: candidate
            .get(Metric::Port)
            .filter(|port| (0.0..=f64::from(u16::MAX)).contains(port))
            .map(|port| port as u16),
        protocol: protocol.map(|name| name.to_ascii_lowercase()),
    }
}

/// `direct` or `relay`.
pub(crate) fn kind_of(pair: &CandidatePair) -> Option<String> {
    pair.relay.map(|relay| if relay { "relay" } else { "direct" }.to_owned())
}

/// The transport protocol of the local candidate: to the TURN server, where there is one.
pub(crate) fn protocol_of(pair: &CandidatePair) -> Option<String> {
    pair.local.protocol.clone()
}
