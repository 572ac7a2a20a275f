//! A chart in words, for everybody who does not see it.

use super::columns::{ChartData, Line};
use super::metric::MetricSpec;

/// Up to this many lines are all told.
const FEW: usize = 2;

/// For example `PC_0: mean 45 ms, max 610 ms`; of many lines only the highest.
#[must_use]
pub fn summary(spec: &MetricSpec, data: &ChartData) -> String {
    let lines: Vec<(Line<'_>, f64, f64)> =
        data.lines().filter_map(|line| Some((line, line.mean()?, line.max()?))).collect();
    if lines.is_empty() {
        return "No data.".to_owned();
    }
    let tell = |(line, mean, max): &(Line<'_>, f64, f64)| {
        format!("{}: mean {}, max {}", line.label, spec.text(*mean), spec.text(*max))
    };
    if lines.len() <= FEW {
        return format!("{}.", lines.iter().map(tell).collect::<Vec<_>>().join("; "));
    }
    let highest = lines.iter().max_by(|left, right| left.1.total_cmp(&right.1)).map(tell).unwrap_or_default();
    format!("Highest of {} lines: {highest}.", lines.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use analyzer_wasm::protocol::ChartLine;

    fn data(lines: &[(&str, f64, f64)]) -> ChartData {
        let heads = lines
            .iter()
            .map(|(label, ..)| ChartLine {
                connection: (*label).into(),
                stream: None,
                facet: None,
                points: 2,
            })
            .collect();
        let numbers = lines.iter().flat_map(|(_, a, b)| [0.0, 1000.0, *a, *b]).collect();
        ChartData::new(heads, numbers).unwrap()
    }

    #[test]
    fn few_lines_are_told_in_order_and_gaps_do_not_count() {
        let [rtt, ..] = MetricSpec::ALL;
        assert_eq!(summary(&rtt, &data(&[("PC_0", 40.0, 50.0)])), "PC_0: mean 45 ms, max 50 ms.");
        assert_eq!(summary(&rtt, &data(&[("PC_0", f64::NAN, 50.0)])), "PC_0: mean 50 ms, max 50 ms.");
        assert_eq!(summary(&rtt, &data(&[("PC_0", f64::NAN, f64::NAN)])), "No data.");
    }

    #[test]
    fn of_many_lines_the_highest_is_told() {
        let [_, loss, _] = MetricSpec::ALL;
        let data = data(&[("a", 0.0, 0.0), ("b", 0.1, 0.3), ("c", 0.1, 0.1)]);
        assert_eq!(summary(&loss, &data), "Highest of 3 lines: b: mean 20 %, max 30 %.");
    }
}
