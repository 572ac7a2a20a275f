//! How far the reading is, in total and by file, and the way to stop it.

use leptos::prelude::*;

use crate::analysis::Analysis;
use crate::components::progress_bar::ProgressBar;
use crate::format;
use crate::state::batch::{Batch, BatchFile, Stage};
use crate::state::load::{Fetched, Phase};

/// As many files are listed whole; of more, only those that are being read.
const LISTED: usize = 8;

/// The progress of a load; nothing where none runs.
#[component]
pub fn Loading() -> impl IntoView {
    let analysis = expect_context::<Analysis>();
    let title = Memo::new(move |_| {
        analysis.load.with(|load| match load.phase() {
            Phase::Fetching(_) => Some("Fetching the sample call"),
            Phase::Reading { .. } => Some("Reading"),
            Phase::Concluding { .. } => Some("Making the report"),
            Phase::Open { .. } | Phase::Empty => None,
        })
    });
    let total = move || {
        let (done, total, words) = analysis.load.with(|load| match load.phase() {
            Phase::Fetching(fetched) => {
                Some((fetched.bytes, fetched.of_bytes.max(1), fetched_words(*fetched)))
            }
            _ => load.batch().map(|batch| (batch.done_bytes(), batch.total_bytes(), progress_words(batch))),
        })?;
        let label = title.get_untracked().unwrap_or_default();
        Some(view! {
            <ProgressBar label=label done=done total=total text=words.clone() />
            <p class="reading-words">{words}</p>
        })
    };
    let files = move || {
        analysis.load.with(|load| {
            let batch = load.batch().filter(|batch| batch.files().len() > 1)?;
            Some(view! { <ul class="reading-files">{listed(batch).map(file_row).collect_view()}</ul> })
        })
    };
    view! {
        <Show when=move || title.get().is_some()>
            <section class="reading" aria-label="Progress">
                <div class="reading-head">
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

fn fetched_words(fetched: Fetched) -> String {
    if fetched.of_bytes == 0 {
        return "asking this page's server".to_owned();
    }
    format!("{} of {}", format::bytes(fetched.bytes), format::bytes(fetched.of_bytes))
}

fn progress_words(batch: &Batch) -> String {
    let mut words = vec![
        format!("{} of {}", format::bytes(batch.done_bytes()), format::bytes(batch.total_bytes())),
        format!(
            "{} of {}",
            format::count(batch.settled() as u64),
            format::counted(batch.files().len(), "file")
        ),
    ];
    if batch.failed() > 0 {
        words.push(format!("{} of them gave nothing", format::count(batch.failed() as u64)));
    }
    if let Some(rate) = batch.bytes_per_s() {
        words.push(format!("{} of files", per_second(rate)));
    }
    if let Some(rate) = batch.text_bytes_per_s() {
        words.push(format!("{} of the text in them", per_second(rate)));
    }
    if let Some(left) = batch.remaining_ms().filter(|left| *left >= 2000.0) {
        words.push(format!("about {} left", format::duration(left)));
    }
    words.join(" · ")
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
    let (class, words) = match file.stage {
        Stage::Waiting => ("waiting", "waiting".to_owned()),
        Stage::Reading => (
            "under-way",
            format!("{} of {}{rate}", format::bytes(file.done_bytes()), format::bytes(file.given.bytes)),
        ),
        Stage::Read => ("read", format!("read, {}{rate}", format::bytes(file.given.bytes))),
        Stage::Failed => ("failed", "could not be read".to_owned()),
    };
    view! {
        <li class=class>
            <span class="file-name">{file.given.name.clone()}</span>
            <span class="file-stage">{words}</span>
        </li>
    }
}
