//! The content security policy is in effect: no connection to another origin, from the page or from its workers.

use e2e::foreign_origin::ForeignOrigin;
use e2e::rtcscope::App;
use serde_json::Value;

use e2e::site::BASE;

use crate::recorded_call;

/// A page that has read a call, so that its workers run.
fn busy_page() -> App {
    let app = App::open().unwrap();
    app.choose(&recorded_call()).unwrap();
    app.rows(2).unwrap();
    assert!(!app.page.workers().is_empty(), "no worker runs");
    app
}

#[test]
fn no_way_out_of_a_worker_reaches_another_origin() {
    let app = busy_page();
    let foreign_origin = ForeignOrigin::listen().unwrap();
    for worker in app.page.workers() {
        for way in foreign_origin.ways_out_of_a_worker() {
            assert_eq!(app.page.evaluate_in_worker(&worker, &way).unwrap(), "blocked", "{worker:?}: {way}");
        }
    }
    assert_eq!(foreign_origin.visits().unwrap(), 0);
}

#[test]
fn no_way_out_of_the_page_reaches_another_origin() {
    let app = busy_page();
    let foreign_origin = ForeignOrigin::listen().unwrap();
    for way in foreign_origin.ways_out_of_a_page() {
        assert_eq!(app.page.evaluate(&way).unwrap(), "blocked", "{way}");
    }
    assert_eq!(foreign_origin.visits().unwrap(), 0);
}

#[test]
fn every_file_carries_the_policy() {
    let app = busy_page();
    let paths: Vec<String> = app.site.asked().into_iter().map(|asked| asked.path).collect();
    assert!(paths.iter().any(|path| path.ends_with(".js")), "{paths:?}");
    for path in paths {
        let policy = app.page.evaluate(&format!(
            "fetch({path:?}).then(answer => answer.headers.get('content-security-policy'))"
        ));
        let Value::String(policy) = policy.unwrap() else { panic!("{path} carries no policy") };
        assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
        for hole in ["'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"] {
            assert!(!policy.contains(hole), "{path} lets {hole} through: {policy}");
        }
    }
    assert_eq!(app.page.evaluate("location.pathname").unwrap(), BASE);
}
