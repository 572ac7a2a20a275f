//! `analyze stats`, `sdp` and `lines`, which print the content of one dump.

use std::fs;

use crate::dumps::client;
use crate::{analyze, printed, text};

#[test]
fn stats_are_rows_of_one_value() {
    let folder = client("stats", "x");
    let rows = printed(&folder, &["stats", "inbound-rtp.packetsReceived", "dump"]);
    assert_eq!(
        rows.lines().collect::<Vec<_>>(),
        [
            "time_ms\tconnection\treport\ttype\tfield\tvalue",
            "1700000000000\tx\tx\tinbound-rtp\tpacketsReceived\t0",
            "1700000001000\tx\tx\tinbound-rtp\tpacketsReceived\t50",
            "1700000002000\tx\tx\tinbound-rtp\tpacketsReceived\t100",
        ]
    );
    let all = printed(&folder, &["stats", "", "dump"]);
    assert!(all.contains("\tjitter\t0.003") && all.contains("\tpacketsLost\t0"), "{all}");
}

#[test]
fn session_descriptions_have_a_line_about_each() {
    let folder = client("sdp", "x");
    assert_eq!(printed(&folder, &["sdp", "dump"]), "# line 4, x, setLocalDescription\nv=0\ns=x\n\n");
}

#[test]
fn lines_have_their_number_unless_raw() {
    let folder = client("lines", "x");
    let lines = printed(&folder, &["lines", "3-4", "dump"]);
    assert!(lines.starts_with("3\t[\"getstats\",") && lines.lines().count() == 2, "{lines}");
    assert_eq!(printed(&folder, &["lines", "--raw", "8", "dump"]), "no JSON x\n");
    assert_eq!(analyze(&folder, &["lines", "0", "dump"]).status.code(), Some(2));
}

#[test]
fn a_folder_of_several_dumps_is_refused() {
    let folder = client("several", "x");
    fs::copy(folder.join("dump"), folder.join("other")).unwrap();
    let output = analyze(&folder, &["sdp", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("a folder with 2 files: name one dump"));
}
