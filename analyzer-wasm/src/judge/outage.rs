//! Outages of a peer connection: from the first missing packet to recovery, by packets and ICE states together.

use super::samples::{PeerConnectionSamples, Poll};
use crate::model::EventKind;
use crate::time_span::TimeSpan;

/// Loss and freezes reported this long after an outage are attributed to it: counters include the outage's packets
/// only once packets arrive again, and RTCP reports are seconds apart.
const GRACE_MS: f64 = 6_000.0;
/// A connection that disconnects this long before its end does so because the participant leaves.
const LEAVING_MS: f64 = 20_000.0;

/// One outage.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outage {
    /// From the last packet before it to the first one after it.
    pub(super) span: TimeSpan,
    /// Whether ICE failed.
    pub(super) failed: bool,
    /// Whether the connection recovered.
    pub(super) recovered: bool,
    /// The lines of its states.
    pub(super) lines: Vec<u64>,
}

impl Outage {
    /// Whether what was counted in a poll's time is attributed to the outage.
    pub(super) fn covers(&self, poll: &Poll) -> bool {
        self.span.from_ms < poll.span.to_ms && poll.span.from_ms < self.span.to_ms + GRACE_MS
    }
}

/// The outages of a connection, by time.
pub(super) fn outages(connection: &PeerConnectionSamples) -> Vec<Outage> {
    let mut found: Vec<Outage> = Vec::new();
    let mut open: Option<Outage> = None;
    for state in &connection.state_changes {
        let (down, up) = match (state.kind, state.value.as_str()) {
            (EventKind::IceConnectionState | EventKind::ConnectionState, "disconnected" | "failed") => {
                (true, false)
            }
            (EventKind::IceConnectionState, "connected" | "completed") => (false, true),
            (EventKind::ConnectionState, "connected") => (false, true),
            (EventKind::ConnectionClosed, _) => (false, true),
            _ => continue,
        };
        if down {
            let outage = open.get_or_insert_with(|| Outage {
                span: TimeSpan::new(last_packet_before(connection, state.at_ms), state.at_ms),
                failed: false,
                recovered: false,
                lines: Vec::new(),
            });
            outage.failed |= state.value == "failed";
            outage.span.to_ms = state.at_ms;
            outage.lines.push(state.line);
        } else if up && let Some(mut outage) = open.take() {
            outage.recovered = state.kind != EventKind::ConnectionClosed;
            outage.lines.push(state.line);
            outage.span.to_ms = if outage.recovered {
                first_packet_between(connection, outage.span.to_ms, state.at_ms)
            } else {
                state.at_ms
            };
            found.push(outage);
        }
    }
    found.extend(open);
    let end_ms = connection.span().map_or(f64::INFINITY, |span| span.to_ms);
    // A participant who leaves takes the connection down too: that is no outage.
    found.retain(|outage| outage.recovered || outage.span.from_ms < end_ms - LEAVING_MS);
    found
}

/// The end of the last poll before that moment in which packets arrived; the moment itself where there is none.
fn last_packet_before(connection: &PeerConnectionSamples, at_ms: f64) -> f64 {
    let received = connection.received_packets();
    let before = connection.polls.iter().zip(&received).filter(|(poll, _)| poll.span.to_ms <= at_ms);
    let last = before.into_iter().rfind(|(_, packets)| **packets > 0.0);
    last.map_or(at_ms, |(poll, _)| poll.span.to_ms.min(at_ms))
}

/// The end of the first poll after `from_ms` in which packets arrived, but at most `at_ms`, the time of the state that
/// reports the recovery.
fn first_packet_between(connection: &PeerConnectionSamples, from_ms: f64, at_ms: f64) -> f64 {
    let received = connection.received_packets();
    let mut after = connection.polls.iter().zip(&received);
    let first = after.find(|(poll, packets)| poll.span.from_ms >= from_ms && **packets > 0.0);
    first.map_or(at_ms, |(poll, _)| poll.span.to_ms.min(at_ms))
}
