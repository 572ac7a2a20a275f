//! User Timing: the durations of a load, for the browser's developer tools.

use e2e::rtcscope::App;
use serde_json::{Value, json};

use crate::{assert_quiet, recorded_call};

const MEASURES: &str = "performance.getEntriesByType('measure').filter(one => one.name.startsWith('rtcscope.')) \
    .map(({name, startTime, duration, detail}) => ({name, startTime, duration, detail}))";

fn measures(app: &App) -> Vec<Value> {
    app.page.wait("performance.getEntriesByName('rtcscope.total').length > 0").unwrap();
    app.page.evaluate(MEASURES).unwrap().as_array().unwrap().clone()
}

#[test]
fn a_load_is_measured_and_forgotten_with_its_call() {
    let app = App::open().unwrap();
    app.choose(&recorded_call()).unwrap();
    app.rows(2).unwrap();
    let measures = measures(&app);
    let of = |name: &str| measures.iter().filter(|one| one["name"] == name).cloned().collect::<Vec<_>>();
    let number = |value: &Value| value.as_f64().unwrap();
    let (read, total) = (of("rtcscope.read"), of("rtcscope.total"));
    let ([read], [total]) = (read.as_slice(), total.as_slice()) else { panic!("{measures:#?}") };
    assert_eq!(read["startTime"], total["startTime"]);
    assert!(number(&total["duration"]) >= number(&read["duration"]), "{measures:#?}");

    let extracts = of("rtcscope.extract");
    assert_eq!(extracts.len(), recorded_call().len());
    let end = |one: &Value| number(&one["startTime"]) + number(&one["duration"]);
    for one in &extracts {
        assert!(number(&one["startTime"]) >= number(&read["startTime"]) && end(one) <= end(read), "{one}");
        assert_eq!(one["detail"].as_object().unwrap().keys().collect::<Vec<_>>(), ["bytes", "textBytes"]);
    }
    let bytes: f64 = extracts.iter().map(|one| number(&one["detail"]["bytes"])).sum();
    let expected: u64 = recorded_call().iter().map(|file| file.metadata().unwrap().len()).sum();
    assert_eq!(bytes, expected as f64);
    let told: Vec<_> = app.save_report().unwrap()["files"].as_array().unwrap().clone();
    let text: f64 = told.iter().map(|file| number(&file["text_bytes"])).sum();
    assert_eq!(extracts.iter().map(|one| number(&one["detail"]["textBytes"])).sum::<f64>(), text);

    app.press("close-call").unwrap();
    app.gone("close-call").unwrap();
    assert_eq!(app.page.evaluate(MEASURES).unwrap(), json!([]));
    assert_quiet(&app);
}
