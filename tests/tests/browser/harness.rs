//! Tests of the harness: every kind of misbehaviour of a page and of a worker must be detected.

use e2e::browser::{Message, Page, Viewport};
use e2e::foreign_origin::ForeignOrigin;
use e2e::scratch::Scratch;
use e2e::site::Site;

/// A page whose worker logs, throws and connects, as no page of this project may.
fn misbehaving(policy: &str) -> (Scratch, Site) {
    let dir = Scratch::new("misbehaving").unwrap();
    let page = "<!doctype html><title>t</title><input type=file id=file multiple><div id=zone>zone</div>
        <a id=save download=saved.txt>save</a><script src=page.js></script>";
    let script = "console.warn('page', 1);
        const worker = new Worker('worker.js', {type: 'module'});
        worker.onmessage = event => { document.title = event.data; };
        document.body.addEventListener('dragover', event => event.preventDefault());
        document.body.addEventListener('drop', event => {
            event.preventDefault(); document.title = event.dataTransfer.files[0].name; });
        document.querySelector('#save').href = URL.createObjectURL(new Blob(['content']));";
    let worker = "import {name} from './part.js'; console.error(name);
        postMessage('ready'); setTimeout(() => { throw new Error('thrown'); });";
    dir.write("index.html", page).unwrap();
    dir.write("page.js", script).unwrap();
    dir.write("worker.js", worker).unwrap();
    dir.write("part.js", "export const name = 'worker part';").unwrap();
    dir.write("_headers", format!("/*\n  Content-Security-Policy: {policy}\n")).unwrap();
    let site = Site::serve(dir.path()).unwrap();
    (dir, site)
}

#[test]
fn what_page_and_worker_say_and_fetch_is_all_seen() {
    let (_dir, site) = misbehaving("default-src 'self'");
    let page = Page::open(&site.url()).unwrap();
    page.wait("document.title === 'ready'").unwrap();
    // An exception that a worker throws after its message is also reported after it.
    let thrown = |said: &Message| said.text.contains("thrown");
    page.wait_for("the exception", |page| Ok(page.messages().iter().any(thrown).then_some(()))).unwrap();

    let said: Vec<String> =
        page.messages().iter().map(|said| format!("{} {} {}", said.from, said.level, said.text)).collect();
    for expected in ["page warning page 1", "worker error worker part", "worker error Uncaught Error: thrown"]
    {
        assert!(said.iter().any(|said| said.starts_with(expected)), "{expected:?} is not in {said:#?}");
    }
    let requests = page.requests();
    for expected in ["", "page.js", "worker.js", "part.js"] {
        let url = format!("{}{expected}", site.url());
        assert!(requests.iter().any(|request| request.url == url), "{url} is not in {requests:#?}");
    }
}

#[test]
fn a_forbidden_visit_is_told_from_an_allowed_one() {
    for (policy, outcome) in
        [("default-src *; script-src * 'unsafe-eval'", "allowed"), ("default-src 'self'", "blocked")]
    {
        let foreign_origin = ForeignOrigin::listen().unwrap();
        let (_dir, site) = misbehaving(policy);
        let page = Page::open(&site.url()).unwrap();
        page.wait("document.title === 'ready'").unwrap();
        let [worker] = page.workers().try_into().unwrap();
        let inside = foreign_origin.ways_out_of_a_worker();
        let outside = foreign_origin.ways_out_of_a_page();
        if outcome == "allowed" {
            // Not every way gets an answer that it likes from this foreign_origin, but the first gets one.
            assert_eq!(page.evaluate_in_worker(&worker, &inside[0]).unwrap(), outcome);
            assert_eq!(page.evaluate(&outside[0]).unwrap(), outcome);
            assert_eq!(foreign_origin.visits().unwrap(), 2);
            continue;
        }
        for way in inside {
            assert_eq!(page.evaluate_in_worker(&worker, &way).unwrap(), outcome, "{way}");
        }
        for way in outside {
            assert_eq!(page.evaluate(&way).unwrap(), outcome, "{way}");
        }
        assert_eq!(foreign_origin.visits().unwrap(), 0);
    }
}

#[test]
fn files_are_chosen_dropped_and_saved() {
    let (dir, site) = misbehaving("default-src 'self'");
    let page = Page::open(&site.url()).unwrap();
    page.wait("document.title === 'ready'").unwrap();
    let files = [dir.write("one.txt", "1").unwrap(), dir.write("two.txt", "22").unwrap()];
    page.choose_files("#file", &files).unwrap();
    let chosen = "[...document.querySelector('#file').files].map(file => file.name + file.size)";
    assert_eq!(page.evaluate(chosen).unwrap(), serde_json::json!(["one.txt1", "two.txt2"]));

    page.drop_files("#zone", &files[1..]).unwrap();
    page.wait("document.title === 'two.txt'").unwrap();

    for _ in 0..2 {
        page.click("#save").unwrap();
        let (name, content) = page.downloaded().unwrap();
        assert_eq!((name.as_str(), content.as_slice()), ("saved.txt", b"content".as_slice()));
    }
}

#[test]
fn a_screen_can_be_turned_and_a_page_reloaded() {
    let (_dir, site) = misbehaving("default-src 'self'");
    let page = Page::open(&format!("{}#part", site.url())).unwrap();
    page.show_on(Viewport { width: 390, height: 844, dark: true }).unwrap();
    let screen = "[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]";
    assert_eq!(page.evaluate(screen).unwrap(), serde_json::json!([390, true]));
    page.reload().unwrap();
    assert_eq!(page.evaluate("location.hash").unwrap(), "#part");
    assert_eq!(site.asked().iter().filter(|asked| asked.path.ends_with("/page.js")).count(), 2);
}
