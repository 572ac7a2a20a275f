//! The lanes: one per participant, time spans and marks at their time, and zoom by buttons.

use e2e::driver;
use e2e::rtcscope::{App, selector};
use e2e::workspace::samples;
use serde_json::{Value, json};

use crate::assert_quiet;

fn sample() -> (App, Value) {
    let app = App::open().unwrap();
    app.choose(&samples().unwrap()).unwrap();
    app.rows(6).unwrap();
    (app, driver::report_json_on_disk(&samples().unwrap()).unwrap())
}

#[test]
fn each_person_has_a_lane_and_each_finding_lies_at_its_time() {
    let (app, report) = sample();
    let lanes = app
        .page
        .wait(&format!(
            "(() => {{ const lanes = [...document.querySelectorAll({})].map(lane => lane.dataset.participant); \
             return lanes.length === 6 && lanes; }})()",
            json!(selector("lane"))
        ))
        .unwrap();
    let mut lanes: Vec<_> = lanes.as_array().unwrap().clone();
    lanes.sort_by_key(Value::to_string);
    let people: Vec<_> =
        report["participants"].as_array().unwrap().iter().map(|one| one["key"].clone()).collect();
    assert_eq!(lanes, people);

    let conference = &report["conference"];
    let number = |value: &Value, name: &str| value[name].as_f64().unwrap();
    for finding in report["findings"].as_array().unwrap() {
        let place = app.page.evaluate(&format!(
            "(() => {{ const one = document.querySelector({}); \
             return [parseFloat(one.style.left), parseFloat(one.style.width), one.style.left.endsWith('%')]; }})()",
            json!(format!(
                "[data-participant={}] {}[data-finding={}]",
                finding["participant"],
                selector("lane-finding"),
                finding["id"]
            ))
        ));
        let place = place.unwrap();
        let from =
            (number(finding, "from_ms") - number(conference, "start_ms")) / number(conference, "duration_ms");
        let width =
            (number(finding, "to_ms") - number(finding, "from_ms")) / number(conference, "duration_ms");
        let near = |shown: &Value, wanted: f64| (shown.as_f64().unwrap() - wanted * 100.0).abs() < 0.01;
        assert!(
            near(&place[0], from) && near(&place[1], width) && place[2] == json!(true),
            "{place} {finding}"
        );
    }
    assert_quiet(&app);
}

#[test]
fn what_somebody_feels_of_anothers_trouble_lies_in_their_lane_too() {
    let (app, report) = sample();
    let findings = report["findings"].as_array().unwrap();
    let loss = findings.iter().find(|one| one["code"] == "uplink-loss").unwrap();
    for effect in loss["effects"].as_array().unwrap() {
        let lighter =
            if effect["participant"] == loss["participant"] { ":not(.affected)" } else { ".affected" };
        let stretch = format!(
            "[data-participant={}] {}[data-finding={}]{lighter}",
            effect["participant"],
            selector("lane-finding"),
            loss["id"]
        );
        let count = app.page.evaluate(&format!("document.querySelectorAll({}).length", json!(stretch)));
        assert_eq!(count.unwrap(), json!(1), "{stretch}");
    }
}

#[test]
fn marks_say_what_happened_and_which_line_says_so() {
    let (app, report) = sample();
    let muted =
        report["events"].as_array().unwrap().iter().find(|one| one["subtype"] == "audio_mute").unwrap();
    let titles = app
        .page
        .evaluate(&format!(
            "[...document.querySelectorAll({})].map(mark => mark.title).join('\\n')",
            json!(format!("[data-participant={}] {}", muted["participant"], selector("lane-mark")))
        ))
        .unwrap();
    let titles = titles.as_str().unwrap();
    let place = format!("({}, line {})", muted["file"].as_str().unwrap(), muted["line"]);
    assert!(
        titles.lines().any(|line| line.contains("microphone muted") && line.ends_with(&place)),
        "{titles}"
    );
}

#[test]
fn buttons_zoom_the_lanes() {
    let (app, _) = sample();
    let width = || {
        let sheet = "parseFloat(getComputedStyle(document.querySelector('.lanes-scroller')).getPropertyValue('--sheet-width'))";
        app.page.evaluate(sheet).unwrap().as_f64().unwrap()
    };
    let whole = app.shown_time().unwrap();
    assert!((width() - 100.0).abs() < 1e-6);
    for (button, wanted) in
        [("zoom-in", 200.0), ("zoom-in", 400.0), ("zoom-out", 200.0), ("zoom-whole", 100.0)]
    {
        app.page.click(&selector(button)).unwrap();
        app.page.settle().unwrap();
        assert!((width() - wanted).abs() < 1e-6, "{button}: {}", width());
    }
    assert_eq!(app.shown_time().unwrap(), whole);
}
