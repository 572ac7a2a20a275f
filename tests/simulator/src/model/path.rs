//! One participant's path to the other side: STUN round-trip times, total traffic, and the bandwidth estimate.

use super::condition::Condition;
use super::counter::Counter;
use crate::random::Random;

/// Interval of STUN checks.
const STUN_MS: u64 = 2_500;
/// The bandwidth estimate of a new connection.
const FIRST_BPS: f64 = 300_000.0;
/// Growth factor of the estimate per second.
const GROWTH: f64 = 1.35;

/// What limits a sender.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Limit {
    #[default]
    None,
    Cpu,
    Bandwidth,
}

impl Limit {
    /// As in `qualityLimitationReason`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Cpu => "cpu",
            Self::Bandwidth => "bandwidth",
        }
    }
}

/// The path of one connection.
#[derive(Debug)]
pub(crate) struct Path {
    pub(crate) responses: u32,
    pub(crate) rtt_s: f64,
    pub(crate) total_rtt_s: f64,
    pub(crate) available_bps: f64,
    pub(crate) packets_in: Counter,
    pub(crate) bytes_in: Counter,
    pub(crate) packets_out: Counter,
    pub(crate) bytes_out: Counter,
    /// True time, ms after the call's start.
    pub(crate) last_in_ms: f64,
    pub(crate) cut: bool,
    pub(crate) limit: Limit,
    pub(crate) unlimited_s: Counter,
    pub(crate) cpu_s: Counter,
    pub(crate) bandwidth_s: Counter,
    /// The round trip of this step, as RTCP measures it.
    pub(crate) step_rtt_ms: f64,
}

impl Path {
    /// A path before its first step.
    pub(crate) fn new() -> Self {
        Self {
            responses: 0,
            rtt_s: 0.0,
            total_rtt_s: 0.0,
            available_bps: FIRST_BPS,
            packets_in: Counter::default(),
            bytes_in: Counter::default(),
            packets_out: Counter::default(),
            bytes_out: Counter::default(),
            last_in_ms: 0.0,
            cut: false,
            limit: Limit::None,
            unlimited_s: Counter::default(),
            cpu_s: Counter::default(),
            bandwidth_s: Counter::default(),
            step_rtt_ms: 0.0,
        }
    }

    /// Takes a step's condition.
    pub(crate) fn step(&mut self, step: u32, now: &Condition, random: &mut Random) {
        let begin_ms = u64::from(step) * 1_000;
        let spike_ms = if random.yes(0.03) { random.between(5.0, 40.0) } else { 0.0 };
        self.step_rtt_ms = now.rtt_ms + random.normal().abs() * 1.5 + spike_ms;
        self.cut = now.cut;
        let checked = (begin_ms + 1_000) / STUN_MS > begin_ms / STUN_MS || self.responses == 0;
        if checked && !now.cut {
            self.responses += 1;
            self.rtt_s = self.step_rtt_ms.round() / 1_000.0;
            self.total_rtt_s += self.rtt_s;
        }
        let noise = 1.0 + random.normal() * 0.03;
        let carried = now.uplink_bps * noise;
        self.available_bps =
            if self.available_bps < carried { (self.available_bps * GROWTH).min(carried) } else { carried };
    }

    /// The limitation of the sender in this step: the estimate may be below the target rate.
    pub(crate) fn limit(&mut self, step: u32, now: &Condition, wanted_bps: f64) {
        self.limit = if wanted_bps > self.available_bps {
            Limit::Bandwidth
        } else if now.cpu_limited && wanted_bps > 0.0 {
            Limit::Cpu
        } else {
            Limit::None
        };
        let sum = match self.limit {
            Limit::None => &mut self.unlimited_s,
            Limit::Cpu => &mut self.cpu_s,
            Limit::Bandwidth => &mut self.bandwidth_s,
        };
        sum.add(step, 1.0);
    }

    /// Counts what was sent.
    pub(crate) fn sent(&mut self, step: u32, packets: u32, bytes: u32) {
        // RTCP feedback and its headers are sent in addition to the media.
        self.packets_out.add(step, packets + packets / 10 + 2);
        self.bytes_out.add(step, bytes + packets * 12 + 180);
    }

    /// Counts what arrived.
    pub(crate) fn arrived(&mut self, step: u32, packets: f64, bytes: f64) {
        if self.cut {
            return;
        }
        self.packets_in.add(step, packets + 3.0);
        self.bytes_in.add(step, bytes + packets * 12.0 + 240.0);
        self.last_in_ms = f64::from(step) * 1_000.0 + 1_000.0;
    }
}
