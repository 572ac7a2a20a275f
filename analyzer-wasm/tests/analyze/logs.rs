//! `analyze logs`.

use crate::dumps::bridge;
use crate::{analyze, text};

#[test]
fn console_lines_of_one_server_or_participant() {
    let folder = bridge("logs");
    let of = |who: &str| analyze(&folder, &["logs", "--level", "warn", "--who", who, "bridge"]);
    let found = of("jvb-1.example.org");
    let rows = text(&found.stdout);
    assert_eq!(rows.lines().count(), 2, "a head and a line: {rows}");
    let line = rows.lines().nth(1).unwrap();
    assert!(
        line.starts_with("2023-11-14T22:13:21.000Z\tjvb-1.example.org\twarn\tEndpoint\tf\t1\tICE is slow"),
        "{line}"
    );
    assert_eq!(text(&of("aaaa0001").stdout).lines().count(), 1, "this endpoint logged nothing");
    let unknown = of("cccc0001");
    assert_eq!(unknown.status.code(), Some(2));
    let error = text(&unknown.stderr);
    assert!(error.contains("there are: aaaa0001, jvb-1.example.org"), "{error}");
}
