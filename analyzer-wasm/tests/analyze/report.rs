//! The report as text.

use unicode_width::UnicodeWidthStr as _;

use crate::dumps::{bridge, client};
use crate::printed;

/// The cells of the row that begins so.
fn row(text: &str, begin: &str) -> Vec<String> {
    let row = text.lines().find(|line| line.starts_with(begin)).unwrap_or_else(|| panic!("{begin}: {text}"));
    row.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
}

#[test]
fn the_text_has_tables_of_servers() {
    let folder = bridge("servers");
    let text = printed(&folder, &["--text", "bridge"]);
    let (_, by_bridge) = text.split_once("as bridges measured").unwrap();
    assert_eq!(
        row(by_bridge, "Ada-x1y"),
        ["Ada-x1y", "connected", "connected", "42 (45)", "10.0 %", "–", "80", "–", "–", "–", "–", "–", "–"]
    );
    assert_eq!(
        row(&text, "jvb-1"),
        ["jvb-1.example.org", "jvb", "–", "–", "bridge", "6", "1", "–", "–", "–", "–"]
    );
    let own = row(text.split("as bridges").next().unwrap(), "Ada-x1y");
    assert!(own.iter().skip(1).all(|cell| cell == "–"), "there is no dump of this participant: {own:?}");
}

#[test]
fn columns_are_aligned_for_wide_characters() {
    for name in ["李雷 🙂", "e\u{301}cole", "한국어", "Ada"] {
        let folder = client("wide", name);
        let text = printed(&folder, &["--text", "dump"]);
        let mut lines = text.lines().skip_while(|line| !line.starts_with("participant"));
        let (head, row) = (lines.next().unwrap(), lines.next().unwrap());
        let column = |line: &str, cell: &str| line.split(cell).next().unwrap().width();
        assert_eq!(column(head, "client"), column(row, "Chrome"), "{name}: {text}");
    }
}

#[test]
fn a_long_name_is_cut_in_tables() {
    let folder = client("long", &"A".repeat(70_000));
    let text = printed(&folder, &["--text", "dump"]);
    let row = text.lines().skip_while(|line| !line.starts_with("participant")).nth(1).unwrap();
    assert!(row.starts_with("AAAA") && row.width() < 300, "{}", row.width());
}
