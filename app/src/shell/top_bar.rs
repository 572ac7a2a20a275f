//! The bar at the top: the product's name, the views of the open call, and what can be done with it.

use leptos::prelude::*;

use super::commands::{self, CommandContext};
use super::navigation::Navigation;
use crate::components::file_picker::FilePicker;

/// The bar.
#[component]
pub fn TopBar() -> impl IntoView {
    let CommandContext { analysis, shortcuts_open, .. } = expect_context();
    let call = analysis.call();
    let is_open = Memo::new(move |_| call.with(Option::is_some));
    let sample = Memo::new(move |_| analysis.is_sample());
    let empty = Memo::new(move |_| analysis.is_empty());
    let key = commands::shortcut("shortcuts");
    view! {
        <header class="top-bar">
            <span class="brand">"rtcscope"</span>
            <Show when=move || is_open.get()>
                <Navigation />
            </Show>
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
                <Show when=move || is_open.get()>
                    <button class="button" data-testid="save-report" on:click=move |_| analysis.save_report()>
                        "Save report (JSON)"
                    </button>
                    <button class="button" data-testid="close-call" on:click=move |_| analysis.close()>
                        "Close call"
                    </button>
                    <button
                        class="button"
                        data-testid="show-shortcuts"
                        aria-label="Keyboard shortcuts"
                        title=format!("Keyboard shortcuts (key {key})")
                        aria-keyshortcuts=key
                        on:click=move |_| shortcuts_open.set(true)
                    >
                        "?"
                    </button>
                </Show>
            </div>
        </header>
    }
}
