//! The size and frame rate of received video: the best and the worst stream of each poll, and their means.

use super::arithmetic::{mean, round2};
use super::budget::Budget;
use super::packets::media_type;
use super::stats_format::StatsFormat;
use super::value::{Object, Value};

/// Height and frame rate of a received video at one poll. Legacy `goog` reports hold text, which is compared as text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct VideoSize {
    height: Value,
    fps: Value,
}

/// The height and frame rate in a report.
pub(super) fn video_size(format: StatsFormat, report: &Object) -> Option<VideoSize> {
    let kind = report.get("type").and_then(Value::as_text);
    let is_video = || media_type(report).and_then(Value::as_text) == Some("video");
    let (height, fps) = match kind {
        // The server does not read these values of Firefox.
        _ if format == StatsFormat::Firefox => return None,
        Some("inbound-rtp") if is_video() => ("frameHeight", "framesPerSecond"),
        Some("ssrc") => ("googFrameHeightReceived", "googFrameRateOutput"),
        _ => return None,
    };
    let height = report.get(height)?.clone();
    let fps = report.get(fps).cloned().unwrap_or(Value::Number(0.0));
    (height.to_number() > 0.0).then_some(VideoSize { height, fps })
}

/// Whether `a < b`: compared by UTF-16 code units if both are text.
fn less(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => a.encode_utf16().lt(b.encode_utf16()),
        _ => a.to_number() < b.to_number(),
    }
}

/// The best and the worst video of one poll.
#[derive(Debug, Default)]
pub(super) struct Bounds(Option<(VideoSize, VideoSize)>);

impl Bounds {
    pub(super) fn add(&mut self, video_size: VideoSize) {
        let Some((upper, lower)) = &mut self.0 else {
            self.0 = Some((video_size.clone(), video_size));
            return;
        };
        if less(&upper.height, &video_size.height)
            || upper.height == video_size.height && less(&upper.fps, &video_size.fps)
        {
            *upper = video_size.clone();
        }
        if less(&video_size.height, &lower.height)
            || lower.height == video_size.height && less(&video_size.fps, &lower.fps)
        {
            *lower = video_size;
        }
    }
}

/// One of the two bounds at every poll.
#[derive(Debug, Default)]
struct Series {
    heights: Vec<f64>,
    rates: Vec<f64>,
}

impl Series {
    fn add(&mut self, video_size: &VideoSize, budget: &mut Budget) {
        budget.push(&mut self.heights, video_size.height.to_number());
        budget.push(&mut self.rates, video_size.fps.to_number());
    }

    fn means(&self) -> Object {
        let mut means = Object::default();
        for (name, series) in [("meanFrameHeight", &self.heights), ("meanFramesPerSecond", &self.rates)] {
            let mean = round2(mean(series));
            means.set_if(name, (!mean.is_nan()).then_some(mean));
        }
        means
    }
}

/// The bounds of every poll of a connection.
#[derive(Debug, Default)]
pub(super) struct VideoExperience {
    upper: Series,
    lower: Series,
}

impl VideoExperience {
    pub(super) fn add(&mut self, bounds: &Bounds, budget: &mut Budget) {
        if let Some((upper, lower)) = &bounds.0 {
            self.upper.add(upper, budget);
            self.lower.add(lower, budget);
        }
    }

    /// `inboundVideoExperience`; `None` if no video was received.
    pub(super) fn aggregates(&self) -> Option<Object> {
        if self.upper.heights.is_empty() {
            return None;
        }
        let mut out = Object::default();
        out.set("upperBoundAggregates", self.upper.means());
        out.set("lowerBoundAggregates", self.lower.means());
        Some(out)
    }
}
