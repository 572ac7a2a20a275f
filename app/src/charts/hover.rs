//! The sample under the pointer.

/// A sample farther away than this has no bearing on the time under the pointer.
const REACH_MS: f64 = 15_000.0;

/// The value of the sample nearest to a time; `None` where that is a gap or too far away.
#[must_use]
pub fn value_at(times: &[f64], values: &[f64], at_ms: f64) -> Option<f64> {
    let after = times.partition_point(|time| *time < at_ms);
    let nearest = [after.checked_sub(1), Some(after)]
        .into_iter()
        .flatten()
        .filter_map(|index| Some(((times.get(index)? - at_ms).abs(), index)))
        .min_by(|left, right| left.0.total_cmp(&right.0))?;
    let value = *values.get(nearest.1)?;
    (nearest.0 <= REACH_MS && value.is_finite()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_sample_gives_the_value() {
        let (times, values) = ([1000.0, 2000.0, 3000.0], [1.0, f64::NAN, 3.0]);
        assert_eq!(value_at(&times, &values, 0.0), Some(1.0));
        assert_eq!(value_at(&times, &values, 1400.0), Some(1.0));
        assert_eq!(value_at(&times, &values, 1600.0), None, "a gap");
        assert_eq!(value_at(&times, &values, 9000.0), Some(3.0));
        assert_eq!(value_at(&times, &values, 60_000.0), None, "too far away");
        assert_eq!(value_at(&[], &[], 0.0), None);
    }
}
