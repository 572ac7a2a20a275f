//! Tables for a terminal: columns as wide as their widest cell, numbers with a unit, and a dash for no data.

use analyzer_wasm::catalog::Quantity;
use analyzer_wasm::report::Distribution;
use analyzer_wasm::wording::percent;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::terminal_text::{TerminalText, escaped};

/// Written where there is no data.
pub(crate) const NO_DATA: &str = "–";
/// Columns of the terminal that one cell takes at most; longer text ends in `…`.
const MAX_CELL_WIDTH: usize = 60;

/// A number times a factor, with so many decimal places.
pub(crate) fn number(value: Option<f64>, factor: f64, places: usize, unit: &str) -> String {
    value.map_or(NO_DATA.to_owned(), |value| format!("{:.places$}{unit}", value * factor))
}

/// A ratio of 0–1 in percent.
pub(crate) fn ratio(value: Option<f64>) -> String {
    value.map_or(NO_DATA.to_owned(), percent)
}

/// A mean and its 95th percentile.
pub(crate) fn distribution(distribution: Option<Distribution>) -> String {
    distribution.map_or(NO_DATA.to_owned(), |distribution| {
        format!("{:.0} ({:.0})", distribution.mean, distribution.p95)
    })
}

/// The words that are present, with a space between them.
pub(crate) fn words(words: &[&Option<String>]) -> String {
    let present: Vec<&str> = words.iter().filter_map(|word| word.as_deref()).collect();
    if present.is_empty() { NO_DATA.to_owned() } else { present.join(" ") }
}

/// The heads of a table: text columns, then columns of quantities, each by its short name and what follows that.
pub(crate) fn heads(text: &[&str], quantities: &[(Quantity, &str)]) -> Vec<String> {
    let of_quantity = |(quantity, suffix): &(Quantity, &str)| {
        format!("{} {suffix}", quantity.info().short).trim_end().to_owned()
    };
    text.iter().map(|&name| name.to_owned()).chain(quantities.iter().map(of_quantity)).collect()
}

/// Adds an empty line and a table; without rows nothing. The first columns are text, aligned to the left; the others
/// are numbers, aligned to the right.
pub(crate) fn add(out: &mut TerminalText, head: Vec<String>, text_columns: usize, rows: Vec<Vec<String>>) {
    if rows.is_empty() {
        return;
    }
    out.blank_line();
    let rows: Vec<Vec<String>> =
        std::iter::once(head).chain(rows).map(|row| row.into_iter().map(cell).collect()).collect();
    let columns = rows.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
        })
        .collect();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            let padding = width.saturating_sub(cell.width());
            if column < text_columns {
                format!("{cell}{:padding$}", "")
            } else {
                format!("{:padding$}{cell}", "")
            }
        });
        out.line(cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}

/// The text of a cell as it is shown: escaped, and cut where it is too wide.
fn cell(text: String) -> String {
    let text = escaped(text);
    if text.width() <= MAX_CELL_WIDTH {
        return text;
    }
    let mut width = 0;
    let kept = text.chars().take_while(|c| {
        width += c.width().unwrap_or(0);
        width < MAX_CELL_WIDTH
    });
    kept.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The terminal column at which the last cell of each line ends.
    fn widths(rows: &[&str]) -> Vec<usize> {
        let mut out = TerminalText::default();
        let rows = rows.iter().map(|name| vec![(*name).to_owned(), "1".to_owned()]).collect();
        add(&mut out, heads(&["name", "n"], &[]), 1, rows);
        assert!(out.as_str().starts_with('\n'));
        out.as_str().lines().skip(1).map(|line| line.width()).collect()
    }

    #[test]
    fn columns_are_aligned_for_wide_and_combining_characters() {
        for names in
            [&["李雷", "Ada", "🙂"], &["e\u{301}cole", "x\u{202e}y", "ﾊﾝｶｸ"], &["❤\u{fe0f}", "한국어", ""]]
        {
            let widths = widths(names);
            assert!(widths.iter().all(|width| Some(width) == widths.first()), "{names:?}: {widths:?}");
        }
    }

    #[test]
    fn a_long_cell_is_cut() {
        let widths = widths(&["x".repeat(70_000).as_str(), "李".repeat(70_000).as_str(), "Ada"]);
        assert_eq!(widths, [MAX_CELL_WIDTH + 3; 4]);
    }

    #[test]
    fn a_table_without_rows_is_left_out() {
        let mut out = TerminalText::default();
        add(&mut out, heads(&["name"], &[]), 1, Vec::new());
        assert_eq!(out.as_str(), "");
    }
}
