//! A long load: it shows its progress and can be cancelled at every stage.

use std::fs;
use std::path::PathBuf;

use e2e::rtcscope::App;
use e2e::scratch::Scratch;
use e2e::worker_messages;

use crate::{BOB, assert_native, assert_quiet, recorded_call};

/// Gzip members follow one another, so a long dump is a short one many times: here, more than a gigabyte of text.
const TIMES: usize = 2500;

fn long_dump(scratch: &Scratch) -> PathBuf {
    let [alice, _] = recorded_call();
    scratch.write("long.ndjson.gz", fs::read(alice).unwrap().repeat(TIMES)).unwrap()
}

/// Holds back the messages of the coordinator about its reports until they are released.
fn hold(app: &App) {
    let is_overview = worker_messages::is_overview();
    let hold = format!(
        "void (window.Worker = class extends Worker {{ \
            set onmessage(listen) {{ super.onmessage = listen && (event => {{ \
                if (window.held && {is_overview}(event.data)) window.held.push(() => listen(event)); \
                else listen(event); }}); }} }}, \
            window.held = [])"
    );
    app.page.evaluate(&hold).unwrap();
}

/// The report is made, but not yet delivered.
fn wait_until_held(app: &App, count: usize) {
    app.page.wait(&format!("window.held.length === {count}")).unwrap();
    assert!(app.page.evaluate("document.body.innerText.includes('Making the report')").unwrap() == true);
}

const RELEASE: &str =
    "(() => { const held = window.held; window.held = null; held.forEach(tell => tell()); })()";

fn wait_for_no_worker(app: &App) {
    app.page.wait_for("no worker", |page| Ok(page.workers().is_empty().then_some(()))).unwrap();
}

#[test]
fn a_long_load_can_be_cancelled_and_the_page_goes_on() {
    let scratch = Scratch::new("cancel").unwrap();
    let [_, bob] = recorded_call();
    let app = App::open().unwrap();
    app.choose(&[long_dump(&scratch)]).unwrap();
    app.text("progress").unwrap();
    app.press("cancel").unwrap();
    app.gone("progress").unwrap();
    app.rows(0).unwrap();
    wait_for_no_worker(&app);

    app.choose(&[bob]).unwrap();
    assert_eq!(app.row(BOB).unwrap().name, "Bob-def");
    app.rows(1).unwrap();
    assert_quiet(&app);
}

#[test]
fn cancel_while_files_are_added_leaves_the_open_call() {
    let scratch = Scratch::new("cancel").unwrap();
    let [alice, bob] = recorded_call();
    let app = App::open().unwrap();
    app.choose(std::slice::from_ref(&bob)).unwrap();
    app.rows(1).unwrap();
    // The short one is read at once and must be forgotten, too.
    app.choose(&[long_dump(&scratch), alice.clone()]).unwrap();
    app.text("progress").unwrap();
    app.press("cancel").unwrap();
    app.gone("progress").unwrap();
    app.rows(1).unwrap();
    assert_native(&app.save_report().unwrap(), std::slice::from_ref(&bob));
    app.page.wait_for("one worker", |page| Ok((page.workers().len() == 1).then_some(()))).unwrap();

    app.choose(&[alice]).unwrap();
    app.rows(2).unwrap();
    assert_native(&app.save_report().unwrap(), &recorded_call());
    assert_quiet(&app);
}

#[test]
fn cancel_while_the_first_report_is_made_ends_all_workers() {
    let app = App::open().unwrap();
    hold(&app);
    app.choose(&recorded_call()).unwrap();
    wait_until_held(&app, 1);
    app.press("cancel").unwrap();
    app.gone("progress").unwrap();
    wait_for_no_worker(&app);
    app.rows(0).unwrap();

    app.page.evaluate("void (window.held = null)").unwrap();
    app.choose(&recorded_call()).unwrap();
    app.rows(2).unwrap();
    assert_native(&app.save_report().unwrap(), &recorded_call());
    assert_quiet(&app);
}

#[test]
fn cancel_while_a_wider_report_is_made_leaves_the_open_call() {
    let [alice, bob] = recorded_call();
    let app = App::open().unwrap();
    app.choose(std::slice::from_ref(&bob)).unwrap();
    app.rows(1).unwrap();
    app.press("close-call").unwrap();
    // Workers are wrapped from here on.
    hold(&app);
    app.choose(std::slice::from_ref(&bob)).unwrap();
    wait_until_held(&app, 1);
    app.page.evaluate("window.held.shift()()").unwrap();
    app.rows(1).unwrap();

    app.choose(&[alice]).unwrap();
    wait_until_held(&app, 1);
    app.press("cancel").unwrap();
    app.gone("progress").unwrap();
    app.page.evaluate(RELEASE).unwrap();
    app.rows(1).unwrap();
    assert!(!app.select(BOB).unwrap().is_empty(), "its charts can still be asked for");
    assert_native(&app.save_report().unwrap(), std::slice::from_ref(&bob));
    assert_quiet(&app);
}
