//! The sample call: opened by a button or by its address, and never mixed with the user's dumps.

use std::fs;
use std::path::Path;

use e2e::browser::Network;
use e2e::rtcscope::{App, selector};
use e2e::scratch::Scratch;
use e2e::workspace::{dist, root};
use serde_json::{Value, json};

use crate::{ALICE, assert_native, assert_quiet, recorded_call};

const PEOPLE: usize = 6;

fn sample_files() -> Vec<std::path::PathBuf> {
    fs::read_dir(root().join("public/samples")).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn hash(app: &App) -> String {
    app.page.evaluate("location.hash").unwrap().as_str().unwrap().to_owned()
}

/// The visible state of a selection: the selected participant, and the address.
fn sight(app: &App) -> Value {
    app.page.settle().unwrap();
    let seen = format!(
        "[location.hash, ...[...document.querySelectorAll({})].filter(row => row.ariaSelected === 'true' || \
         row.classList.contains('selected') || row.ariaCurrent).map(row => row.dataset.endpoint)]",
        json!(selector("participant-row"))
    );
    app.page.evaluate(&seen).unwrap()
}

#[test]
fn the_sample_is_fetched_opened_and_marked() {
    let app = App::open().unwrap();
    app.press("load-sample").unwrap();
    app.rows(PEOPLE).unwrap();
    assert!(app.text("sample-mark").unwrap().contains("Sample call: simulated"));
    assert_eq!(hash(&app), "#sample");
    assert_native(&app.save_report().unwrap(), &sample_files());
    assert_quiet(&app);

    app.press("close-call").unwrap();
    app.text("load-sample").unwrap();
    app.gone("sample-mark").unwrap();
    assert_eq!(hash(&app), "");
    assert!(app.page.workers().is_empty());
}

#[test]
fn the_address_opens_it_and_a_reload_returns_to_the_same_sight() {
    let app = App::open_at("#sample").unwrap();
    let last = app.rows(PEOPLE).unwrap().pop().unwrap();
    app.select(&last.endpoint).unwrap();
    let finding = app.save_report().unwrap()["findings"][0]["id"].as_str().unwrap().to_owned();
    let here = format!("{}&finding={finding}&t=60000-240000", hash(&app));
    app.page.evaluate(&format!("void (location.hash = {here:?})")).unwrap();
    let before = sight(&app);
    assert!(before[0].as_str().unwrap().contains("sample&participant="), "{before}");
    app.reload().unwrap();
    app.rows(PEOPLE).unwrap();
    assert_eq!(sight(&app), before);
    assert_quiet(&app);
}

#[test]
fn own_dumps_close_it() {
    let app = App::open_at("#sample").unwrap();
    app.rows(PEOPLE).unwrap();
    app.page.drop_files("body", &recorded_call()).unwrap();
    app.rows(2).unwrap();
    app.gone("sample-mark").unwrap();
    assert_eq!(hash(&app), "");
    assert_native(&app.save_report().unwrap(), &recorded_call());

    // The way back leads to an address of the sample; what is open is still one's own.
    app.page.evaluate("history.back()").unwrap();
    app.page.settle().unwrap();
    app.rows(2).unwrap();
    assert_eq!(hash(&app), "");
    assert_quiet(&app);
}

#[test]
fn the_way_back_closes_it_and_the_way_forward_opens_it() {
    let app = App::open().unwrap();
    app.press("load-sample").unwrap();
    app.rows(PEOPLE).unwrap();
    app.page.evaluate("history.back()").unwrap();
    app.text("load-sample").unwrap();
    app.page.wait_for("no worker", |page| Ok(page.workers().is_empty().then_some(()))).unwrap();
    app.page.evaluate("history.forward()").unwrap();
    app.rows(PEOPLE).unwrap();
    app.text("sample-mark").unwrap();
}

#[test]
fn fetching_it_can_be_cancelled() {
    let app = App::open().unwrap();
    app.page.set_network(Network::Hanging).unwrap();
    app.press("load-sample").unwrap();
    app.press("cancel").unwrap();
    app.text("load-sample").unwrap();
    assert_eq!(hash(&app), "");
    let asked = |page: &e2e::browser::Page| {
        let requests = page.requests();
        let sample = requests.iter().find(|request| request.url.ends_with("samples.json"));
        Ok(sample.and_then(|sample| sample.failure.clone()))
    };
    let ended = app.page.wait_for("the request's end", asked).unwrap();
    assert!(ended.contains("ABORTED"), "{ended}");

    app.page.set_network(Network::Good).unwrap();
    app.press("load-sample").unwrap();
    app.rows(PEOPLE).unwrap();
}

#[test]
fn without_a_connection_it_says_what_to_do_and_a_second_try_works() {
    let app = App::open().unwrap();
    app.page
        .wait_for("the analyzer", |page| {
            let fetched = |request: &e2e::browser::Request| {
                request.url.ends_with("_bg.wasm") && request.url.contains("worker")
            };
            Ok(page.requests().iter().any(fetched).then_some(()))
        })
        .unwrap();
    app.page.settle().unwrap();
    app.page.set_network(Network::Offline).unwrap();
    app.press("load-sample").unwrap();
    let said = app.complaints().unwrap();
    assert!(said[0].text.contains("did not answer") && said[0].text.contains("try again"), "{said:?}");
    app.page.set_network(Network::Good).unwrap();
    app.press("load-sample").unwrap();
    app.rows(PEOPLE).unwrap();
    app.gone("error").unwrap();
}

#[test]
fn a_server_without_it_is_named_as_that() {
    let copy = Scratch::new("dist").unwrap();
    copy_page(&dist().unwrap(), copy.path());
    let app = App::open_dir(copy.path(), "#sample").unwrap();
    let said = app.complaints().unwrap();
    assert!(said[0].text.contains("not on the server of this page"), "{said:?}");
    app.choose(&recorded_call()).unwrap();
    app.rows(2).unwrap();
}

/// Everything but the sample.
fn copy_page(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_file() && entry.file_name() != "samples.json" {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[test]
fn a_link_into_a_call_of_local_files_asks_for_them_and_returns() {
    let app = App::open().unwrap();
    app.choose(&recorded_call()).unwrap();
    app.rows(2).unwrap();
    app.select(ALICE).unwrap();
    let before = sight(&app);
    app.reload().unwrap();
    assert!(app.text("return-hint").unwrap().contains("drop the same dumps again to return to this view"));
    app.page.drop_files("body", &recorded_call()).unwrap();
    app.rows(2).unwrap();
    assert_eq!(sight(&app), before);
    app.gone("return-hint").unwrap();
    assert_quiet(&app);
}
