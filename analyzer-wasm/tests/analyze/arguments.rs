//! Subcommands, their help, completions and manual pages, and the exit status.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::dumps::{bridge, client};
use crate::{analyze, folder, printed, text};

const SUBCOMMANDS: [&str; 8] = ["stats", "sdp", "lines", "logs", "features", "records", "completions", "man"];

#[test]
fn each_subcommand_has_help_with_an_example() {
    let folder = folder("help");
    let overview = printed(&folder, &["--help"]);
    assert!(overview.contains("Examples:") && overview.contains("Exit status:"), "{overview}");
    for subcommand in SUBCOMMANDS {
        assert!(overview.contains(&format!("\n  {subcommand} ")), "{subcommand}: {overview}");
        for arguments in [[subcommand, "--help"], ["help", subcommand]] {
            let help = printed(&folder, &arguments);
            assert!(help.contains(&format!("Usage: analyze {subcommand}")), "{help}");
            assert!(help.contains(&format!("Examples:\n  analyze {subcommand} ")), "{help}");
            assert!(help.lines().all(|line| line.len() <= 100), "{help}");
        }
    }
    assert!(printed(&folder, &["--version"]).starts_with("analyze "));
}

#[test]
fn completions_and_manual_pages_name_each_subcommand() {
    let folder = folder("definitions");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = printed(&folder, &["completions", shell]);
        for word in SUBCOMMANDS.iter().chain(&["conference", "app-env", "component"]) {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let page = printed(&folder, &["man"]);
    assert!(page.contains(".TH analyze 1") && page.contains("Exit status:"), "{page}");
    for subcommand in SUBCOMMANDS {
        assert!(page.contains(&format!("analyze\\-{subcommand}(1)")), "{subcommand}: {page}");
        let own = printed(&folder, &["man", subcommand]);
        assert!(own.contains(&format!(".TH analyze-{subcommand} 1")), "{own}");
    }
    let unknown = analyze(&folder, &["man", "stat"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("there is no subcommand stat; there are: stats, sdp"));
}

#[test]
fn a_file_may_be_named_like_a_subcommand() {
    let folder = client("named", "x");
    fs::copy(folder.join("dump"), folder.join("stats")).unwrap();
    for arguments in [&["./stats"][..], &["--", "stats"], &["--json", "stats"], &["dump", "stats"]] {
        let report: Value = serde_json::from_str(&printed(&folder, arguments)).unwrap();
        assert_eq!(report["participants"].as_array().unwrap().len(), 1, "{arguments:?}");
    }
    assert_eq!(analyze(&folder, &["stats"]).status.code(), Some(2), "the subcommand lacks its arguments");
}

#[test]
fn standard_input_is_read() {
    let folder = client("stdin", "x");
    for arguments in [&["--json", "-"][..], &["stats", "jitter", "-"], &["features", "-"], &["logs", "-"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_analyze"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(&fs::read(folder.join("dump")).unwrap()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(!output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn one_conference_can_be_selected() {
    let folder = bridge("conference");
    let report: Value = serde_json::from_str(&printed(&folder, &["--json", "."])).unwrap();
    let id = report["conference"]["id"].as_str().unwrap();
    printed(&folder, &["--conference", id, "."]);
    printed(&folder, &["logs", "--conference", id, "."]);
    let unknown = analyze(&folder, &["--conference", "other", "."]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains(&format!("no conference has the id other; there are: {id}")));
}

#[test]
fn the_exit_status_depends_on_the_failure() {
    let folder = folder("status");
    fs::write(folder.join("text"), "no dump").unwrap();
    for (arguments, status, error) in [
        (&["--json", "text"][..], 1, "nothing that was given is a dump (1 file read)"),
        (&["logs", "text"], 1, "nothing that was given is a dump"),
        (&["records", "text"], 1, "nothing that was given is a dump"),
        (&["sdp", "text"], 1, "this is not a dump"),
        (&[], 2, "<FILES>..."),
        (&["missing.gz"], 2, "missing.gz cannot be read:"),
        (&["stat"], 2, "analyze --help lists the subcommands"),
        (&["--stats", "x", "text"], 2, "tip: use the subcommand: analyze stats --help"),
        (&["--records-csv", "x", "text"], 2, "tip: use the subcommand: analyze records --help"),
        (&["--find", "x", "text"], 2, "unexpected argument '--find'"),
        (&["logs", "--level", "loud", "text"], 2, "possible values: trace, debug, info, warn"),
        (&["lines", "7-3", "text"], 2, "expected A-B or one number"),
        (&["records", "--s3", "s3://b", "text"], 2, "--csv <FOLDER>"),
        (&["records", "--csv", "x", "--s3", "https://b", "text"], 2, "expected s3://bucket"),
    ] {
        let output = analyze(&folder, arguments);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(status), 0), "{arguments:?}");
        assert!(text(&output.stderr).contains(error), "{arguments:?}: {}", text(&output.stderr));
    }
}

#[test]
fn a_reader_that_stops_reading_is_no_error() {
    let folder = client("pipe", "x");
    for arguments in
        [&["--json", "dump"][..], &["--text", "dump"], &["lines", "1-8", "dump"], &["man"], &["--help"]]
    {
        let mut child = Command::new(env!("CARGO_BIN_EXE_analyze"))
            .args(arguments)
            .current_dir(&folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{arguments:?}");
    }
}
