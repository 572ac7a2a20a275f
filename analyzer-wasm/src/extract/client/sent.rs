//! Sent RTP streams: the receiver's RTCP reports on them, frame rate and size, and quality limitation.

use super::received::Frames;
use super::stream::{Fields, StreamDelta, StreamState};
use crate::catalog::Quantity;
use crate::extract::counter::Counter;
use crate::extract::timeline::Timeline;
use crate::model::{Metric, Report, Text};
use crate::report::{MediaKind, Stream};

/// The state of a sent stream.
#[derive(Debug, Default)]
pub(super) struct Sent {
    frames: Frames,
    remote_ms: Option<f64>,
    sent_at_remote: f64,
    cpu: Limitation,
    bandwidth: Limitation,
}

/// The changes of a sent stream in one poll.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SentDelta {
    pub(super) cpu_ms: Option<f64>,
    pub(super) bandwidth_ms: Option<f64>,
    pub(super) rtt_ms: Option<f64>,
}

impl Sent {
    /// Adds a poll; `remote` is the `remote-inbound-rtp` report on the stream.
    pub(super) fn add_poll(
        &mut self,
        stream: &mut StreamState,
        fields: Fields<'_>,
        remote: Option<&Report>,
        delta: &StreamDelta,
        timeline: &mut Timeline,
    ) -> SentDelta {
        let rtt_ms = self.add_remote(stream, remote.unwrap_or(fields.own), timeline);
        let mut out = SentDelta { rtt_ms, ..SentDelta::default() };
        if stream.kind != Some(MediaKind::Audio) {
            let count = fields.get(Metric::FramesEncoded).or_else(|| fields.get(Metric::FramesSent));
            let (fps, height) = self.frames.add_poll(fields, count, delta.dt_ms);
            for (quantity, value) in [(Quantity::FrameRate, fps), (Quantity::FrameHeight, height)] {
                if let Some(value) = value {
                    stream.set_value(timeline, quantity, value);
                }
            }
            let reason = fields.own.text(Text::QualityLimitationReason);
            // A reason without durations, as in legacy reports, is taken to hold since the last poll.
            let by_reason =
                |name| reason.map(|reason| if reason == name { delta.dt_ms.unwrap_or(0.0) } else { 0.0 });
            out.cpu_ms = self.cpu.add_poll(fields.get(Metric::LimitedByCpu), by_reason("cpu"));
            out.bandwidth_ms =
                self.bandwidth.add_poll(fields.get(Metric::LimitedByBandwidth), by_reason("bandwidth"));
            for (quantity, ms) in
                [(Quantity::CpuLimited, out.cpu_ms), (Quantity::BandwidthLimited, out.bandwidth_ms)]
            {
                if let Some(ms) = ms {
                    stream.set_value(timeline, quantity, ms);
                }
            }
        }
        out
    }

    /// Adds the remote report if its own timestamp has changed. Returns the round-trip time, ms.
    fn add_remote(
        &mut self,
        stream: &mut StreamState,
        remote: &Report,
        timeline: &mut Timeline,
    ) -> Option<f64> {
        let moved = remote.timestamp_ms().is_some() && remote.timestamp_ms() != self.remote_ms;
        if !moved {
            return None;
        }
        self.remote_ms = remote.timestamp_ms();
        if let Some(lost) = remote.get(Metric::PacketsLost) {
            let sent = stream.packets() - self.sent_at_remote;
            self.sent_at_remote = stream.packets();
            if let Some(lost) = stream.lost.take(lost).filter(|_| sent > 0.0) {
                stream.set_value(timeline, Quantity::UplinkLoss, (lost / sent.max(lost)).clamp(0.0, 1.0));
                stream.set_value(timeline, Quantity::ExpectedPackets, sent.max(lost));
                stream.set_value(timeline, Quantity::LostPackets, lost);
            }
        }
        if let Some(jitter_s) = remote.get(Metric::Jitter) {
            stream.jitter.add(jitter_s * 1_000.0);
            stream.set_value(timeline, Quantity::Jitter, jitter_s * 1_000.0);
        }
        let rtt_ms =
            remote.get(Metric::RoundTripTime).filter(|rtt_s| *rtt_s > 0.0).map(|rtt_s| rtt_s * 1_000.0)?;
        stream.rtt.add(rtt_ms);
        stream.set_value(timeline, Quantity::RoundTripTime, rtt_ms);
        Some(rtt_ms)
    }

    /// Fills in the fields of the report.
    pub(super) fn summarize(&self, stream: &mut Stream) {
        self.frames.summarize(stream);
        stream.cpu_limited_ms = self.cpu.total_ms();
        stream.bandwidth_limited_ms = self.bandwidth.total_ms();
    }
}

/// Time for which one cause limited the quality: from the duration counter, else from the reason of each poll.
#[derive(Debug, Default)]
struct Limitation {
    counter: Counter,
    by_reason_ms: Option<f64>,
}

impl Limitation {
    /// Adds a poll. Returns the limited time since the last poll, ms.
    fn add_poll(&mut self, seconds: Option<f64>, by_reason_ms: Option<f64>) -> Option<f64> {
        if let Some(seconds) = seconds {
            return Some(self.counter.take(seconds).unwrap_or(0.0) * 1_000.0);
        }
        let ms = by_reason_ms?;
        *self.by_reason_ms.get_or_insert(0.0) += ms;
        Some(ms)
    }

    fn total_ms(&self) -> Option<f64> {
        self.counter.total().map(|seconds| seconds * 1_000.0).or(self.by_reason_ms)
    }
}
