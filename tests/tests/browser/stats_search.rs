//! All statistics of a dump, by search: read again on demand, equal to what the native library reads.

use std::fs;

use e2e::driver;
use e2e::rtcscope::{App, selector};
use e2e::scratch::Scratch;

use crate::{ALICE, assert_quiet, recorded_call};

/// The page's number as a number.
fn number(text: &str) -> f64 {
    text.replace('\u{202f}', "").replace('−', "-").parse().unwrap()
}

#[test]
fn a_field_is_found_and_drawn_as_the_native_library_reads_it() {
    let app = App::open().unwrap();
    app.choose(&recorded_call()).unwrap();
    app.rows(2).unwrap();
    app.select(ALICE).unwrap();
    let before = app.page.workers().len();
    let rows = app.search_stats("inbound-rtp jitterBufferDelay").unwrap();
    assert_eq!(app.page.workers().len(), before + 1, "one worker keeps the fields");

    let detail = driver::detail_on_disk(&recorded_call()[0]).unwrap();
    let start = driver::workspace_on_disk(&recorded_call()).unwrap().reports()[0].clone();
    let [report, name, _, _, connection, points, lowest, highest, last, unit] = rows[0].as_slice() else {
        panic!("{rows:?}")
    };
    assert_eq!((name.as_str(), unit.as_str()), ("inbound-rtp.jitterBufferDelay", "s"));
    let column = detail
        .columns
        .iter()
        .find(|column| {
            column.report == *report
                && column.field == "jitterBufferDelay"
                && detail.polls[column.polls].connection == *connection
        })
        .unwrap();
    let known: Vec<(f64, f64)> = column.points(&detail.polls[column.polls]).collect();
    assert_eq!(number(points), known.len() as f64);
    let least = known.iter().map(|(_, value)| *value).fold(f64::INFINITY, f64::min);
    let most = known.iter().map(|(_, value)| *value).fold(f64::NEG_INFINITY, f64::max);
    for (shown, known) in [(lowest, least), (highest, most), (last, known[known.len() - 1].1)] {
        assert!((number(shown) - known).abs() <= known.abs() * 1e-5, "{shown} shown, {known} known");
    }

    app.page.click(&selector("stats-result")).unwrap();
    let drawn = format!("{} [data-points]:not([data-points='0'])", selector("field-chart"));
    app.page.wait(&format!("!!document.querySelector({drawn:?})")).unwrap();
    // The value under the pointer, at a sample in the middle.
    let file = start.files.iter().find(|file| recorded_call()[0].ends_with(&file.name)).unwrap();
    let offset = file.clock.as_ref().unwrap().offset_ms;
    let (time, value) = known[known.len() / 2];
    let after = time + offset - start.conference.start_ms.unwrap();
    let [left, top, width, height] = app.page.place(&format!("{} .bands", selector("field-chart"))).unwrap();
    let x = left + width * after / start.conference.duration_ms.unwrap();
    app.page.point((x, top + height / 2.0)).unwrap();
    let shown = format!(
        "document.querySelector({:?}).innerText",
        format!("{} [data-testid=legend-value]", selector("field-chart"))
    );
    let shown = app.page.wait(&shown).unwrap();
    let shown = shown.as_str().unwrap().strip_suffix(" s").unwrap();
    assert!((number(shown) - value).abs() <= value.abs() * 1e-5, "{shown} shown, {value} known");

    app.page.click(".field-close").unwrap();
    app.page.wait(&format!("!document.querySelector({:?})", selector("field-chart"))).unwrap();
    assert_quiet(&app);
}

#[test]
fn a_slash_leads_to_the_search_and_what_is_not_there_is_said() {
    let app = App::open().unwrap();
    app.choose(&recorded_call()).unwrap();
    app.rows(2).unwrap();
    app.select(ALICE).unwrap();
    app.page.key("/").unwrap();
    app.page.wait(&format!("document.activeElement.matches({:?})", selector("stats-search"))).unwrap();
    app.page.write("no-such-field").unwrap();
    let said = format!("document.querySelector({:?}).innerText.startsWith('0 of ')", selector("stats-state"));
    app.page.wait(&said).unwrap();
}

#[test]
fn a_file_that_changed_on_disk_is_to_be_dropped_again() {
    let scratch = Scratch::new("changed").unwrap();
    let copy = scratch.write("alice.gz", fs::read(&recorded_call()[0]).unwrap()).unwrap();
    let app = App::open().unwrap();
    app.choose(&[copy]).unwrap();
    app.rows(1).unwrap();
    scratch.write("alice.gz", "something else altogether").unwrap();
    app.page.click(&selector("stats-search")).unwrap();
    app.page.write("jitter").unwrap();
    let said =
        app.page.wait(&format!("document.querySelector({:?})?.innerText", selector("stats-error"))).unwrap();
    assert!(said.as_str().unwrap().contains("Open the file again."), "{said}");
}

#[test]
fn a_worker_that_is_gone_is_said_and_another_takes_over() {
    let app = App::open().unwrap();
    app.choose(&recorded_call()).unwrap();
    app.rows(2).unwrap();
    app.select(ALICE).unwrap();
    app.search_stats("packetsLost").unwrap();
    let worker = app.page.workers().pop().unwrap();
    app.page.evaluate_in_worker(&worker, "void setTimeout(() => { throw new Error('gone'); })").unwrap();
    app.page.wait(&format!("!!document.querySelector({:?})", selector("stats-error"))).unwrap();
    app.page.click(&format!("{} button", selector("stats-state"))).unwrap();
    app.page.wait(&format!("!!document.querySelector({:?})", selector("stats-result"))).unwrap();
    app.rows(2).unwrap();
}
