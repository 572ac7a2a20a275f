//! Buttons that choose files or a folder. They are file inputs, so that the keyboard and tests reach them.

use leptos::html::Input;
use leptos::prelude::*;

use crate::analysis::sources::{PickedFiles, picked_files};

/// Two inputs, one for files and one for a folder.
#[component]
pub fn FilePicker(
    /// The label of the first button.
    files_label: &'static str,
    /// The label of the second button.
    folder_label: &'static str,
    /// Whether the first button is the main action.
    #[prop(optional)]
    primary: bool,
    /// Receives the files.
    #[prop(into)]
    on_files: Callback<PickedFiles>,
) -> impl IntoView {
    let files = NodeRef::<Input>::new();
    let folder = NodeRef::<Input>::new();
    let picked = move |input: NodeRef<Input>| {
        if let Some(input) = input.get_untracked() {
            on_files.run(picked_files(&input));
        }
    };
    view! {
        <label class="button" class:primary=primary>
            {files_label}
            <input
                class="unseen"
                type="file"
                multiple
                data-testid="file-input"
                node_ref=files
                on:change=move |_| picked(files)
            />
        </label>
        <label class="button">
            {folder_label}
            <input
                class="unseen"
                type="file"
                multiple
                prop:webkitdirectory=true
                data-testid="folder-input"
                node_ref=folder
                on:change=move |_| picked(folder)
            />
        </label>
    }
}
