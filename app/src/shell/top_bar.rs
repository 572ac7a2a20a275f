//! The bar above everything: the product's name and what can be done with an open call.

use leptos::prelude::*;

use crate::analysis::Analysis;
use crate::components::file_picker::FilePicker;

/// The bar.
#[component]
pub fn TopBar() -> impl IntoView {
    let analysis = expect_context::<Analysis>();
    let call = analysis.call();
    let sample = Memo::new(move |_| analysis.is_sample());
    let empty = Memo::new(move |_| analysis.is_empty());
    view! {
        <header class="top-bar">
            <span class="brand">"rtcscope"</span>
            <div class="actions">
                <Show when=move || !empty.get() && !sample.get()>
                    <FilePicker
                        files_label="Add files"
                        folder_label="Add a folder"
                        on_files=move |picked| analysis.open(picked)
                    />
                </Show>
                <Show when=move || sample.get()>
                    <FilePicker
                        files_label="Open your files"
                        folder_label="Open your folder"
                        on_files=move |picked| analysis.open(picked)
                    />
                </Show>
                <Show when=move || call.with(Option::is_some)>
                    <button class="button" data-testid="save-report" on:click=move |_| analysis.save_report()>
                        "Save report (JSON)"
                    </button>
                    <button class="button" data-testid="close-call" on:click=move |_| analysis.close()>
                        "Close call"
                    </button>
                </Show>
            </div>
        </header>
    }
}
