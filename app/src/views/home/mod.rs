//! The page when nothing is open: what it is, and where files go.

use leptos::prelude::*;

use crate::analysis::Analysis;
use crate::components::file_picker::FilePicker;
use crate::shell::routes::Selection;

/// The empty page.
#[component]
pub fn Home() -> impl IntoView {
    let analysis = expect_context::<Analysis>();
    let returns = move || {
        analysis.window.with(Option::is_some)
            || analysis.selection.with(|selection| *selection != Selection::default() && !selection.sample)
    };
    view! {
        <section class="home" aria-labelledby="home-title">
            <h1 id="home-title">"What went wrong in that call?"</h1>
            <p class="lead">
                "rtcscope answers it from the dumps that the call left behind: who was there, how each connection \
                 did, and the charts that prove it."
            </p>
            <Show when=returns>
                <p class="return-hint" data-testid="return-hint">
                    "This address leads into a call whose files are not here: drop the same dumps again to return to \
                     this view."
                </p>
            </Show>
            <div class="drop-zone" data-testid="drop-zone">
                <p class="drop-title">"Drop dumps here"</p>
                <p class="drop-hint">"Jitsi RTCStats dumps, plain or gzip-compressed: single files, or whole folders."</p>
                <div class="actions">
                    <FilePicker
                        primary=true
                        files_label="Choose files"
                        folder_label="Choose a folder"
                        on_files=move |picked| analysis.open(picked)
                    />
                </div>
            </div>
            <div class="sample-offer">
                <button class="button" data-testid="load-sample" on:click=move |_| analysis.open_sample()>
                    "Try a sample call"
                </button>
                <span>"No dump at hand? A simulated call of six people and ten minutes, with its share of trouble."</span>
            </div>
            <p class="privacy">
                <strong>"Nothing leaves this machine."</strong>
                " The files are read here, by this page in this browser, and are never uploaded."
            </p>
        </section>
    }
}
