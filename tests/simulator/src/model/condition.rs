//! The state of a participant's path and machine in one step: the ordinary state, changed by faults.

use crate::deployment::{BridgeFaultKind, OVERLOADED_JITTER_MS, OVERLOADED_RTT_MS};
use crate::fault::{Fault, FaultKind};
use crate::scenario::{Scenario, TimeRange};
use crate::session::Session;

/// Jitter without faults.
const JITTER_MS: f64 = 4.0;
/// Share of lost packets at which a sender reduces its rate.
const RATE_FALLS_FROM: f64 = 0.08;
const RATE_FALLS_TO: f64 = 0.35;
/// The bandwidth estimate of a network without feedback.
const CUT_BPS: f64 = 600_000.0;

/// One participant's state in one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Condition {
    pub(crate) up_loss: f64,
    pub(crate) down_loss: f64,
    pub(crate) rtt_ms: f64,
    pub(crate) jitter_ms: f64,
    /// The capacity of the uplink.
    pub(crate) uplink_bps: f64,
    /// The capacity of the downlink, if it limits what is sent.
    pub(crate) downlink_bps: Option<f64>,
    /// Share of the time that received video is frozen without a network fault.
    pub(crate) freeze: f64,
    pub(crate) cpu_limited: bool,
    /// An outage: no packet arrives.
    pub(crate) cut: bool,
}

impl Condition {
    /// The state of a session at a time, under the scenario's faults.
    pub(crate) fn of(session: &Session, faults: &[Fault], at_ms: u64) -> Self {
        let person = &session.details;
        let mut now = Self {
            up_loss: person.base_loss,
            down_loss: person.base_loss,
            rtt_ms: person.rtt_ms,
            jitter_ms: JITTER_MS,
            uplink_bps: person.uplink_bps,
            downlink_bps: None,
            freeze: 0.0,
            cpu_limited: false,
            cut: false,
        };
        let step = TimeRange { from_ms: at_ms, to_ms: at_ms + 1_000 };
        for fault in faults.iter().filter(|fault| fault.person == session.person && fault.time.overlaps(step))
        {
            now.suffer(fault);
        }
        now
    }

    /// The state of a session's path through the bridge, whose faults affect all sessions on it.
    pub(crate) fn to_bridge(session: &Session, scenario: &Scenario, at_ms: u64) -> Self {
        let mut now = Self::of(session, &scenario.faults, at_ms);
        let step = TimeRange { from_ms: at_ms, to_ms: at_ms + 1_000 };
        for fault in scenario.servers.iter().flat_map(|servers| servers.faults_of(session.person, step)) {
            match fault.kind {
                BridgeFaultKind::Restart { .. } => now.be_cut(),
                BridgeFaultKind::Loss { ratio } => {
                    now.lose_upward(ratio);
                    now.down_loss += ratio;
                }
                BridgeFaultKind::Overload { .. } => {
                    now.rtt_ms += OVERLOADED_RTT_MS;
                    now.jitter_ms += OVERLOADED_JITTER_MS;
                }
            }
        }
        now
    }

    fn lose_upward(&mut self, ratio: f64) {
        self.up_loss += ratio;
        if ratio >= RATE_FALLS_FROM {
            self.uplink_bps *= RATE_FALLS_TO;
        }
    }

    fn be_cut(&mut self) {
        self.cut = true;
        self.uplink_bps = CUT_BPS;
    }

    fn suffer(&mut self, fault: &Fault) {
        match fault.kind {
            FaultKind::UplinkLoss { ratio } => self.lose_upward(ratio),
            FaultKind::DownlinkLoss { ratio } => self.down_loss += ratio,
            FaultKind::Delay { rtt_ms } => self.rtt_ms += rtt_ms,
            FaultKind::Jitter { jitter_ms } => self.jitter_ms += jitter_ms,
            FaultKind::VideoFreeze { share } => self.freeze += share,
            FaultKind::CpuLimited => self.cpu_limited = true,
            FaultKind::BandwidthLimited { bps } => self.uplink_bps = self.uplink_bps.min(bps),
            FaultKind::NarrowDownlink { bps } => {
                self.downlink_bps = Some(self.downlink_bps.map_or(bps, |before| before.min(bps)));
            }
            FaultKind::IceDisconnect | FaultKind::IceFailure | FaultKind::Blackout => self.be_cut(),
            FaultKind::Relay { .. } | FaultKind::Tcp | FaultKind::IceRestart => {}
        }
    }
}

/// The state of the direct path of two sessions from the first one's side: both access networks in sequence.
pub(crate) fn direct(own: Condition, other: Condition) -> Condition {
    Condition {
        up_loss: 1.0 - (1.0 - own.up_loss) * (1.0 - other.down_loss),
        down_loss: 1.0 - (1.0 - own.down_loss) * (1.0 - other.up_loss),
        rtt_ms: own.rtt_ms + other.rtt_ms,
        jitter_ms: own.jitter_ms.max(other.jitter_ms),
        cut: own.cut || other.cut,
        ..own
    }
}
