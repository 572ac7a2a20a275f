//! Lines and areas of a few hundred points as SVG paths, for sparklines and for the timeline.

use std::fmt::Write;

use leptos::prelude::*;

/// The height of a path, in units of its view box.
pub const HEIGHT: f64 = 100.0;

/// A line with one unit of width per point. Missing values interrupt it; values above `max` are clipped.
#[must_use]
pub fn line_path(values: &[f32], max: f32) -> String {
    let mut path = String::new();
    for (from, run) in runs(values) {
        let mut pen = 'M';
        for (place, value) in (from..).zip(run) {
            let _ = write!(path, "{pen}{place} {}", height(*value, max));
            pen = 'L';
        }
        if run.len() == 1 {
            path.push_str("h1");
        }
    }
    path
}

/// The area below the values, with one unit of width per point; zeros and missing values have none.
#[must_use]
pub fn area_path(values: &[f32], max: f32) -> String {
    let mut path = String::new();
    for (place, value) in values.iter().enumerate().filter(|(_, value)| **value > 0.0) {
        let top = height(*value, max);
        let _ = write!(path, "M{place} {HEIGHT}V{top}h1V{HEIGHT}z");
    }
    path
}

/// The largest finite value.
#[must_use]
pub fn largest(values: &[f32]) -> Option<f32> {
    values.iter().copied().filter(|value| value.is_finite()).reduce(f32::max)
}

/// A small line chart without axes.
#[component]
pub fn Sparkline(
    /// The values; NaN is no data.
    values: Vec<f32>,
    /// The value at the top.
    max: f32,
    /// The explanation on hover.
    title: String,
) -> impl IntoView {
    let path = line_path(&values, max);
    view! {
        <span class="spark" title=title>
            <svg viewBox=format!("0 -4 {} 108", values.len()) preserveAspectRatio="none" aria-hidden="true">
                <path d=path />
            </svg>
        </span>
    }
}

#[expect(clippy::cast_possible_truncation, reason = "0 to 100")]
fn height(value: f32, max: f32) -> u8 {
    let share = if max > 0.0 { (value / max).clamp(0.0, 1.0) } else { 0.0 };
    #[expect(clippy::cast_sign_loss, reason = "0 to 100")]
    let down = (HEIGHT - f64::from(share) * HEIGHT).round() as u8;
    down
}

/// Runs of values without a gap, with the index of the first value.
fn runs(values: &[f32]) -> impl Iterator<Item = (usize, &[f32])> {
    let mut at = 0;
    values.split(|value| !value.is_finite()).filter_map(move |run| {
        let from = at;
        at += run.len() + 1;
        (!run.is_empty()).then_some((from, run))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_interrupt_a_line_and_a_single_value_is_visible() {
        let values = [0.0, 50.0, f32::NAN, 200.0];
        assert_eq!(line_path(&values, 100.0), "M0 100L1 50M3 0h1");
        assert_eq!(line_path(&[f32::NAN; 3], 100.0), "");
        assert_eq!(line_path(&[1.0, 1.0], 0.0), "M0 100L1 100", "a scale of nothing");
    }

    #[test]
    fn areas_start_at_the_bottom() {
        assert_eq!(area_path(&[0.0, 0.1, f32::NAN], 0.2), "M1 100V50h1V100z");
    }

    #[test]
    fn gaps_are_not_the_largest() {
        assert_eq!(largest(&[1.0, f32::NAN, 3.0]), Some(3.0));
        assert_eq!(largest(&[f32::NAN]), None);
    }
}
