//! How good the received pictures were: the best and the worst video of each poll, and their means.

use super::arithmetic::{mean, round2};
use super::budget::Budget;
use super::packets::media_type;
use super::stats_format::StatsFormat;
use super::value::{Object, Value};

/// A received video at one poll. The old `goog` reports hold text, which is compared as text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Picture {
    height: Value,
    fps: Value,
}

/// The picture that a report tells of.
pub(super) fn picture(format: StatsFormat, report: &Object) -> Option<Picture> {
    let kind = report.get("type").and_then(Value::as_text);
    let is_video = || media_type(report).and_then(Value::as_text) == Some("video");
    let (height, fps) = match kind {
        // What Firefox tells is not asked for.
        _ if format == StatsFormat::Firefox => return None,
        Some("inbound-rtp") if is_video() => ("frameHeight", "framesPerSecond"),
        Some("ssrc") => ("googFrameHeightReceived", "googFrameRateOutput"),
        _ => return None,
    };
    let height = report.get(height)?.clone();
    let fps = report.get(fps).cloned().unwrap_or(Value::Number(0.0));
    (height.to_number() > 0.0).then_some(Picture { height, fps })
}

/// Whether `a < b`: by characters if both are text.
fn less(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => a.encode_utf16().lt(b.encode_utf16()),
        _ => a.to_number() < b.to_number(),
    }
}

/// The best and the worst picture of one poll.
#[derive(Debug, Default)]
pub(super) struct Bounds(Option<(Picture, Picture)>);

impl Bounds {
    pub(super) fn add(&mut self, picture: Picture) {
        let Some((upper, lower)) = &mut self.0 else {
            self.0 = Some((picture.clone(), picture));
            return;
        };
        if less(&upper.height, &picture.height)
            || upper.height == picture.height && less(&upper.fps, &picture.fps)
        {
            *upper = picture.clone();
        }
        if less(&picture.height, &lower.height)
            || lower.height == picture.height && less(&picture.fps, &lower.fps)
        {
            *lower = picture;
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
    fn add(&mut self, picture: &Picture, budget: &mut Budget) {
        budget.push(&mut self.heights, picture.height.to_number());
        budget.push(&mut self.rates, picture.fps.to_number());
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

    /// `inboundVideoExperience`, if there was ever a picture.
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
