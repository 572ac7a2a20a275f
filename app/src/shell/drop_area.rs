//! The outermost element of an instance: files and folders may be dropped anywhere on it.

use leptos::ev::DragEvent;
use leptos::prelude::*;

use super::instance::Instance;
use crate::analysis::sources::{PickedFiles, dropped_files};

/// Wraps everything of an instance.
#[component]
pub fn DropArea(
    /// Receives the files, those of folders included.
    #[prop(into)]
    on_files: Callback<PickedFiles>,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let instance = Instance::expect();
    let over = RwSignal::new(false);
    let on_over = move |event: DragEvent| {
        // Without this the browser would leave the page and show the file.
        event.prevent_default();
        over.set(true);
    };
    let on_leave = move |event: DragEvent| {
        if event.related_target().is_none() {
            over.set(false);
        }
    };
    let on_drop = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(transfer) = event.data_transfer() {
            let files = dropped_files(&transfer);
            leptos::task::spawn_local(async move { on_files.run(files.await) });
        }
    };
    view! {
        <div
            class="page"
            class:drop-here=over
            on:dragover=on_over
            on:dragleave=on_leave
            on:drop=on_drop
            on:pointerdown=move |_| instance.set_in_use()
            on:focusin=move |_| instance.set_in_use()
        >
            {children()}
        </div>
    }
}
