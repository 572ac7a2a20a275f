//! The findings: listed by severity, and a click moves to the time of a finding.

use e2e::driver;
use e2e::rtcscope::{App, selector};
use e2e::scratch::Scratch;
use e2e::workspace::samples;
use serde_json::{Value, json};
use simulator::{Form, Scenario, ScenarioOptions, simulate};

use crate::assert_quiet;

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

#[test]
fn findings_stand_in_the_reports_order_with_their_hooks() {
    let app = App::open().unwrap();
    app.choose(&samples().unwrap()).unwrap();
    let report = driver::report_json_on_disk(&samples().unwrap()).unwrap();
    let known: Vec<_> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| ["id", "code", "severity", "participant"].map(|name| text(one, name).to_owned()))
        .collect();
    let shown: Vec<_> = app
        .findings()
        .unwrap()
        .into_iter()
        .map(|one| [one.id, one.code, one.severity, one.participant])
        .collect();
    assert_eq!(shown, known);
    let rank = |severity: &str| ["critical", "warning", "info"].iter().position(|one| *one == severity);
    assert!(shown.is_sorted_by_key(|[_, _, severity, _]| rank(severity)), "{shown:?}");
    assert_quiet(&app);
}

#[test]
fn a_finding_leads_to_its_person_and_its_time_and_escape_away_from_it() {
    let app = App::open().unwrap();
    app.choose(&samples().unwrap()).unwrap();
    let report = driver::report_json_on_disk(&samples().unwrap()).unwrap();
    let finding = &report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| text(one, "code") == "uplink-loss")
        .unwrap();
    assert!(app.shown_time().unwrap().ends_with("whole call"));
    app.open_finding(text(finding, "id")).unwrap();

    // A quarter of its length stands on each side.
    let seconds = |name: &str| {
        (finding[name].as_f64().unwrap() - report["conference"]["start_ms"].as_f64().unwrap()) / 1e3
    };
    let (from, to) = (seconds("from_ms"), seconds("to_ms"));
    let margin = (to - from) / 4.0;
    let fragment = app.page.evaluate("location.hash").unwrap();
    let fragment = fragment.as_str().unwrap();
    assert!(fragment.contains(&format!("finding={}", text(finding, "id"))), "{fragment}");
    assert!(fragment.contains(&format!("participant={}", text(finding, "participant"))), "{fragment}");
    let window = fragment.split_once("&t=").unwrap().1.split('&').next().unwrap().split_once('-').unwrap();
    let near = |text: &str, wanted: f64| (text.parse::<f64>().unwrap() - wanted).abs() < 0.01;
    assert!(near(window.0, from - margin) && near(window.1, to + margin), "{fragment}, {from} to {to}");

    // Its detail names the evidence.
    let detail = app
        .page
        .evaluate(&format!("document.querySelector({}).innerText", json!(selector("finding-detail"))));
    let (detail, evidence) = (detail.unwrap(), &finding["evidence"][0]);
    assert!(detail.as_str().unwrap().contains(&format!("line {}", evidence["line"])), "{detail}");
    assert!(detail.as_str().unwrap().contains(text(evidence, "file")), "{detail}");

    // The same sight comes back with the address.
    let (address, time) = (fragment.to_owned(), app.shown_time().unwrap());
    app.reload().unwrap();
    app.choose(&samples().unwrap()).unwrap();
    app.page.wait(&format!("!!document.querySelector({})", json!(selector("finding-detail")))).unwrap();
    assert_eq!(
        (app.page.evaluate("location.hash").unwrap(), app.shown_time().unwrap()),
        (json!(address), time)
    );

    let escape = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true, cancelable: true}))";
    app.page.evaluate(escape).unwrap();
    app.page.wait(&format!("!document.querySelector({})", json!(selector("finding-detail")))).unwrap();
    assert_quiet(&app);
}

#[test]
fn without_a_finding_the_page_says_what_was_looked_for() {
    let scratch = Scratch::new("calm").unwrap();
    let options =
        ScenarioOptions { seed: 1, people: 3, faulty: false, duration_ms: 120_000, poll_ms: Some(5_000) };
    let dumps = simulate(&Scenario::from_options(&options), Form::Gzip).dumps;
    let files: Vec<_> = dumps.iter().map(|dump| scratch.write(&dump.name, &dump.bytes).unwrap()).collect();
    let app = App::open().unwrap();
    app.choose(&files).unwrap();
    app.rows(3).unwrap();
    let report = driver::report_json_on_disk(&files).unwrap();
    let rules = report["rules"].as_array().unwrap();
    assert!(report["findings"].as_array().unwrap().iter().all(|one| text(one, "severity") == "info"));
    let said = app
        .page
        .evaluate(
            "[document.querySelector('.all-clear').innerText.trim(), document.querySelector('.checked-rules').open, \
             [...document.querySelectorAll('.checked-rules li')].map(rule => rule.title)]",
        )
        .unwrap();
    assert!(said[0].as_str().unwrap().contains("No problem exceeded"), "{said}");
    assert_eq!((&said[1], said[2].as_array().unwrap()), (&json!(true), rules));
}
