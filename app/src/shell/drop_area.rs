//! The whole page as a place to drop files and folders on.

use leptos::ev::DragEvent;
use leptos::prelude::*;

use crate::analysis::sources::{Picked, dropped_files};

/// Wraps the page; a drop anywhere on it counts.
#[component]
pub fn DropArea(
    /// Gets the files, those of folders included.
    #[prop(into)]
    on_files: Callback<Picked>,
    /// The page.
    children: Children,
) -> impl IntoView {
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
        <div class="page" class:drop-here=over on:dragover=on_over on:dragleave=on_leave on:drop=on_drop>
            {children()}
        </div>
    }
}
