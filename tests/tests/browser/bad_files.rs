//! Files that are no dumps or truncated dumps: the page shows an error and continues.

use std::fs;
use std::path::PathBuf;

use e2e::rtcscope::{App, Complaint};
use e2e::scratch::Scratch;

use crate::{ALICE, BOB, assert_quiet, recorded_call};

/// Checks the message for one file, and that the page opens a valid file afterwards.
fn complaints_of(file: PathBuf) -> (App, Vec<Complaint>) {
    let app = App::open().unwrap();
    app.choose(&[file]).unwrap();
    let complaints = app.complaints().unwrap();
    for complaint in &complaints {
        let words = complaint.text.split_whitespace().count();
        assert!(words >= 4, "too few words to be understood: {complaint:?}");
    }
    let [_, good] = recorded_call();
    app.choose(&[good]).unwrap();
    assert_eq!(app.row(BOB).unwrap().name, "Bob-def");
    assert_quiet(&app);
    (app, complaints)
}

#[test]
fn a_text_that_is_no_dump_says_so() {
    let scratch = Scratch::new("bad").unwrap();
    let text = scratch.write("notes.txt", "Dear diary,\ntoday I looked at dumps.\n").unwrap();
    let (_, complaints) = complaints_of(text);
    assert!(complaints.iter().any(|complaint| complaint.text.contains("notes.txt")), "{complaints:?}");
}

#[test]
fn an_empty_file_says_so() {
    let scratch = Scratch::new("bad").unwrap();
    let (_, complaints) = complaints_of(scratch.write("nothing.ndjson", "").unwrap());
    assert!(complaints.iter().any(|complaint| complaint.text.contains("empty")), "{complaints:?}");
}

#[test]
fn a_picture_says_what_was_expected() {
    let scratch = Scratch::new("bad").unwrap();
    let start = [0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, b'J', b'F', b'I', b'F', 0x00];
    let noise = (0..20_000_u32).map(|index| index.wrapping_mul(2_654_435_761).to_be_bytes()[0]);
    let picture: Vec<u8> = start.into_iter().chain(noise).collect();
    let (_, complaints) = complaints_of(scratch.write("holiday.jpg", picture).unwrap());
    assert!(complaints.iter().any(|complaint| complaint.text.contains("dump")), "{complaints:?}");
}

#[test]
fn half_a_gzip_shows_what_it_held_and_says_that_it_was_cut() {
    let scratch = Scratch::new("bad").unwrap();
    let [alice, _] = recorded_call();
    let whole = fs::read(alice).unwrap();
    let half = scratch.write("half.ndjson.gz", &whole[..whole.len() / 2]).unwrap();

    let app = App::open().unwrap();
    app.choose(std::slice::from_ref(&half)).unwrap();
    assert_eq!(app.row(ALICE).unwrap().name, "Alice-abc");
    let (_, complaints) = complaints_of(half);
    assert!(complaints.iter().any(|complaint| complaint.severity == "data-loss"), "{complaints:?}");
}

#[test]
fn a_bad_file_among_good_ones_costs_only_itself() {
    let scratch = Scratch::new("bad").unwrap();
    let bad = scratch.write("notes.txt", "no dump at all").unwrap();
    let [alice, bob] = recorded_call();
    let app = App::open().unwrap();
    app.choose(&[alice, bad, bob]).unwrap();
    app.rows(2).unwrap();
    let complaints = app.complaints().unwrap();
    assert!(complaints.iter().any(|complaint| complaint.text.contains("notes.txt")), "{complaints:?}");
    assert_quiet(&app);
}
