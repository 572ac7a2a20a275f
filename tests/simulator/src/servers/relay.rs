//! The traffic between two bridges.

use serde_json::{Value, json};

use super::leg::{Count, Traffic};
use super::window::{Loss, Window};

/// One end of a relay.
#[derive(Clone, Debug, Default)]
pub(super) struct Relay {
    pub(super) received: Count,
    pub(super) sent: Count,
    incoming: Window,
    outgoing: Window,
}

impl Relay {
    /// Adds a step: the traffic from the endpoints of the other bridge, and from those of this one.
    pub(super) fn step(&mut self, there: Traffic, here: Traffic) {
        let media = |traffic: Traffic| {
            let mut sum = traffic.audio;
            sum.add(traffic.video);
            sum
        };
        let (received, sent) = (media(there), media(here));
        self.received.add(received);
        self.sent.add(sent);
        self.incoming.push(Loss { lost: 0, received: received.packets });
        self.outgoing.push(Loss { lost: 0, received: sent.packets });
    }

    /// The round-trip time, and the loss of the last minute.
    pub(super) fn connection_stats(&self, rtt_ms: f64) -> Value {
        let loss = |window: &Window| {
            let sum = window.sum();
            json!({"packets_lost": sum.lost, "packets_received": sum.received})
        };
        json!({
            "rtt": rtt_ms, "incoming_loss_stats": loss(&self.incoming),
            "outgoing_loss_stats": loss(&self.outgoing),
        })
    }
}
