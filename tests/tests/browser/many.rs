//! Many files, the same file twice, files added to an open call, and calls without participants.

use std::fs;
use std::io::Read as _;
use std::path::PathBuf;

use e2e::rtcscope::App;
use e2e::scratch::Scratch;

use crate::{ALICE, BOB, assert_quiet, recorded_call};

const MANY: usize = 500;
/// This many lines of a dump contain the identity and some polls.
const LINES: usize = 60;

/// This many participants of one call, each with the beginning of the same dump.
pub(crate) fn crowd(scratch: &Scratch, count: usize) -> Vec<PathBuf> {
    let [alice, _] = recorded_call();
    let mut text = String::new();
    flate2::read::GzDecoder::new(fs::File::open(alice).unwrap()).read_to_string(&mut text).unwrap();
    let lines: Vec<&str> = text.lines().take(LINES).collect();
    let text = lines.join("\n");
    (0..count)
        .map(|number| {
            let one =
                text.replace(ALICE, &format!("{number:08x}")).replace("Alice-abc", &format!("Guest{number}"));
            scratch.write(&format!("{number}.ndjson"), one).unwrap()
        })
        .collect()
}

#[test]
fn five_hundred_files_at_once_are_five_hundred_people() {
    let scratch = Scratch::new("crowd").unwrap();
    let app = App::open().unwrap();
    app.choose(&crowd(&scratch, MANY)).unwrap();
    app.text("conference-title").unwrap();
    assert!(app.text("summary").unwrap().contains("500 participants"));
    assert_quiet(&app);
}

#[test]
fn the_same_file_twice_is_the_same_person() {
    let [alice, bob] = recorded_call();
    let app = App::open().unwrap();
    app.choose(&[alice.clone(), bob]).unwrap();
    app.rows(2).unwrap();
    app.choose(&[alice]).unwrap();
    app.page.wait("performance.getEntriesByName('rtcscope.total').length === 2").unwrap();
    app.rows(2).unwrap();
    assert_eq!(app.row(ALICE).unwrap().name, "Alice-abc");
    assert_eq!(app.row(BOB).unwrap().name, "Bob-def");
    assert!(app.text("summary").unwrap().starts_with("2 participants"));
    assert_quiet(&app);
}

#[test]
fn files_join_an_open_call_and_what_is_looked_at_stays() {
    let [alice, bob] = recorded_call();
    let app = App::open().unwrap();
    app.choose(std::slice::from_ref(&bob)).unwrap();
    app.rows(1).unwrap();
    app.select(BOB).unwrap();
    app.page.evaluate("void (location.hash += '&t=1000-9000')").unwrap();
    let before = app.page.evaluate("location.hash").unwrap();
    app.choose(&[alice]).unwrap();
    app.rows(2).unwrap();
    assert_eq!(app.page.evaluate("location.hash").unwrap(), before);
    assert!(before.as_str().unwrap().contains(BOB), "{before}");
    assert_quiet(&app);
}
