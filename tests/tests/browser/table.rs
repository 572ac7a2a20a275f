//! The participants' table: worst first, sorted by a click, with sparklines of the same scale.

use e2e::rtcscope::{App, selector};
use e2e::scratch::Scratch;
use e2e::workspace::samples;
use serde_json::Value;

use crate::many::crowd;

/// Each row's number in a column, from top to bottom.
fn column(app: &App, title: &str) -> Vec<f64> {
    let rows = app.rows(6).unwrap();
    rows.iter().map(|row| *app.numbers(&row.endpoint).unwrap().get(title).unwrap()).collect()
}

#[test]
fn the_worst_off_come_first_until_somebody_sorts() {
    let app = App::open().unwrap();
    app.choose(&samples().unwrap()).unwrap();
    let order = |rows: Vec<e2e::rtcscope::Row>| rows.into_iter().map(|row| row.endpoint).collect::<Vec<_>>();
    let given = order(app.rows(6).unwrap());
    let findings = app.findings().unwrap();
    let weight = |endpoint: &String| {
        ["critical", "warning", "info"].map(|severity| {
            findings.iter().filter(|one| &one.participant == endpoint && one.severity == severity).count()
        })
    };
    assert!(given.is_sorted_by(|one, other| weight(one) >= weight(other)), "{given:?}");

    let header = "[...document.querySelectorAll('.participants thead tr:last-child th')] \
                  .findIndex(title => title.innerText.startsWith('Downlink loss'))";
    let place = app.page.evaluate(header).unwrap().as_u64().unwrap() + 1;
    let sorter = format!(".participants thead tr:last-child th:nth-child({place}) .sorter");
    app.page.click(&sorter).unwrap();
    app.page.settle().unwrap();
    assert!(column(&app, "Downlink loss %").is_sorted_by(|one, other| one >= other));
    let lanes = "[...document.querySelectorAll('[data-testid=lane]')].map(lane => lane.dataset.participant)";
    let lanes = app.page.evaluate(lanes).unwrap();
    let lanes: Vec<_> =
        lanes.as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned).collect();
    assert_eq!(lanes, order(app.rows(6).unwrap()), "lanes stand in the table's order");
    app.page.click(&sorter).unwrap();
    app.page.settle().unwrap();
    assert!(column(&app, "Downlink loss %").is_sorted());
    app.page.click(&sorter).unwrap();
    app.page.settle().unwrap();
    assert_eq!(order(app.rows(6).unwrap()), given);
}

#[test]
fn of_many_people_some_are_shown_and_all_when_asked_for() {
    let scratch = Scratch::new("many").unwrap();
    let app = App::open().unwrap();
    app.choose(&crowd(&scratch, 45)).unwrap();
    app.rows(40).unwrap();
    app.page.click(".participants ~ .show-all").unwrap();
    app.rows(45).unwrap();
    app.page.click(".lanes-scroller .show-all").unwrap();
    app.page.wait(&format!("document.querySelectorAll({:?}).length === 45", selector("lane"))).unwrap();
}
