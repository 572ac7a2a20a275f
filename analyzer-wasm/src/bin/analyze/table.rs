//! Rows of cells as columns, numbers with their unit, and a dash for no data.

use std::fmt::Write as _;

use analyzer_wasm::report::Distribution;

/// Written where there is no data.
pub(crate) const NO_DATA: &str = "–";

/// Adds a line.
pub(crate) fn line(out: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{text}");
}

/// A number times a factor, with so many places.
pub(crate) fn number(value: Option<f64>, factor: f64, places: usize, unit: &str) -> String {
    value.map_or(NO_DATA.to_owned(), |value| format!("{:.places$}{unit}", value * factor))
}

/// A mean and its 95th percentile.
pub(crate) fn distribution(distribution: Option<Distribution>) -> String {
    distribution.map_or(NO_DATA.to_owned(), |distribution| {
        format!("{:.0} ({:.0})", distribution.mean, distribution.p95)
    })
}

/// Those words that are known.
pub(crate) fn words(words: &[&Option<String>]) -> String {
    let known: Vec<&str> = words.iter().filter_map(|word| word.as_deref()).collect();
    if known.is_empty() { NO_DATA.to_owned() } else { known.join(" ") }
}

/// Columns as wide as their widest cell; the first ones are words, the rest numbers.
pub(crate) fn table(head: &[&str], words: usize, rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut all = vec![head.iter().map(|&name| name.to_owned()).collect::<Vec<_>>()];
    all.extend(rows);
    let widths: Vec<usize> = (0..head.len())
        .map(|column| {
            let cells = all.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let mut out = String::new();
    for row in all {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            if column < words { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        line(&mut out, cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    out
}
