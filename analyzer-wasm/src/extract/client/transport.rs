//! The candidate pair that a connection uses: which, since when, and how far it is.

use serde::{Deserialize, Serialize};

use crate::model::{Metric, Report, ReportKind, ReportTable, Text};
use crate::report::{CandidateEnd, CandidatePair};

/// One choice of a pair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairChoice {
    /// Epoch ms on the writer's clock, when it was first seen selected.
    pub at_ms: f64,
    /// The line that shows it.
    pub line: u64,
    /// The pair, as it was last seen.
    pub pair: CandidatePair,
}

/// A round trip stays in the report after the last answer to a STUN check; answers come every few seconds, so one
/// without an answer for this long says nothing any more.
const STALE_MS: f64 = 10_000.0;

/// `currentRoundTripTime`, while it is being measured.
#[derive(Debug, Default)]
pub(super) struct StunRtt {
    responses: Option<f64>,
    answered_ms: f64,
    used: bool,
}

impl StunRtt {
    /// The pair's round trip in seconds, if it is not stale.
    pub(super) fn measured(&mut self, pair: &Report, at_ms: f64) -> Option<f64> {
        let responses = pair.get(Metric::ResponsesReceived);
        // Chrome counts in whole milliseconds, so 0 is a round trip on a short path, once there was an answer.
        let answered = responses.is_some_and(|responses| responses > 0.0);
        let rtt_s = pair.get(Metric::CurrentRoundTripTime).filter(|rtt_s| *rtt_s > 0.0 || answered)?;
        self.used = true;
        if responses.is_none() || responses != self.responses {
            self.responses = responses;
            self.answered_ms = at_ms;
        }
        (at_ms - self.answered_ms <= STALE_MS).then_some(rtt_s)
    }

    /// Whether this connection is measured by STUN at all.
    pub(super) fn is_used(&self) -> bool {
        self.used
    }
}

/// The pair in use in this poll.
///
/// By `transport.selectedCandidatePairId`, else by Firefox's `selected` (legacy reports are mapped to it), else
/// by nomination where only one pair is nominated and has succeeded.
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

/// Both ends of a pair, as far as the poll shows them.
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
    // Safari has no relayProtocol: what it says of a relay's protocol is about the far side of the relay.
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

/// The protocol of the first hop.
pub(crate) fn protocol_of(pair: &CandidatePair) -> Option<String> {
    pair.local.protocol.clone()
}
