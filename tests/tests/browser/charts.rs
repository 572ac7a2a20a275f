//! The charts of a participant: one time window for all of them, values under the pointer, findings at their time.

use analyzer_wasm::query::ChartColumns;
use analyzer_wasm::wire::{ChartMetric, Query};
use e2e::browser::Held;
use e2e::driver;
use e2e::rtcscope::{App, chart, selector};

use crate::{ALICE, BOB, assert_quiet, recorded_call};

/// Opens the recorded call with a participant selected; returns its duration.
fn looking_at(endpoint: &str) -> (App, f64) {
    let app = App::open().unwrap();
    app.choose(&recorded_call()).unwrap();
    app.rows(2).unwrap();
    app.select(endpoint).unwrap();
    let report = driver::report_json_on_disk(&recorded_call()).unwrap();
    let duration = report.pointer("/conference/duration_ms").unwrap().as_f64().unwrap();
    (app, duration)
}

fn is_near(found: f64, expected: f64, slack: f64) -> bool {
    (found - expected).abs() <= slack
}

#[test]
fn a_drag_zooms_all_charts_and_the_address_follows() {
    let (app, duration) = looking_at(ALICE);
    assert_eq!(app.all_show("the whole call", |from, _| from == 0.0).unwrap(), (0.0, duration.round()));
    let (left, right, y) = app.plot("loss").unwrap();
    let at = |share: f64| (left + (right - left) * share, y);
    app.page.drag(at(0.25), at(0.5), Held::Nothing, true).unwrap();
    let slack = duration / 200.0;
    let quarter = |from, to| is_near(from, duration * 0.25, slack) && is_near(to, duration * 0.5, slack);
    let (from, to) = app.all_show("the second quarter", quarter).unwrap();
    let address = format!("t={}-{}", from / 1000.0, to / 1000.0);
    app.page.wait(&format!("location.hash.includes({address:?})")).unwrap();

    app.reload().unwrap();
    app.choose(&recorded_call()).unwrap();
    app.rows(2).unwrap();
    app.all_show("the same after a reload", |a, b| is_near(a, from, 1.0) && is_near(b, to, 1.0)).unwrap();

    let (left, right, y) = app.plot("rtt").unwrap();
    app.page.double_click((f64::midpoint(left, right), y)).unwrap();
    app.all_show("the whole call again", |from, to| from == 0.0 && to == duration.round()).unwrap();
    app.page.wait("!/[#&]t=/.test(location.hash)").unwrap();
    assert_quiet(&app);
}

#[test]
fn escape_gives_a_drag_up_and_shift_pans() {
    let (app, duration) = looking_at(ALICE);
    let (left, right, y) = app.plot("loss").unwrap();
    let at = |share: f64| (left + (right - left) * share, y);
    app.page.drag(at(0.2), at(0.6), Held::Nothing, false).unwrap();
    let brush = format!("!document.querySelector({:?}).hidden", format!("{} .brush", chart("loss")));
    app.page.wait(&brush).unwrap();
    app.page.key("Escape").unwrap();
    app.page.wait(&format!("!({brush})")).unwrap();
    app.page.drag(at(0.4), at(0.6), Held::Nothing, true).unwrap();
    let (from, to) = app.all_show("a zoom", |from, _| from > 0.0).unwrap();
    assert!(is_near(from, duration * 0.4, duration / 100.0), "the first drag selected nothing: {from}");

    app.page.drag(at(0.5), at(0.75), Held::Shift, true).unwrap();
    let earlier = from - (to - from) / 4.0;
    let (from, panned_to) =
        app.all_show("a quarter earlier", |from, _| is_near(from, earlier, duration / 100.0)).unwrap();
    assert!(is_near(panned_to - from, duration * 0.2, duration / 100.0));
    app.page.key("Escape").unwrap();
    app.all_show("what was before", |_, shown| is_near(shown, to, 1.0)).unwrap();
}

#[test]
fn the_wheel_zooms_with_ctrl_only_and_keys_do_the_rest() {
    let (app, duration) = looking_at(ALICE);
    let (left, right, y) = app.plot("rtt").unwrap();
    let spot = (left + (right - left) * 0.25, y);
    let before = app.page.evaluate("scrollY").unwrap().as_f64().unwrap();
    app.page.wheel(spot, 60.0, Held::Nothing).unwrap();
    app.page.wait(&format!("scrollY > {before}")).unwrap();
    assert_eq!(app.shown("rtt").unwrap(), (0.0, duration.round()), "a plain wheel is the page's");

    let (left, right, y) = app.plot("rtt").unwrap();
    let spot = (left + (right - left) * 0.25, y);
    app.page.wheel(spot, -240.0, Held::Ctrl).unwrap();
    let (from, to) = app.all_show("a zoom", |from, to| to - from < duration * 0.9).unwrap();
    let under = from + (to - from) * 0.25;
    assert!(
        is_near(under, duration * 0.25, duration / 100.0),
        "the moment under the pointer moved to {under}"
    );

    app.page
        .evaluate(&format!("document.querySelector({:?}).focus()", format!("{} .time-plot", chart("rtt"))))
        .unwrap();
    app.page.key("ArrowRight").unwrap();
    app.all_show("later", |later, _| later > from + 1.0).unwrap();
    app.page.key("+").unwrap();
    app.all_show("half of it", |a, b| is_near(b - a, (to - from) / 2.0, 2.0)).unwrap();
    app.page.key("0").unwrap();
    app.all_show("the whole call", |from, to| from == 0.0 && to == duration.round()).unwrap();
}

#[test]
fn the_value_under_the_pointer_is_the_reports() {
    let (app, duration) = looking_at(ALICE);
    let calls = driver::workspace_on_disk(&recorded_call()).unwrap();
    let start = calls.reports()[0].conference.start_ms.unwrap();
    let query = ChartColumns { conference: 0, participant: ALICE.to_owned(), metric: ChartMetric::Rtt };
    let lines = query.answer(&calls);
    let (_, times, values) = lines.line(0).unwrap();
    assert_eq!(lines.lines.len(), 1);
    let samples: Vec<(f64, f64)> =
        times.iter().copied().zip(values.iter().copied()).filter(|(_, value)| value.is_finite()).collect();
    let (time, value) = samples[samples.len() / 2];
    let (left, right, y) = app.plot("rtt").unwrap();
    app.page.point((left + (right - left) * (time - start) / duration, y)).unwrap();
    let shown = format!(
        "document.querySelector({:?}).innerText",
        format!("{} [data-testid=legend-value]", chart("rtt"))
    );
    let shown = app.page.wait(&shown).unwrap();
    let (number, unit) = shown.as_str().unwrap().split_once(' ').unwrap();
    assert_eq!(unit, "ms");
    let number: f64 = number.parse().unwrap();
    assert!(is_near(number, value, value / 40.0 + 0.005), "{number} shown, {value} known at {time}");
    let crosshairs = format!(
        "[...document.querySelectorAll({:?})].every(found => !found.hidden)",
        format!("{} .crosshair", selector("chart"))
    );
    app.page.wait(&crosshairs).unwrap();
}

#[test]
fn findings_lie_where_they_happened_and_the_chosen_one_stands_out() {
    let (app, duration) = looking_at(BOB);
    let calls = driver::workspace_on_disk(&recorded_call()).unwrap();
    let report = &calls.reports()[0];
    let start = report.conference.start_ms.unwrap();
    let finding = report.findings.iter().find(|finding| finding.code == "downlink-loss").unwrap();
    let band = format!("{} [data-finding={:?}]", chart("loss"), finding.id);
    app.page.wait(&format!("!!document.querySelector({band:?})")).unwrap();
    let [band_left, _, band_width, _] = app.page.place(&band).unwrap();
    let (left, right, _) = app.plot("loss").unwrap();
    let px = |at: f64| left + (right - left) * (at - start) / duration;
    assert!(is_near(band_left, px(finding.from_ms), 1.5), "{band_left} {}", px(finding.from_ms));
    assert!(is_near(band_left + band_width, px(finding.to_ms), 1.5), "{band_width}");

    let marked = format!("{} .band-selected", chart("loss"));
    assert_eq!(app.page.evaluate(&format!("!document.querySelector({marked:?})")).unwrap(), true);
    app.page.evaluate("scrollTo(0, 0)").unwrap();
    app.page.evaluate(&format!("location.hash = '#participant={BOB}&finding={}'", finding.id)).unwrap();
    app.page.wait(&format!("!!document.querySelector({marked:?})")).unwrap();
    let on_screen = format!(
        "(() => {{ const box = document.querySelector({:?}).getBoundingClientRect(); \
         return box.top >= 0 && box.bottom <= innerHeight; }})()",
        chart("loss")
    );
    app.page.wait(&on_screen).unwrap();
}

#[test]
fn a_stream_that_is_singled_out_is_so_in_every_chart() {
    let (app, _) = looking_at(BOB);
    let entries = |metric: &str| {
        format!("document.querySelectorAll({:?}).length", format!("{} .legend-entry", chart(metric)))
    };
    let before = app.page.evaluate(&entries("loss")).unwrap().as_u64().unwrap();
    assert!(before > 1, "{before} streams");
    app.page.click(&format!("{} .legend-entry", chart("loss"))).unwrap();
    for metric in ["loss", "jitter"] {
        app.page.wait(&format!("{} === 1", entries(metric))).unwrap();
    }
    app.page.click(&format!("{} .legend-entry", chart("loss"))).unwrap();
    app.page.wait(&format!("{} === {before}", entries("loss"))).unwrap();
}
