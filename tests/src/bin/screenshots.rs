//! Saves screenshots of the page in its states, sizes and colour schemes, or with given dumps, for manual review.

use std::env;
use std::fs;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use e2e::browser::Viewport;
use e2e::corpus;
use e2e::rtcscope::App;
use e2e::scratch::Scratch;
use e2e::workspace::{recorded_call, samples};
use simulator::{Form, Scenario, ScenarioOptions, simulate};

const SIZES: [(u32, u32); 3] = [(1440, 900), (1024, 800), (390, 844)];

/// High enough for the whole page of a small call.
const WHOLE: [(u32, u32); 1] = [(1440, 3000)];

fn main() -> Result<()> {
    let mut args = env::args_os().skip(1).map(PathBuf::from);
    let folder = args.next().context("usage: screenshots FOLDER [DUMP...]")?;
    let dumps: Vec<PathBuf> = args.collect();
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let scratch = Scratch::new("screenshots")?;
    let broken = scratch.write("holiday.jpg", [0xff, 0xd8, 0xff, 0xe0, 0, 16, b'J', b'F', b'I', b'F'])?;

    if !dumps.is_empty() {
        let given = App::open()?;
        given.choose(&dumps)?;
        given.page.wait("document.querySelector('[data-testid=\"conference-title\"]') !== null")?;
        take(&given, &folder, "given", &SIZES)?;
        return take(&given, &folder, "given", &WHOLE);
    }
    take(&App::open()?, &folder, "empty", &SIZES)?;

    let call = App::open()?;
    call.choose(&recorded_call())?;
    if let Some(first) = call.rows(2)?.first() {
        call.select(&first.endpoint)?;
    }
    take(&call, &folder, "call", &SIZES)?;

    let sample = App::open()?;
    sample.choose(&samples()?)?;
    sample.rows(6)?;
    take(&sample, &folder, "sample", &SIZES)?;
    take(&sample, &folder, "sample", &WHOLE)?;
    if let Some(worst) = sample.findings()?.get(1) {
        sample.open_finding(&worst.id)?;
    }
    take(&sample, &folder, "finding", &SIZES)?;

    let crowd = App::open()?;
    crowd.choose(&crowd_of_thirty(&scratch)?)?;
    crowd.rows(30)?;
    take(&crowd, &folder, "crowd", &SIZES)?;

    // The only dump of Firefox is in the corpus.
    let firefox = corpus::path("jitsi/dumps/firefox-standard-stats-sfu");
    if firefox.is_file() {
        let single = App::open()?;
        single.choose(&[firefox])?;
        single.rows(1)?;
        take(&single, &folder, "firefox", &SIZES)?;
    }

    let trouble = App::open()?;
    trouble.choose(&[broken])?;
    trouble.complaints()?;
    take(&trouble, &folder, "broken", &SIZES)
}

/// The dumps of a call of thirty.
fn crowd_of_thirty(scratch: &Scratch) -> Result<Vec<PathBuf>> {
    let options =
        ScenarioOptions { seed: 3, people: 30, faulty: true, duration_ms: 900_000, poll_ms: Some(10_000) };
    let call = simulate(&Scenario::from_options(&options), Form::Gzip);
    call.dumps.into_iter().map(|dump| scratch.write(&dump.name, dump.bytes)).collect()
}

/// One state on every screen.
fn take(app: &App, folder: &Path, state: &str, sizes: &[(u32, u32)]) -> Result<()> {
    for &(width, height) in sizes {
        for dark in [false, true] {
            app.page.show_on(Viewport { width, height, dark })?;
            app.page.evaluate("scrollTo(0, 0)")?;
            app.page.settle()?;
            let colours = if dark { "dark" } else { "light" };
            let path = folder.join(format!("{state}-{width}x{height}-{colours}.png"));
            app.page.screenshot(&path)?;
            writeln!(stdout(), "{}", path.display())?;
        }
    }
    Ok(())
}
