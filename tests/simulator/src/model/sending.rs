//! One sent stream: its counters, and the RTCP reports of the other side about it.

use super::counter::{Counter, Gap};
use super::layers::Layer;
use crate::random::Random;

/// Payload that fits into a packet of video.
const VIDEO_PAYLOAD: f64 = 1_100.0;
/// Packets of audio in a second.
const AUDIO_PACKETS: u32 = 50;
/// Between the end of a step and its report's arrival before it.
const REPORT_AGE_MS: f64 = 60.0;

/// The packets of a stream in one step, before any loss.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Flow {
    pub(crate) packets: u32,
    pub(crate) bytes: u32,
    pub(crate) frames: u32,
    pub(crate) lost_up: u32,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) speaking: bool,
}

impl Flow {
    /// A second of voice; silence where the microphone is muted.
    pub(crate) fn voice(random: &mut Random, heard: bool, speaking: bool) -> Self {
        let payload = match (heard, speaking) {
            (false, _) => 12.0,
            (true, false) => random.between(25.0, 40.0),
            (true, true) => random.between(65.0, 95.0),
        };
        let bytes = f64::from(AUDIO_PACKETS) * payload;
        Self { packets: AUDIO_PACKETS, bytes: bytes as u32, speaking: speaking && heard, ..Self::default() }
    }

    /// A second of video at this rate and frame rate.
    pub(crate) fn video(random: &mut Random, layer: Layer, bps: f64, fps: f64) -> Self {
        if bps <= 0.0 {
            return Self::default();
        }
        let bytes = bps / 8.0 * (1.0 + random.normal() * 0.04);
        let frames = (fps + random.normal() * 0.5).round().clamp(1.0, 30.0) as u32;
        let packets = (bytes / VIDEO_PAYLOAD) as u32 + frames / 2;
        Self {
            packets: packets.max(frames),
            bytes: bytes as u32,
            frames,
            width: layer.width,
            height: layer.height,
            ..Self::default()
        }
    }
}

/// The content of the last RTCP receiver report.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Feedback {
    /// Time of arrival in true time; 0 before the first one.
    pub(crate) at_ms: f64,
    pub(crate) lost: f64,
    pub(crate) fraction: f64,
    pub(crate) rtt_s: f64,
    pub(crate) jitter_s: f64,
    pub(crate) count: u32,
    pub(crate) total_rtt_s: f64,
    sent: f64,
}

/// A sent stream.
#[derive(Debug, Default)]
pub(crate) struct Sending {
    pub(crate) packets: Counter,
    pub(crate) bytes: Counter,
    pub(crate) frames: Counter,
    pub(crate) key_frames: Counter,
    pub(crate) encode_s: Counter,
    pub(crate) qp: Counter,
    pub(crate) nacks: Counter,
    pub(crate) plis: Counter,
    pub(crate) gap: Gap,
    pub(crate) feedback: Feedback,
    /// Requested by a receiver.
    pub(crate) active: bool,
    pub(crate) flow: Flow,
    pub(crate) target_bps: f64,
}

impl Sending {
    /// Sends a step's packets; returns them with the loss before the bridge.
    pub(crate) fn step(&mut self, step: u32, mut flow: Flow, loss: f64, random: &mut Random) -> Flow {
        if self.flow.frames == 0 && flow.frames > 0 {
            self.key_frames.add(step, 1);
        }
        if flow.packets == 0 {
            self.gap.forget();
        }
        flow.lost_up = random.binomial(flow.packets, loss);
        self.packets.add(step, flow.packets);
        self.bytes.add(step, flow.bytes);
        self.frames.add(step, flow.frames);
        self.encode_s.add(step, f64::from(flow.frames) * 0.004);
        self.qp.add(step, flow.frames * 24);
        self.gap.step(step, flow.packets - flow.lost_up, flow.lost_up, false);
        if flow.frames > 0 {
            self.nacks.add(step, flow.lost_up / 2);
            self.plis.add(step, u32::from(flow.lost_up * 5 > flow.packets));
        }
        self.flow = flow;
        flow
    }

    /// A report arrives at the start of a step: the loss counted by the receiver, and the state of the path.
    pub(crate) fn hear(&mut self, at_ms: u64, lost: f64, rtt_ms: f64, jitter_ms: f64) {
        let sent = self.packets.total();
        let new = (sent - self.feedback.sent).max(1.0);
        let rtt_s = rtt_ms / 1_000.0;
        self.feedback = Feedback {
            at_ms: at_ms as f64 - REPORT_AGE_MS,
            lost,
            fraction: ((lost - self.feedback.lost) / new).clamp(0.0, 1.0),
            rtt_s,
            jitter_s: jitter_ms / 1_000.0,
            count: self.feedback.count + 1,
            total_rtt_s: self.feedback.total_rtt_s + rtt_s,
            sent,
        };
    }
}
