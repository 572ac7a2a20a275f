//! The text alternative of a chart.

use super::picked::Series;
use super::scale::Scale;

/// Up to this many lines are all described.
const FEW: usize = 2;

/// For example `audio sent: mean 45 ms, max 610 ms`; of many lines only the highest.
#[must_use]
pub fn summary(scale: Scale, series: &[Series]) -> String {
    let mut lines: Vec<(&str, f64, f64)> = Vec::new();
    for one in series {
        let Some(line) = one.line() else { continue };
        lines.extend(line.mean().zip(line.max()).map(|(mean, max)| (one.label.as_str(), mean, max)));
    }
    if lines.is_empty() {
        return "No data.".to_owned();
    }
    let tell = |(label, mean, max): &(&str, f64, f64)| {
        format!("{label}: mean {}, max {}", scale.text(*mean), scale.text(*max))
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
    use crate::charts::columns::ChartData;
    use analyzer_wasm::wire::ChartLine;

    fn series(lines: &[(&str, f64, f64)]) -> Vec<Series> {
        let head = ChartLine { connection: String::new(), stream: None, facet: None, points: 2 };
        let numbers = lines.iter().flat_map(|(_, a, b)| [0.0, 1000.0, *a, *b]).collect();
        let data = ChartData::of(vec![head; lines.len()], numbers);
        let of = |(index, (label, ..)): (usize, &(&str, f64, f64))| {
            Series::alone(data.clone(), index, (*label).to_owned(), String::new())
        };
        lines.iter().enumerate().map(of).collect()
    }

    #[test]
    fn few_lines_are_described_in_order_without_gaps() {
        let text = |a, b| summary(Scale::Ms, &series(&[("audio sent", a, b)]));
        assert_eq!(text(40.0, 50.0), "audio sent: mean 45 ms, max 50 ms.");
        assert_eq!(text(f64::NAN, 50.0), "audio sent: mean 50 ms, max 50 ms.");
        assert_eq!(text(f64::NAN, f64::NAN), "No data.");
    }

    #[test]
    fn of_many_lines_the_highest_is_described() {
        let series = series(&[("a", 0.0, 0.0), ("b", 0.1, 0.3), ("c", 0.1, 0.1)]);
        assert_eq!(summary(Scale::Share, &series), "Highest of 3 lines: b: mean 20 %, max 30 %.");
    }
}
