//! One received stream: the packets that arrive, and their playout.

use super::condition::Condition;
use super::counter::{Counter, Gap};
use super::sending::Flow;
use crate::random::Random;

/// Between a sender report's arrival and the end of its step.
const SENDER_REPORT_AGE_MS: f64 = 40.0;

/// Which of a sender's streams it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Voice,
    Camera,
    Screen,
}

/// The content of the last RTCP sender report.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SenderReport {
    /// Time of arrival in true time; 0 before the first one.
    pub(crate) at_ms: f64,
    /// Its transit time.
    pub(crate) travel_ms: f64,
    pub(crate) packets: f64,
    pub(crate) bytes: f64,
    pub(crate) count: u32,
}

/// A received stream.
#[derive(Debug)]
pub(crate) struct Receiving {
    /// The sender's session.
    pub(crate) from: usize,
    pub(crate) kind: Kind,
    pub(crate) received: Counter,
    pub(crate) bytes: Counter,
    pub(crate) gap: Gap,
    pub(crate) samples: Counter,
    pub(crate) concealed: Counter,
    pub(crate) silent: Counter,
    pub(crate) concealments: Counter,
    pub(crate) energy: Counter,
    pub(crate) emitted: Counter,
    pub(crate) buffer_s: Counter,
    pub(crate) frames: Counter,
    pub(crate) decoded: Counter,
    pub(crate) dropped: Counter,
    pub(crate) key_frames: Counter,
    pub(crate) freezes: Counter,
    pub(crate) freeze_s: Counter,
    pub(crate) pauses: Counter,
    pub(crate) pause_s: Counter,
    pub(crate) nacks: Counter,
    pub(crate) plis: Counter,
    pub(crate) report: SenderReport,
    pub(crate) flow: Flow,
    /// Of the last step's flow: the packets sent to this receiver, and how many of them were lost.
    pub(crate) came: u32,
    pub(crate) lost_down: u32,
    pub(crate) jitter_ms: f64,
    /// True time, ms after the call's start.
    pub(crate) last_packet_ms: f64,
    pub(crate) seen: bool,
    sent_packets: f64,
    sent_bytes: f64,
    pub(super) dry_s: f64,
    pub(super) missed: bool,
    /// Share of recently missing packets: single ones are retransmitted.
    pub(super) recent_loss: f64,
}

impl Receiving {
    /// A stream of a sender that has just been announced.
    pub(crate) fn new(from: usize, kind: Kind) -> Self {
        Self {
            from,
            kind,
            received: Counter::default(),
            bytes: Counter::default(),
            gap: Gap::default(),
            samples: Counter::default(),
            concealed: Counter::default(),
            silent: Counter::default(),
            concealments: Counter::default(),
            energy: Counter::default(),
            emitted: Counter::default(),
            buffer_s: Counter::default(),
            frames: Counter::default(),
            decoded: Counter::default(),
            dropped: Counter::default(),
            key_frames: Counter::default(),
            freezes: Counter::default(),
            freeze_s: Counter::default(),
            pauses: Counter::default(),
            pause_s: Counter::default(),
            nacks: Counter::default(),
            plis: Counter::default(),
            report: SenderReport::default(),
            flow: Flow::default(),
            came: 0,
            lost_down: 0,
            jitter_ms: 0.0,
            last_packet_ms: 0.0,
            seen: false,
            sent_packets: 0.0,
            sent_bytes: 0.0,
            dry_s: 0.0,
            missed: false,
            recent_loss: 0.0,
        }
    }

    /// Takes a step: what the sender's side forwards of the stream, and how the way here is.
    pub(crate) fn step(
        &mut self,
        step: u32,
        flow: Flow,
        path: &Condition,
        travel_ms: f64,
        random: &mut Random,
    ) {
        let begin_ms = f64::from(step) * 1_000.0;
        self.hear(begin_ms, path.cut, travel_ms + random.unit() * 2.0);
        if flow.packets == 0 {
            // The bridge pauses the stream and continues with consecutive sequence numbers.
            self.gap.forget();
        }
        let came = flow.packets - flow.lost_up.min(flow.packets);
        let lost_down = if path.cut { came } else { random.binomial(came, path.down_loss) };
        (self.came, self.lost_down) = (came, lost_down);
        let mut arrived = came - lost_down;
        let missing = flow.packets - arrived;
        if arrived > 1 {
            let late = self.gap.catch_up(step);
            self.received.add(step, late);
            if random.yes(0.003) {
                self.gap.delay(step, 1);
                arrived -= 1;
            }
        }
        self.gap.step(step, arrived, missing, self.kind == Kind::Voice);
        self.received.add(step, arrived);
        self.bytes.add(step, share_of(flow.bytes, arrived, flow.packets));
        self.sent_packets += f64::from(flow.packets);
        self.sent_bytes += f64::from(flow.bytes);
        if arrived > 0 {
            self.seen = true;
            self.last_packet_ms = begin_ms + 1_000.0;
            self.jitter_ms += (path.jitter_ms + random.normal() - self.jitter_ms) * 0.3;
            self.jitter_ms = self.jitter_ms.max(0.5);
        }
        if self.seen {
            match self.kind {
                Kind::Voice => self.hear_voice(step, flow, missing, arrived, random),
                Kind::Camera | Kind::Screen => self.watch(step, flow, missing, arrived, path, random),
            }
        }
        self.flow = flow;
    }

    /// The sender's report of the step before, if it was sending.
    fn hear(&mut self, begin_ms: f64, cut: bool, travel_ms: f64) {
        if self.flow.packets == 0 || cut || self.flow.lost_up == self.flow.packets {
            return;
        }
        let at_ms = begin_ms - SENDER_REPORT_AGE_MS;
        let due = self.kind != Kind::Voice || self.report.count == 0 || at_ms - self.report.at_ms > 4_500.0;
        if due {
            self.report = SenderReport {
                at_ms,
                travel_ms,
                packets: self.sent_packets,
                bytes: self.sent_bytes,
                count: self.report.count + 1,
            };
        }
    }
}

fn share_of(bytes: u32, part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { (f64::from(bytes) * f64::from(part) / f64::from(whole)).floor() }
}
