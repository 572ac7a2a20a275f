//! Text of a dump that would change the terminal is printed escaped.

use std::fs;

use serde_json::Value;

use crate::dumps::{HOSTILE, client};
use crate::{analyze, printed, text};

/// The characters that no output holds, but for line breaks and the tabs between values.
fn hidden(text: &str) -> Vec<char> {
    let is_hidden = |c: &char| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
    };
    text.chars().filter(is_hidden).collect()
}

#[test]
fn text_output_holds_none() {
    let folder = client("hostile", HOSTILE);
    for (arguments, lines) in [
        (&["--text", "dump"][..], None),
        (&["logs", "dump"], None),
        (&["stats", "packetsReceived", "dump"], Some(4)),
        (&["sdp", "dump"], None),
        (&["lines", "1-8", "dump"], Some(8)),
    ] {
        let out = printed(&folder, arguments);
        assert!(hidden(&out).is_empty(), "{arguments:?}: {:?}", hidden(&out));
        assert!(
            out.contains(r"\u{1b}[31mRED\u{9b}0m\u{202e}evil\u{2066}\u{200b}") || out.contains("sdp"),
            "{out}"
        );
        assert!(!out.lines().any(|line| line.starts_with("CRITICAL  0:00")), "{arguments:?}: {out}");
        assert!(lines.is_none_or(|lines| out.lines().count() == lines), "{arguments:?}: {out}");
    }
}

#[test]
fn json_holds_none_and_the_same_data() {
    let folder = client("hostile-json", HOSTILE);
    for arguments in [&["--json", "dump"][..], &["features", "dump"], &["records", "dump"]] {
        let out = printed(&folder, arguments);
        assert!(hidden(&out).is_empty(), "{arguments:?}");
        assert!(out.contains(r"\u202e"), "{arguments:?}: {out}");
        let json: Value = serde_json::from_str(&out).unwrap();
        assert!(json.to_string().contains("\u{202e}evil\u{2066}"), "{arguments:?}");
    }
}

#[test]
fn raw_lines_are_as_they_stand() {
    let folder = client("hostile-raw", HOSTILE);
    let line = fs::read_to_string(folder.join("dump")).unwrap().lines().last().unwrap().to_owned();
    assert_eq!(printed(&folder, &["lines", "--raw", "8", "dump"]), line + "\n");
}

#[cfg(unix)]
#[test]
fn messages_hold_none() {
    let folder = client("hostile-files", HOSTILE);
    fs::write(folder.join("\u{1b}[31mRED\n\u{202e}x"), "no dump").unwrap();
    for arguments in [&["--text", "."][..], &["features", "."], &["\u{1b}[2J"]] {
        let output = analyze(&folder, arguments);
        let errors = text(&output.stderr);
        assert!(hidden(&errors).is_empty() && hidden(&text(&output.stdout)).is_empty(), "{errors:?}");
        assert!(errors.contains(r"\u{1b}["), "{arguments:?}: {errors}");
    }
}
