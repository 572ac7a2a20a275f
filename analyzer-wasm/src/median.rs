//! Medians.

use std::collections::BTreeMap;

/// The middle of the values by size, the upper one of the two where their number is even; `None` without values.
pub(crate) fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = values.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}

/// The value below and above which half of the weight lies, by value; `None` without values.
pub(crate) fn weighted_median(weights: &BTreeMap<u64, f64>) -> Option<u64> {
    let half = weights.values().sum::<f64>() / 2.0;
    let mut sum = 0.0;
    weights.iter().find_map(|(value, weight)| {
        sum += weight;
        (sum >= half).then_some(*value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_value_is_taken_and_of_two_the_upper() {
        assert_eq!(median([]), None);
        assert_eq!(median([3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median([4.0, 1.0, 3.0, 2.0]), Some(3.0));
    }

    #[test]
    fn weights_decide() {
        assert_eq!(weighted_median(&BTreeMap::new()), None);
        assert_eq!(weighted_median(&BTreeMap::from([(180, 1.0), (360, 1.0), (720, 3.0)])), Some(720));
        assert_eq!(weighted_median(&BTreeMap::from([(180, 2.0), (720, 2.0)])), Some(180));
    }
}
