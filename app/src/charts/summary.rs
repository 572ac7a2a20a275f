//! A chart in words, for everybody who does not see it.

use super::columns::{ChartData, Line};
use super::metric::MetricSpec;

/// Lines that are told one by one.
const TOLD: usize = 3;

/// For example `PC_0: mean 45 ms, max 610 ms`; the worst lines first where there are many.
#[must_use]
pub fn summary(spec: &MetricSpec, data: &ChartData) -> String {
    let mut lines: Vec<(Line<'_>, f64, f64)> =
        data.lines().filter_map(|line| Some((line, line.mean()?, line.max()?))).collect();
    if lines.is_empty() {
        return "No data.".to_owned();
    }
    let others = lines.len().saturating_sub(TOLD);
    if others > 0 {
        lines.sort_by(|left, right| right.1.total_cmp(&left.1));
    }
    let told: Vec<String> = lines
        .iter()
        .take(TOLD)
        .map(|(line, mean, max)| {
            format!("{}: mean {}, max {}", line.label, spec.text(*mean), spec.text(*max))
        })
        .collect();
    let rest = if others > 0 { format!("; {others} more below") } else { String::new() };
    format!("{}{rest}.", told.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use analyzer_wasm::protocol::ChartLine;

    fn data(lines: &[(&str, f64, f64)]) -> ChartData {
        let heads = lines.iter().map(|(label, ..)| ChartLine { label: (*label).into(), points: 2 }).collect();
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
    fn of_many_lines_the_worst_are_told() {
        let [_, loss, _] = MetricSpec::ALL;
        let data = data(&[("a", 0.0, 0.0), ("b", 0.1, 0.1), ("c", 0.2, 0.2), ("d", 0.3, 0.3)]);
        let text = summary(&loss, &data);
        assert!(text.starts_with("d: mean 30 %"), "{text}");
        assert!(text.ends_with("; 1 more below."), "{text}");
    }
}
