//! Progress of a load, in total and by file, and the button that cancels it.

use leptos::prelude::*;

use crate::analysis::Analysis;
use crate::components::progress_bar::ProgressBar;
use crate::format;
use crate::state::batch::{Batch, BatchFile, Stage};
use crate::state::load::{Fetched, Phase};

/// Up to so many files are listed; of more, only those that are being read.
const LISTED: usize = 8;

/// The progress of a load; nothing while none runs.
#[component]
pub fn Loading() -> impl IntoView {
    let analysis = expect_context::<Analysis>();
    let title = Memo::new(move |_| {
        analysis.load.with(|load| match load.phase() {
            Phase::Fetching(_) => Some("Fetching the sample call"),
            Phase::Reading { .. } => Some("Reading files"),
            Phase::Concluding { .. } => Some("Making the report"),
            Phase::Open { .. } | Phase::Empty => None,
        })
    });
    let total = move || {
        let (done, total, text) = analysis.load.with(|load| match load.phase() {
            Phase::Fetching(fetched) => Some((fetched.bytes, fetched.of_bytes.max(1), fetch_text(*fetched))),
            _ => load.batch().map(|batch| (batch.done_bytes(), batch.total_bytes(), progress_text(batch))),
        })?;
        let label = title.get_untracked().unwrap_or_default();
        Some(view! {
            <ProgressBar label=label done=done total=total text=text.clone() />
            <p class="loading-text">{text}</p>
        })
    };
    let files = move || {
        analysis.load.with(|load| {
            let batch = load.batch().filter(|batch| batch.files().len() > 1)?;
            Some(view! { <ul class="loading-files">{listed(batch).map(file_row).collect_view()}</ul> })
        })
    };
    view! {
        <Show when=move || title.get().is_some()>
            <section class="loading" aria-label="Progress">
                <div class="loading-head">
                    <h2>{move || title.get()}</h2>
                    <button class="button" data-testid="cancel" on:click=move |_| analysis.cancel()>
                        "Cancel"
                    </button>
                </div>
                {total}
                {files}
            </section>
        </Show>
    }
}

fn fetch_text(fetched: Fetched) -> String {
    if fetched.of_bytes == 0 {
        return "waiting for the server of this page".to_owned();
    }
    format!("{} of {}", format::bytes(fetched.bytes), format::bytes(fetched.of_bytes))
}

fn progress_text(batch: &Batch) -> String {
    let mut parts = vec![
        format!("{} of {}", format::bytes(batch.done_bytes()), format::bytes(batch.total_bytes())),
        format!(
            "{} of {}",
            format::count(batch.settled() as u64),
            format::counted(batch.files().len(), "file")
        ),
    ];
    if batch.failed() > 0 {
        parts.push(format!("{} could not be read", format::count(batch.failed() as u64)));
    }
    if let Some(rate) = batch.bytes_per_s() {
        parts.push(format!("{} of files", per_second(rate)));
    }
    if let Some(rate) = batch.text_bytes_per_s() {
        parts.push(format!("{} of decompressed text", per_second(rate)));
    }
    if let Some(left) = batch.remaining_ms().filter(|left| *left >= 2000.0) {
        parts.push(format!("about {} left", format::duration(left)));
    }
    parts.join(" · ")
}

fn per_second(bytes: f64) -> String {
    format!("{} MB/s", format::short_number(bytes / 1e6))
}

fn listed(batch: &Batch) -> impl Iterator<Item = &BatchFile> {
    let all = batch.files().len() <= LISTED;
    batch.files().iter().filter(move |file| all || file.stage == Stage::Reading)
}

fn file_row(file: &BatchFile) -> impl IntoView + use<> {
    let rate =
        file.text_bytes_per_s().map(|rate| format!(" · {} of text", per_second(rate))).unwrap_or_default();
    let (class, text) = match file.stage {
        Stage::Waiting => ("waiting", "waiting".to_owned()),
        Stage::Reading => (
            "reading",
            format!("{} of {}{rate}", format::bytes(file.done_bytes()), format::bytes(file.given.bytes)),
        ),
        Stage::Read => ("read", format!("read, {}{rate}", format::bytes(file.given.bytes))),
        Stage::Failed => ("failed", "could not be read".to_owned()),
    };
    view! {
        <li class=class>
            <span class="file-name">{file.given.name.clone()}</span>
            <span class="file-stage">{text}</span>
        </li>
    }
}
