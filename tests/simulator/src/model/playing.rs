//! Playout of a received stream: concealment, frames, freezes and pauses.

use super::condition::Condition;
use super::receiving::Receiving;
use super::sending::Flow;
use crate::random::Random;

/// Samples of audio in a second.
const SAMPLES: u32 = 48_000;
/// Without a frame for this long, video is paused rather than frozen.
const PAUSE_S: f64 = 5.0;
/// From this packet loss on, video freezes occasionally.
const LOSS_FREEZES_FROM: f64 = 0.04;
/// Duration of a freeze.
const FREEZE_S: (f64, f64) = (0.3, 0.6);

impl Receiving {
    /// Plays a step of audio.
    pub(super) fn hear_voice(
        &mut self,
        step: u32,
        flow: Flow,
        missing: u32,
        arrived: u32,
        random: &mut Random,
    ) {
        self.samples.add(step, SAMPLES);
        let per_packet = SAMPLES / flow.packets.max(1);
        let (concealed, silent) = match (flow.packets, arrived) {
            // No packets during silence: the receiver plays generated silence.
            (0, _) => (SAMPLES, SAMPLES),
            // An outage: the last sound fades within a tenth of a second.
            (_, 0) => (SAMPLES, SAMPLES - SAMPLES / 10 * u32::from(!self.missed)),
            _ => (missing * per_packet, 0),
        };
        self.concealed.add(step, concealed);
        self.silent.add(step, silent);
        self.concealments.add(step, if arrived == 0 { u32::from(!self.missed) } else { missing });
        self.missed = arrived == 0;
        self.emitted.add(step, SAMPLES);
        let wait_s = 0.03 + self.jitter_ms / 500.0;
        self.buffer_s.add(step, f64::from(SAMPLES) * wait_s);
        if flow.speaking && arrived > 0 {
            self.energy.add(step, random.between(0.005, 0.03));
        }
    }

    /// Plays a step of video.
    pub(super) fn watch(
        &mut self,
        step: u32,
        flow: Flow,
        missing: u32,
        arrived: u32,
        path: &Condition,
        random: &mut Random,
    ) {
        if flow.packets == 0 || arrived == 0 {
            self.dry_s += 1.0;
            self.missed |= flow.packets > 0;
            self.recent_loss = 0.0;
            return;
        }
        self.wake(step);
        let lost = f64::from(missing) / f64::from(flow.packets);
        self.recent_loss += (lost - self.recent_loss) * 0.3;
        let still = path.freeze + (self.recent_loss - LOSS_FREEZES_FROM).max(0.0);
        let mean_s = (FREEZE_S.0 + FREEZE_S.1) / 2.0;
        let froze_s =
            if random.yes((still / mean_s).min(1.0)) { random.between(FREEZE_S.0, FREEZE_S.1) } else { 0.0 };
        let came = (f64::from(flow.frames) * (1.0 - lost * 0.4)).round() as u32;
        let dropped = (f64::from(came) * froze_s * 0.3).round() as u32;
        self.frames.add(step, came);
        self.decoded.add(step, came - dropped.min(came));
        self.dropped.add(step, dropped);
        if froze_s > 0.0 {
            self.freezes.add(step, 1);
            self.freeze_s.add(step, froze_s);
        }
        self.nacks.add(step, missing);
        if lost > 0.2 {
            self.plis.add(step, 1);
        }
        self.emitted.add(step, came);
        self.buffer_s.add(step, f64::from(came) * (0.012 + self.jitter_ms / 400.0));
    }

    /// Frames arrive again.
    fn wake(&mut self, step: u32) {
        if self.decoded.total() == 0.0 || self.dry_s > 0.0 {
            self.key_frames.add(step, 1);
        }
        if self.decoded.total() > 0.0 && self.dry_s >= PAUSE_S {
            self.pauses.add(step, 1);
            self.pause_s.add(step, self.dry_s);
        } else if self.decoded.total() > 0.0 && self.missed {
            self.freezes.add(step, 1);
            self.freeze_s.add(step, self.dry_s);
        }
        self.dry_s = 0.0;
        self.missed = false;
    }
}
