//! What one bridge sends to another and gets from it.

use serde_json::{Value, json};

use super::leg::{Count, Traffic};
use super::window::{Loss, Window};

/// One bridge's end of a relay.
#[derive(Clone, Debug, Default)]
pub(super) struct Relay {
    pub(super) received: Count,
    pub(super) sent: Count,
    incoming: Window,
    outgoing: Window,
}

impl Relay {
    /// Takes a step: what the endpoints there sent, and those here.
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

    /// Its round trip, and the last minute.
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
