//! Two analyzers in one document: each has its own call, workers, keys and element ids; the address belongs to one.

use e2e::rtcscope::{App, selector};
use e2e::workspace::recorded_call;
use serde_json::json;

use crate::{ALICE, BOB, assert_quiet};

/// Mounts a second instance below the first, in an element of its own.
fn mount_second(app: &App) {
    app.page.wait("typeof window.wasmBindings?.mountAnalyzer === 'function'").unwrap();
    app.page
        .evaluate(
            "(() => { const root = document.createElement('div'); root.id = 'second'; \
             document.body.append(root); window.second = wasmBindings.mountAnalyzer(root); return true; })()",
        )
        .unwrap();
    app.page.wait(&format!("!!document.querySelector({})", json!(in_second("file-input")))).unwrap();
}

fn in_first(test_id: &str) -> String {
    format!("body > .page {}", selector(test_id))
}

fn in_second(test_id: &str) -> String {
    format!("#second > .page {}", selector(test_id))
}

/// The endpoints in the table of one of the instances.
fn endpoints(app: &App, root: &str) -> serde_json::Value {
    let rows = json!(format!("{root} > .page {}", selector("participant-row")));
    let rows = format!("[...document.querySelectorAll({rows})].map(row => row.dataset.endpoint)");
    app.page.evaluate(&rows).unwrap()
}

/// Waits until an instance lists exactly these endpoints.
#[track_caller]
fn wait_for_endpoints(app: &App, root: &str, expected: &[&str]) {
    let expected = json!(expected);
    let what = format!("{expected} in {root}");
    app.page.wait_for(&what, |_| Ok((endpoints(app, root) == expected).then_some(()))).unwrap();
}

/// Opens a different side of the recorded call in each of two instances.
fn two_calls() -> App {
    let [alice, bob] = recorded_call();
    let app = App::open().unwrap();
    mount_second(&app);
    app.page.choose_files(&in_first("file-input"), &[alice]).unwrap();
    app.page.choose_files(&in_second("file-input"), &[bob]).unwrap();
    wait_for_endpoints(&app, "body", &[ALICE]);
    wait_for_endpoints(&app, "#second", &[BOB]);
    app
}

fn hash(app: &App) -> String {
    app.page.evaluate("location.hash").unwrap().as_str().unwrap().to_owned()
}

#[test]
fn each_shows_its_own_report_and_closing_one_leaves_the_other() {
    let app = two_calls();
    app.page.settle().unwrap();
    let ids = "[...document.querySelectorAll('[id]')].map(element => element.id)";
    let duplicates = format!("(ids => ids.filter((id, at) => ids.indexOf(id) !== at))({ids})");
    assert_eq!(app.page.evaluate(&duplicates).unwrap(), json!([]));
    let unlabelled = "[...document.querySelectorAll('[aria-labelledby]')] \
                      .filter(one => !one.closest('.page').contains(document.getElementById(one.getAttribute('aria-labelledby')))) \
                      .map(one => one.outerHTML.slice(0, 200))";
    assert_eq!(app.page.evaluate(unlabelled).unwrap(), json!([]));

    app.page.click(&in_first("close-call")).unwrap();
    app.page.wait(&format!("!!document.querySelector({})", json!(in_first("drop-zone")))).unwrap();
    assert_eq!(endpoints(&app, "#second"), json!([BOB]));
    // Only the coordinator of the second instance, and what it read last, still run.
    app.page
        .wait_for("the workers of the first to end", |page| Ok((page.workers().len() == 1).then_some(())))
        .unwrap();
    assert_quiet(&app);
}

#[test]
fn unmounting_ends_the_workers_and_removes_the_page() {
    let app = two_calls();
    app.page.wait_for("two coordinators", |page| Ok((page.workers().len() == 2).then_some(()))).unwrap();
    app.page.evaluate("void window.second.unmount()").unwrap();
    app.page.wait("document.querySelector('#second').childElementCount === 0").unwrap();
    app.page.wait_for("its workers to end", |page| Ok((page.workers().len() == 1).then_some(()))).unwrap();
    assert_eq!(endpoints(&app, "body"), json!([ALICE]));
    assert_quiet(&app);
}

#[test]
fn the_address_belongs_to_the_first() {
    let app = two_calls();
    let row = |root: &str| format!("{root} > .page {}", selector("participant-row"));
    app.page.click(&row("#second")).unwrap();
    app.page.settle().unwrap();
    assert_eq!(hash(&app), "");
    app.page.click(&row("body")).unwrap();
    app.page.settle().unwrap();
    assert!(hash(&app).contains(ALICE), "{}", hash(&app));
    app.page.evaluate("void (location.hash = '#t=1-20')").unwrap();
    app.page.settle().unwrap();
    let readout = |root: &str| {
        let selector = json!(format!("{root} > .page {}", selector("window-readout")));
        let text = app.page.evaluate(&format!("document.querySelector({selector}).innerText")).unwrap();
        text.as_str().unwrap().to_owned()
    };
    assert!(!readout("body").contains("whole call"), "{}", readout("body"));
    assert!(readout("#second").contains("whole call"), "{}", readout("#second"));
}

#[test]
fn keys_go_to_the_instance_in_use() {
    let app = two_calls();
    for input in [in_first("stats-search"), in_second("stats-search")] {
        app.page.wait(&format!("!!document.querySelector({})", json!(input))).unwrap();
    }
    let is_focused =
        |test_id: &str| app.page.evaluate(&format!("document.activeElement.matches({})", json!(test_id)));
    app.page.click("#second > .page .brand").unwrap();
    app.page.key("/").unwrap();
    assert_eq!(is_focused(&in_second("stats-search")).unwrap(), json!(true));
    app.page.evaluate("document.activeElement.blur()").unwrap();
    app.page.click("body > .page .brand").unwrap();
    app.page.key("/").unwrap();
    assert_eq!(is_focused(&in_first("stats-search")).unwrap(), json!(true));
}

#[test]
fn the_shortcuts_are_listed_and_lead_to_every_view() {
    let app = App::open().unwrap();
    app.choose(&recorded_call()).unwrap();
    app.rows(2).unwrap();
    app.page.wait(&format!("!!document.querySelector({})", json!(selector("stats-search")))).unwrap();
    app.page.key("?").unwrap();
    let listed =
        app.page.wait(&format!("document.querySelector({}).open", json!(selector("shortcuts")))).unwrap();
    assert_eq!(listed, json!(true));
    let text = app.text("shortcuts").unwrap();
    for expected in ["Keyboard shortcuts", "Select the next participant", "Zoom in", "Timeline"] {
        assert!(text.contains(expected), "{text}");
    }
    app.page.click(&format!("{} button", selector("shortcuts"))).unwrap();
    app.page.wait(&format!("!document.querySelector({}).open", json!(selector("shortcuts")))).unwrap();

    let views = format!(
        "[...document.querySelectorAll({})].map(button => button.dataset.view)",
        json!(selector("go-to"))
    );
    let views = app.page.evaluate(&views).unwrap();
    let views: Vec<_> = views.as_array().unwrap().iter().map(|view| view.as_str().unwrap()).collect();
    assert_eq!(views.len(), 8, "{views:?}");
    for (at, view) in views.iter().enumerate() {
        app.page.key(&(at + 1).to_string()).unwrap();
        let is_there = format!("!!document.activeElement.closest('[data-section={view}]')");
        assert_eq!(app.page.evaluate(&is_there).unwrap(), json!(true), "{view}");
    }
}
