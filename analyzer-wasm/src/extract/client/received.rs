//! Received RTP streams: loss, jitter, frame rate and size, freezes and concealment.

use std::collections::BTreeMap;

use super::stream::{Fields, StreamDelta, StreamState, whole};
use super::totals::ReceivedFrames;
use crate::catalog::Quantity;
use crate::extract::counter::Counter;
use crate::extract::timeline::Timeline;
use crate::median::weighted_median;
use crate::model::Metric;
use crate::report::{MediaKind, Stream};

/// Frame rate and size weighted by time, for streams of either direction.
#[derive(Debug, Default)]
pub(super) struct Frames {
    counter: Counter,
    fps_times_ms: f64,
    fps_ms: f64,
    heights: BTreeMap<u64, f64>,
    widths: BTreeMap<u64, f64>,
}

impl Frames {
    /// Adds a poll of a video stream; `count` is the stream's frame counter. Returns the frame rate and the height.
    pub(super) fn add_poll(
        &mut self,
        fields: Fields<'_>,
        count: Option<f64>,
        dt_ms: Option<f64>,
    ) -> (Option<f64>, Option<f64>) {
        let increase = count.and_then(|value| self.counter.take(value));
        let counted = dt_ms.and_then(|dt_ms| Some(increase? * 1_000.0 / dt_ms));
        let fps = dt_ms.and(counted.or_else(|| fields.get(Metric::FramesPerSecond)));
        let height = fields.get(Metric::FrameHeight).filter(|height| *height > 0.0);
        if let (Some(dt_ms), Some(fps)) = (dt_ms, fps.filter(|fps| *fps > 0.0)) {
            self.fps_times_ms += fps * dt_ms;
            self.fps_ms += dt_ms;
            for (sizes, size) in
                [(&mut self.heights, height), (&mut self.widths, fields.get(Metric::FrameWidth))]
            {
                if let Some(size) = size.filter(|size| *size > 0.0) {
                    *sizes.entry(whole(size)).or_default() += dt_ms;
                }
            }
        }
        (fps, height)
    }

    /// Fills in the fields of the report.
    pub(super) fn summarize(&self, stream: &mut Stream) {
        stream.fps = (self.fps_ms > 0.0).then(|| self.fps_times_ms / self.fps_ms);
        stream.height = median_size(&self.heights);
        stream.width = median_size(&self.widths);
    }
}

/// The median of sizes in pixels, each weighted by the time (ms) that it was in use.
#[expect(clippy::cast_precision_loss, reason = "pixels")]
pub(super) fn median_size(times: &BTreeMap<u64, f64>) -> Option<f64> {
    weighted_median(times).map(|size| size as f64)
}

/// The state of a received stream.
#[derive(Debug, Default)]
pub(super) struct Received {
    frames: Frames,
    freeze_s: Counter,
    freezes: Counter,
    pause_s: Counter,
    concealed: Counter,
    silent: Counter,
    samples: Counter,
}

impl Received {
    /// Adds a poll.
    pub(super) fn add_poll(
        &mut self,
        stream: &mut StreamState,
        fields: Fields<'_>,
        delta: &StreamDelta,
        timeline: &mut Timeline,
    ) {
        if let (Some(lost), Some(_)) = (delta.lost, delta.dt_ms)
            && lost + delta.packets > 0.0
        {
            stream.set_value(timeline, Quantity::DownlinkLoss, lost / (lost + delta.packets));
            stream.set_value(timeline, Quantity::ExpectedPackets, lost + delta.packets);
            stream.set_value(timeline, Quantity::LostPackets, lost);
        }
        if let (Some(jitter_s), true) = (fields.get(Metric::Jitter), delta.packets > 0.0) {
            stream.jitter.add(jitter_s * 1_000.0);
            stream.set_value(timeline, Quantity::Jitter, jitter_s * 1_000.0);
        }
        if stream.kind != Some(MediaKind::Audio) {
            self.add_video(stream, fields, delta, timeline);
        }
        if stream.kind != Some(MediaKind::Video) {
            self.add_audio(stream, fields, delta, timeline);
        }
    }

    fn add_video(
        &mut self,
        stream: &mut StreamState,
        fields: Fields<'_>,
        delta: &StreamDelta,
        timeline: &mut Timeline,
    ) {
        let count = fields.get(Metric::FramesDecoded).or_else(|| fields.get(Metric::FramesReceived));
        let (fps, height) = self.frames.add_poll(fields, count, delta.dt_ms);
        for (quantity, value) in [(Quantity::FrameRate, fps), (Quantity::FrameHeight, height)] {
            if let Some(value) = value {
                stream.set_value(timeline, quantity, value);
            }
        }
        let frozen_s = fields.get(Metric::TotalFreezesDuration).and_then(|value| self.freeze_s.take(value));
        let counters =
            [(&mut self.freezes, Metric::FreezeCount), (&mut self.pause_s, Metric::TotalPausesDuration)];
        for (counter, metric) in counters {
            if let Some(value) = fields.get(metric) {
                counter.take(value);
            }
        }
        // A freeze is reported when it ends, so a poll may report more of it than its own length.
        if let Some(frozen_s) = frozen_s {
            stream.set_value(timeline, Quantity::FreezeTime, frozen_s * 1_000.0);
        }
    }

    fn add_audio(
        &mut self,
        stream: &mut StreamState,
        fields: Fields<'_>,
        delta: &StreamDelta,
        timeline: &mut Timeline,
    ) {
        let increase = |counter: &mut Counter, metric| fields.get(metric).map(|value| counter.take(value));
        let concealed = increase(&mut self.concealed, Metric::ConcealedSamples);
        let silent = increase(&mut self.silent, Metric::SilentConcealedSamples);
        let samples = increase(&mut self.samples, Metric::TotalSamplesReceived);
        if let (Some(Some(concealed)), Some(Some(samples)), Some(_)) = (concealed, samples, delta.dt_ms)
            && samples > 0.0
        {
            let heard = concealed - silent.flatten().unwrap_or(0.0);
            stream.set_value(timeline, Quantity::Concealment, (heard / samples).clamp(0.0, 1.0));
        }
    }

    /// Adds the frames and audio samples of this stream to those of all streams.
    pub(super) fn add_to(&self, all: &mut ReceivedFrames) {
        all.fps_times_ms += self.frames.fps_times_ms;
        all.fps_ms += self.frames.fps_ms;
        for (height, ms) in &self.frames.heights {
            *all.heights.entry(*height).or_default() += ms;
        }
        if let Some((concealed, samples)) = self.concealment() {
            all.concealed += concealed;
            all.samples += samples;
        }
    }

    /// The number of concealed samples that were not silent, and of all samples.
    fn concealment(&self) -> Option<(f64, f64)> {
        let samples = self.samples.total().filter(|samples| *samples > 0.0)?;
        let concealed = self.concealed.total()? - self.silent.total().unwrap_or(0.0);
        Some((concealed.max(0.0), samples))
    }

    /// Fills in the fields of the report.
    pub(super) fn summarize(&self, stream: &mut Stream) {
        self.frames.summarize(stream);
        stream.freeze_ms = self.freeze_s.total().map(|seconds| seconds * 1_000.0);
        stream.freezes = self.freezes.total();
        stream.pause_ms = self.pause_s.total().map(|seconds| seconds * 1_000.0);
        stream.concealed_ratio = self.concealment().map(|(concealed, samples)| concealed / samples);
    }
}
