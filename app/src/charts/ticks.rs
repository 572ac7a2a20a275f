//! The ticks of an axis: round values, as many as there is room for.

/// Steps of a time axis, in seconds.
const TIME_STEPS_S: [f64; 16] = [
    1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 21_600.0,
    86_400.0,
];

/// Round values that enclose `min` and `max`; the first and the last are the ends of the axis.
#[must_use]
pub fn value_ticks(min: f64, max: f64, about: u32) -> Vec<f64> {
    let (min, max) = if min.is_finite() && max.is_finite() && max > min {
        (min, max)
    } else {
        (min.min(0.0), min.max(0.0) + 1.0)
    };
    let (min, max) = if min.is_finite() && max.is_finite() { (min, max) } else { (0.0, 1.0) };
    let rough = (max - min) / f64::from(about.max(1));
    let magnitude = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * magnitude)
        .find(|step| *step >= rough * 0.999)
        .unwrap_or(10.0 * magnitude);
    multiples((min / step + 1e-9).floor() * step, step, (max / step - 1e-9).ceil() * step)
}

/// Ticks of a time span as ms after `zero_ms`, at round steps from there.
#[must_use]
pub fn time_ticks(from_ms: f64, to_ms: f64, zero_ms: f64, about: u32) -> Vec<f64> {
    let rough_s = (to_ms - from_ms) / 1000.0 / f64::from(about.max(1));
    let step_s = TIME_STEPS_S.into_iter().find(|step| *step >= rough_s);
    let step_ms = step_s.unwrap_or_else(|| (rough_s / 86_400.0).ceil() * 86_400.0) * 1000.0;
    let first = ((from_ms - zero_ms) / step_ms - 1e-9).ceil() * step_ms;
    multiples(first, step_ms, to_ms - zero_ms)
}

/// `first`, `first + step`, … up to `last`.
fn multiples(first: f64, step: f64, last: f64) -> Vec<f64> {
    (0_u32..1000)
        .map(|n| first + f64::from(n) * step)
        .take_while(|tick| *tick <= last + step * 1e-6)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_axes_end_at_or_above_the_largest_value() {
        assert_eq!(value_ticks(0.0, 610.0, 4), [0.0, 200.0, 400.0, 600.0, 800.0]);
        assert_eq!(value_ticks(0.0, 100.0, 4), [0.0, 25.0, 50.0, 75.0, 100.0]);
        for max in [0.003, 0.7, 1.0, 33.0, 999.0, 2.5e6] {
            let ticks = value_ticks(0.0, max, 4);
            assert!(*ticks.last().unwrap() >= max * 0.999, "{max}: {ticks:?}");
            assert!((3..=6).contains(&ticks.len()), "{max}: {ticks:?}");
        }
    }

    #[test]
    fn axes_that_begin_elsewhere_hold_all_values() {
        assert_eq!(value_ticks(-3.0, 4.0, 4), [-4.0, -2.0, 0.0, 2.0, 4.0]);
        assert_eq!(
            value_ticks(1_000_100.0, 1_000_290.0, 4),
            [1_000_100.0, 1_000_150.0, 1_000_200.0, 1_000_250.0, 1_000_300.0]
        );
        assert_eq!(value_ticks(5.0, 5.0, 4).first(), Some(&0.0), "a constant");
        let ticks = value_ticks(-7.0, -7.0, 4);
        assert!(ticks.first() <= Some(&-7.0) && ticks.last() >= Some(&0.0), "{ticks:?}");
    }

    #[test]
    fn an_axis_without_values_still_has_ticks() {
        assert_eq!(value_ticks(0.0, 0.0, 4).last(), Some(&1.0));
        assert_eq!(value_ticks(0.0, f64::NAN, 4).last(), Some(&1.0));
    }

    #[test]
    fn time_ticks_fall_on_round_times_after_zero() {
        assert_eq!(time_ticks(5_000.0, 61_000.0, 1_000.0, 4), [15_000.0, 30_000.0, 45_000.0, 60_000.0]);
        assert_eq!(time_ticks(0.0, 3_600_000.0, 0.0, 6).len(), 7);
        assert_eq!(time_ticks(0.0, 0.0, 0.0, 6), [0.0]);
        assert!(time_ticks(0.0, 400.0 * 86_400_000.0, 0.0, 6).len() <= 7);
    }
}
