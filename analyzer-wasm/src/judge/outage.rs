//! Outages of a path: from the first missing packet to recovery, as packets and ICE states show it together.

use super::samples::{PeerConnectionSamples, Poll};
use crate::model::EventKind;

/// What is booked this long after an outage belongs to it: counters catch up with the first packets, and RTCP reports
/// come seconds apart.
const GRACE_MS: f64 = 6_000.0;
/// A path that goes down this long before its end went down because somebody left.
const LEAVING_MS: f64 = 20_000.0;

/// One outage.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Outage {
    pub(crate) from_ms: f64,
    pub(crate) to_ms: f64,
    /// Whether ICE gave up.
    pub(crate) failed: bool,
    /// Whether the path came back.
    pub(crate) recovered: bool,
    /// The lines of its states.
    pub(crate) lines: Vec<u64>,
}

impl Outage {
    /// Whether what was counted in a poll's time is the outage's.
    pub(crate) fn covers(&self, poll: &Poll) -> bool {
        self.from_ms < poll.to_ms && poll.from_ms < self.to_ms + GRACE_MS
    }
}

/// The outages of a path.
pub(crate) fn outages(connection: &PeerConnectionSamples) -> Vec<Outage> {
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
                from_ms: silent_since(connection, state.at_ms),
                to_ms: state.at_ms,
                failed: false,
                recovered: false,
                lines: Vec::new(),
            });
            outage.failed |= state.value == "failed";
            outage.to_ms = state.at_ms;
            outage.lines.push(state.line);
        } else if up && let Some(mut outage) = open.take() {
            outage.recovered = state.kind != EventKind::ConnectionClosed;
            outage.lines.push(state.line);
            outage.to_ms = if outage.recovered {
                heard_again(connection, outage.to_ms, state.at_ms)
            } else {
                state.at_ms
            };
            found.push(outage);
        }
    }
    found.extend(open);
    let end_ms = connection.span().map_or(f64::INFINITY, |(_, end_ms)| end_ms);
    // Whoever hangs up takes the path down too: that is no outage.
    found.retain(|outage| outage.recovered || outage.from_ms < end_ms - LEAVING_MS);
    found
}

/// The end of the last poll before that moment in which packets arrived, if none has since.
fn silent_since(connection: &PeerConnectionSamples, at_ms: f64) -> f64 {
    let arrived = connection.received_packets();
    let last = connection
        .polls
        .iter()
        .zip(&arrived)
        .filter(|(poll, _)| poll.to_ms <= at_ms)
        .rfind(|(_, n)| **n > 0.0);
    last.map_or(at_ms, |(poll, _)| poll.to_ms.min(at_ms))
}

/// The first moment of arriving packets between going down and the state that says so.
fn heard_again(connection: &PeerConnectionSamples, from_ms: f64, at_ms: f64) -> f64 {
    let arrived = connection.received_packets();
    let first = connection.polls.iter().zip(&arrived).find(|(poll, n)| poll.from_ms >= from_ms && **n > 0.0);
    first.map_or(at_ms, |(poll, _)| poll.to_ms.min(at_ms))
}
