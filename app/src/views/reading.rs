//! How far the reading is, in total and by file, and the way to stop it.

use leptos::prelude::*;

use crate::components::progress_bar::ProgressBar;
use crate::format;
use crate::session::Session;
use crate::state::batch::{Batch, BatchFile, Stage};
use crate::state::load::Phase;

/// As many files are listed whole; of more, only those that are being read.
const LISTED: usize = 8;

/// The progress of a load; nothing where none runs.
#[component]
pub fn Reading() -> impl IntoView {
    let session = expect_context::<Session>();
    let reading = Memo::new(move |_| session.load.with(|load| load.batch().is_some()));
    let concluding = move || session.load.with(|load| matches!(load.phase(), Phase::Concluding { .. }));
    let total = move || {
        session.load.with(|load| {
            let batch = load.batch()?;
            let words = progress_words(batch);
            Some(view! {
                <ProgressBar
                    label="Reading dumps"
                    done=batch.done_bytes()
                    total=batch.total_bytes()
                    text=words.clone()
                />
                <p class="reading-words">{words}</p>
            })
        })
    };
    let files = move || {
        session.load.with(|load| {
            let batch = load.batch().filter(|batch| batch.files().len() > 1)?;
            Some(view! { <ul class="reading-files">{listed(batch).map(file_row).collect_view()}</ul> })
        })
    };
    view! {
        <Show when=move || reading.get()>
            <section class="reading" aria-label="Progress">
                <div class="reading-head">
                    <h2>{move || if concluding() { "Making the report" } else { "Reading" }}</h2>
                    <button class="button" data-testid="cancel" on:click=move |_| session.cancel()>
                        "Cancel"
                    </button>
                </div>
                {total}
                {files}
            </section>
        </Show>
    }
}

fn progress_words(batch: &Batch) -> String {
    let rate = batch
        .text_bytes_per_s()
        .map(|rate| format!(" · {} MB/s of text", format::short_number(rate / 1e6)))
        .unwrap_or_default();
    format!(
        "{} of {} · {} of {}{rate}",
        format::bytes(batch.done_bytes()),
        format::bytes(batch.total_bytes()),
        format::count(batch.settled() as u64),
        format::counted(batch.files().len(), "file"),
    )
}

fn listed(batch: &Batch) -> impl Iterator<Item = &BatchFile> {
    let all = batch.files().len() <= LISTED;
    batch.files().iter().filter(move |file| all || file.stage == Stage::Reading)
}

fn file_row(file: &BatchFile) -> impl IntoView + use<> {
    let (class, words) = match file.stage {
        Stage::Waiting => ("waiting", "waiting".to_owned()),
        Stage::Reading => (
            "under-way",
            format!("{} of {}", format::bytes(file.done_bytes()), format::bytes(file.given.bytes)),
        ),
        Stage::Read => ("read", format!("read, {}", format::bytes(file.given.bytes))),
        Stage::Failed => ("failed", "could not be read".to_owned()),
    };
    view! {
        <li class=class>
            <span class="file-name">{file.given.name.clone()}</span>
            <span class="file-stage">{words}</span>
        </li>
    }
}
