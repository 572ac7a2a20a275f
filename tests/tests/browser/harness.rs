//! The harness itself: a page and a worker that misbehave on purpose must be caught, each in every way.

use e2e::browser::Page;
use e2e::scratch::Scratch;
use e2e::site::Site;

/// A page whose worker talks, throws and visits, as no page of this project may.
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
    // What a worker throws after its message is told after it, too.
    let thrown = |said: &e2e::browser::Message| said.text.contains("thrown");
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
