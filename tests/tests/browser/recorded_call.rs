//! A recorded call, from its two dumps to names, numbers, charts and a report.

use e2e::driver;
use e2e::rtcscope::{App, selector};
use serde_json::Value;

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
    }

    for endpoint in [ALICE, BOB] {
        let charts = app.select(endpoint).unwrap();
        for metric in ["bitrate", "bitrate-sent", "jitter", "loss", "rtt"] {
            assert!(charts.contains_key(metric), "{metric} of {endpoint}: {charts:?}");
        }
    }
    assert_native(&app.save_report().unwrap(), &recorded_call());
    assert_quiet(&app);
}

#[test]
fn the_numbers_of_a_row_are_those_of_the_native_report() {
    let app = App::open().unwrap();
    app.choose(&recorded_call()).unwrap();
    app.rows(2).unwrap();
    let report = driver::report_json_on_disk(&recorded_call()).unwrap();
    for person in report["participants"].as_array().unwrap() {
        let shown = app.numbers(person["key"].as_str().unwrap()).unwrap();
        for (title, path, scale) in [
            ("RTT mean ms", "/network/rtt_ms/mean", 1.0),
            ("RTT p95 ms", "/network/rtt_ms/p95", 1.0),
            ("Jitter ms", "/network/jitter_ms/mean", 1.0),
            ("Downlink loss %", "/network/loss_down_ratio", 100.0),
            ("Uplink loss %", "/network/loss_up_ratio", 100.0),
            ("Sent kbit/s", "/network/send_bps", 1e-3),
            ("Received kbit/s", "/network/receive_bps", 1e-3),
            ("Frozen s", "/media/freeze_ms", 1e-3),
        ] {
            let expected = person.pointer(path).and_then(Value::as_f64).unwrap() * scale;
            let found = shown.get(title).unwrap_or_else(|| panic!("no {title} in {shown:?}"));
            // The page rounds values, with a relative error of at most 1/40.
            let close = (found - expected).abs() <= expected.abs() / 40.0 + 0.005;
            assert!(close, "{title} of {}: {found} shown, {expected} known", person["key"]);
        }
    }
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
    // An empty canvas has one colour.
    let inked = format!(
        "[...document.querySelectorAll({:?})].map(chart => {{ \
         const canvas = chart.matches('canvas') ? chart : chart.querySelector('canvas'); \
         const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data; \
         return new Set(new Uint32Array(data.buffer)).size > 2; }})",
        selector("chart")
    );
    let inked = app.page.evaluate(&inked).unwrap();
    assert!(inked.as_array().unwrap().iter().all(|inked| *inked == true), "{inked}");
}
