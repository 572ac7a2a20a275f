//! The pool: one module for all workers, a failed worker that loses one file, files that are removed meanwhile.

use std::fs;

use e2e::rtcscope::App;
use e2e::scratch::Scratch;
use e2e::worker_messages;
use serde_json::Value;

use crate::{assert_quiet, recorded_call};

/// Enough that the others are done with their files long before.
const LONG: usize = 2500;

#[test]
fn the_module_is_fetched_once_for_all_workers() {
    let app = App::open().unwrap();
    for _ in 0..2 {
        app.choose(&recorded_call()).unwrap();
        app.rows(2).unwrap();
        app.press("close-call").unwrap();
        app.gone("close-call").unwrap();
    }
    let asked = app.site.asked();
    let module = |path: &str| path.ends_with("analyzer-worker_bg.wasm");
    assert_eq!(asked.iter().filter(|asked| module(&asked.path)).count(), 1, "{asked:#?}");
    assert_quiet(&app);
}

/// Makes the worker that reads the first file fail inside the analyzer at the next slice, as a trap would.
fn trap() -> String {
    let is_progress = worker_messages::is_progress_of(0);
    format!(
        "(() => {{ const post = self.postMessage.bind(self); \
            self.postMessage = (message, ...rest) => {{ \
                if ({is_progress}(message)) \
                    performance.now = () => {{ throw new WebAssembly.RuntimeError('unreachable'); }}; \
                return post(message, ...rest); }}; }})()"
    )
}

#[test]
fn a_worker_that_dies_costs_its_file_and_the_others_appear() {
    let scratch = Scratch::new("death").unwrap();
    let [alice, bob] = recorded_call();
    let long = scratch.write("long.gz", fs::read(&alice).unwrap().repeat(LONG)).unwrap();
    let app = App::open().unwrap();
    app.choose(&[long, alice, bob]).unwrap();
    app.page.wait("document.querySelector('[data-testid=progress]')?.ariaValueNow > 0").unwrap();
    for worker in app.page.workers() {
        // One that is done with its files may be gone by now.
        let _ = app.page.evaluate_in_worker(&worker, &trap());
    }
    app.rows(2).unwrap();
    let complaints = app.complaints().unwrap();
    let lost: Vec<_> = complaints.iter().filter(|said| said.kind.is_empty()).collect();
    let [lost] = lost.as_slice() else { panic!("{complaints:?}") };
    assert!(
        lost.text.contains("long.gz") && lost.text.contains("The other files are not affected"),
        "{lost:?}"
    );
}

#[test]
fn a_file_that_is_gone_or_changed_before_it_is_read_is_asked_for_again() {
    let scratch = Scratch::new("gone").unwrap();
    let [alice, bob] = recorded_call();
    let bytes = fs::read(&alice).unwrap();
    let app = App::open().unwrap();
    let cores = app.page.evaluate("navigator.hardwareConcurrency").unwrap().as_u64().unwrap().min(8);
    // Every worker is busy while the last two files change.
    let mut files: Vec<_> = (0..cores)
        .map(|number| scratch.write(&format!("{number}.gz"), bytes.repeat(LONG / 4)).unwrap())
        .collect();
    let gone = scratch.write("gone.gz", &bytes).unwrap();
    let changed = scratch.write("changed.gz", &bytes).unwrap();
    files.extend([gone.clone(), changed.clone(), bob]);
    app.choose(&files).unwrap();
    fs::remove_file(gone).unwrap();
    fs::write(changed, "other").unwrap();
    let said = app.text("error").unwrap();
    assert!(said.contains("2 of") && said.contains("Open the file again"), "{said}");
    let listed =
        app.page.evaluate("document.querySelector('[data-testid=refused-files]').textContent").unwrap();
    let Value::String(listed) = listed else { panic!("{listed}") };
    assert!(listed.contains("gone.gz: The file") && listed.contains("changed.gz: The file"), "{listed}");
}
