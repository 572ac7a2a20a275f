//! Files of a file input.

use web_sys::{File, HtmlInputElement};

/// Takes the chosen files and clears the input, so that the same file can be chosen again.
#[must_use]
pub fn picked_files(input: &HtmlInputElement) -> Vec<File> {
    let files = input
        .files()
        .map(|list| (0..list.length()).filter_map(|index| list.get(index)).filter(is_visible).collect())
        .unwrap_or_default();
    input.set_value("");
    files
}

/// Files that a system leaves in folders for itself (`.DS_Store`) were not meant.
pub(super) fn is_visible(file: &File) -> bool {
    !file.name().starts_with('.')
}
