//! A recorded call, from its two dumps to names, numbers, charts and a report.

use e2e::rtcscope::{App, selector};

use crate::{ALICE, BOB, assert_native, assert_quiet, recorded_call};

#[test]
fn two_dumps_show_two_people_and_their_numbers() {
    let app = App::open().unwrap();
    app.choose(&recorded_call()).unwrap();
    let mut rows = app.rows(2).unwrap();
    rows.sort_by(|one, other| one.endpoint.cmp(&other.endpoint));
    let people: Vec<_> = rows.iter().map(|row| (row.endpoint.as_str(), row.name.as_str())).collect();
    assert_eq!(people, [(ALICE, "Alice-abc"), (BOB, "Bob-def")]);
    for row in &rows {
        assert!(row.text.contains(&row.name), "{row:?}");
        assert!(row.text.contains("ms"), "no round-trip time in {row:?}");
        assert!(row.text.contains('%'), "no loss in {row:?}");
    }

    for endpoint in [ALICE, BOB] {
        let charts = app.select(endpoint).unwrap();
        assert_eq!(charts.keys().collect::<Vec<_>>(), ["bitrate", "loss", "rtt"], "{endpoint}");
    }
    assert_native(&app.save_report().unwrap(), &recorded_call());
    assert_quiet(&app);
}

#[test]
fn dumps_can_be_dropped_on_the_page() {
    let app = App::open().unwrap();
    app.page.drop_files("body", &recorded_call()).unwrap();
    app.rows(2).unwrap();
    assert_native(&app.save_report().unwrap(), &recorded_call());
    assert_quiet(&app);
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    let app = App::open().unwrap();
    let [alice, bob] = recorded_call();
    app.choose(&[bob, alice]).unwrap();
    app.rows(2).unwrap();
    assert_native(&app.save_report().unwrap(), &recorded_call());
}

#[test]
fn charts_are_drawn_not_only_announced() {
    let app = App::open().unwrap();
    app.choose(&recorded_call()).unwrap();
    app.rows(2).unwrap();
    app.select(ALICE).unwrap();
    app.page.settle().unwrap();
    // A canvas that nobody drew on has one colour.
    let inked = format!(
        "[...document.querySelectorAll({:?})].map(chart => {{ \
         const canvas = chart.matches('canvas') ? chart : chart.querySelector('canvas'); \
         const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data; \
         return new Set(new Uint32Array(data.buffer)).size > 2; }})",
        selector("chart")
    );
    assert_eq!(app.page.evaluate(&inked).unwrap(), serde_json::json!([true, true, true]));
}
