//! Data of a call must not appear in the address or in a request to the host.

use e2e::rtcscope::App;

use crate::{ALICE, assert_quiet, recorded_call};

/// Words of the recorded call that identify its participants and its room.
const PRIVATE: [&str; 5] = ["alice", "bob", "abc", "meet.example.org", "recorded"];

#[track_caller]
fn assert_says_nothing_private(text: &str) {
    let text = text.to_lowercase();
    for word in PRIVATE {
        assert!(!text.contains(word), "{word:?} is in {text}");
    }
}

#[test]
fn the_address_names_nobody_and_survives_a_reload() {
    let app = App::open().unwrap();
    app.choose(&recorded_call()).unwrap();
    app.rows(2).unwrap();
    app.select(ALICE).unwrap();
    let address = app.page.evaluate("location.href").unwrap();
    assert_says_nothing_private(address.as_str().unwrap());

    app.reload().unwrap();
    assert_eq!(app.page.evaluate("location.href").unwrap(), address);
    app.choose(&recorded_call()).unwrap();
    app.rows(2).unwrap();
    for asked in app.site.asked() {
        assert_says_nothing_private(&asked.path);
    }
    assert_quiet(&app);
}

#[test]
fn nothing_of_a_call_stays_in_the_browser() {
    let app = App::open().unwrap();
    app.choose(&recorded_call()).unwrap();
    app.rows(2).unwrap();
    app.select(ALICE).unwrap();
    let kept = "(async () => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, \
                (await indexedDB.databases()).map(found => found.name), await caches.keys(), history.state]))()";
    let kept = app.page.evaluate(kept).unwrap();
    assert_says_nothing_private(kept.as_str().unwrap());
}
