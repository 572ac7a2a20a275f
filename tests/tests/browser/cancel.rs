//! A load that takes too long: it shows that it works, and it can be stopped.

use std::fs;

use e2e::rtcscope::{App, selector};
use e2e::scratch::Scratch;

use crate::{BOB, assert_quiet, recorded_call};

/// Gzip members follow one another, so a long dump is a short one many times: here, more than a gigabyte of text.
const TIMES: usize = 2500;

#[test]
fn a_long_load_can_be_cancelled_and_the_page_goes_on() {
    let scratch = Scratch::new("cancel").unwrap();
    let [alice, bob] = recorded_call();
    let long = scratch.write("long.ndjson.gz", fs::read(alice).unwrap().repeat(TIMES)).unwrap();

    let app = App::open().unwrap();
    app.choose(&[long]).unwrap();
    for part in ["progress", "cancel"] {
        app.page.wait(&format!("!!document.querySelector({:?})", selector(part))).unwrap();
    }
    app.page.click(&selector("cancel")).unwrap();
    app.page.wait(&format!("!document.querySelector({:?})", selector("progress"))).unwrap();
    app.rows(0).unwrap();

    app.choose(&[bob]).unwrap();
    assert_eq!(app.row(BOB).unwrap().name, "Bob-def");
    app.rows(1).unwrap();
    assert_quiet(&app);
}
