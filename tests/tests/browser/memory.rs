//! Memory is released: opening and closing a call repeatedly does not increase it.

use e2e::rtcscope::App;

use crate::{ALICE, assert_quiet, recorded_call};

const ROUNDS: usize = 10;
/// The browser's own books are not quite even.
const SLACK_BYTES: f64 = 300_000.0;

#[test]
fn ten_calls_leave_no_more_behind_than_two() {
    let app = App::open().unwrap();
    let mut after_two = None;
    for round in 1..=ROUNDS {
        app.choose(&recorded_call()).unwrap();
        app.rows(2).unwrap();
        app.select(ALICE).unwrap();
        app.press("close-call").unwrap();
        app.gone("close-call").unwrap();
        app.page.wait_for("no worker", |page| Ok(page.workers().is_empty().then_some(()))).unwrap();
        if round == 2 {
            after_two = Some(app.page.holdings().unwrap());
        }
    }
    let (before, after) = (after_two.unwrap(), app.page.holdings().unwrap());
    for name in ["Nodes", "JSEventListeners", "Documents"] {
        assert!(
            after[name] <= before[name],
            "{name}: {} after two rounds, {} after ten",
            before[name],
            after[name]
        );
    }
    let grown = after["JSHeapUsedSize"] - before["JSHeapUsedSize"];
    assert!(grown < SLACK_BYTES, "the heap grew by {grown} bytes in {} rounds", ROUNDS - 2);
    assert_quiet(&app);
}
