//! Outlines of a few hundred points as SVG paths: areas of lanes, sparklines of tables.

use std::fmt::Write;

use leptos::prelude::*;

/// How many units an outline is high.
pub const HEIGHT: f64 = 100.0;

/// A line in a box of one unit a point, `HEIGHT` high; missing values interrupt it, larger ones than `max` are cut.
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

/// The area between the values and the ground; zeros and missing values have none.
#[must_use]
pub fn area_path(values: &[f32], max: f32) -> String {
    let mut path = String::new();
    for (place, value) in values.iter().enumerate().filter(|(_, value)| **value > 0.0) {
        let top = height(*value, max);
        let _ = write!(path, "M{place} {HEIGHT}V{top}h1V{HEIGHT}z");
    }
    path
}

/// The largest of some values; `None` where there is none.
#[must_use]
pub fn largest(values: &[f32]) -> Option<f32> {
    values.iter().copied().filter(|value| value.is_finite()).reduce(f32::max)
}

/// A small line without axes.
#[component]
pub fn Sparkline(
    /// One value a part; NaN is no data.
    values: Vec<f32>,
    /// What the top of the box is worth.
    max: f32,
    /// What it shows.
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

/// Values without a gap in between, with the place of the first.
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
    fn gaps_interrupt_a_line_and_a_lone_value_is_seen() {
        let values = [0.0, 50.0, f32::NAN, 200.0];
        assert_eq!(line_path(&values, 100.0), "M0 100L1 50M3 0h1");
        assert_eq!(line_path(&[f32::NAN; 3], 100.0), "");
        assert_eq!(line_path(&[1.0, 1.0], 0.0), "M0 100L1 100", "a scale of nothing");
    }

    #[test]
    fn areas_stand_on_the_ground() {
        assert_eq!(area_path(&[0.0, 0.1, f32::NAN], 0.2), "M1 100V50h1V100z");
    }

    #[test]
    fn the_largest_is_no_gap() {
        assert_eq!(largest(&[1.0, f32::NAN, 3.0]), Some(3.0));
        assert_eq!(largest(&[f32::NAN]), None);
    }
}
