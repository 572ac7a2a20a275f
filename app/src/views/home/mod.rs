//! The page without an open call: what it does, and where files go.

use leptos::prelude::*;

use crate::analysis::Analysis;
use crate::components::file_picker::FilePicker;
use crate::shell::instance::Instance;
use crate::state::selection::Selection;

/// The page without an open call.
#[component]
pub fn Home() -> impl IntoView {
    let analysis = expect_context::<Analysis>();
    let title = Instance::expect().id("home-title");
    let is_link_into_call = move || {
        analysis.window.with(Option::is_some)
            || analysis.selection.with(|selection| *selection != Selection::default() && !selection.sample)
    };
    view! {
        <section class="home" aria-labelledby=title.clone()>
            <h1 id=title.clone()>"What went wrong in that call?"</h1>
            <p class="lead">
                "rtcscope answers it from the dumps of the call: who took part, the quality of each connection, and \
                 the charts that show it."
            </p>
            <Show when=is_link_into_call>
                <p class="return-hint" data-testid="return-hint">
                    "This address leads into a call whose files are not open: drop the same dumps again to return to \
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
                <span>"No dump at hand? A simulated call of six participants and ten minutes, with network and device problems."</span>
            </div>
            <p class="privacy">
                <strong>"Nothing leaves this machine."</strong>
                " The files are read by this page in this browser and are never uploaded."
            </p>
        </section>
    }
}
