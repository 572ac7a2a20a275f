//! The files of a file input.

use js_sys::Reflect;
use web_sys::{File, HtmlInputElement};

use super::{PickedFiles, is_visible};
use crate::shell::browser;

/// Takes the chosen files and clears the input, so that the same file can be chosen again later.
#[must_use]
pub fn picked_files(input: &HtmlInputElement) -> PickedFiles {
    let files = input
        .files()
        .map(|list| (0..list.length()).filter_map(|index| list.get(index)).filter(is_wanted).collect())
        .unwrap_or_default();
    input.set_value("");
    PickedFiles { files, unread: vec![], given_ms: browser::now_ms() }
}

/// Whether a file is not hidden in a chosen folder. A file that was chosen alone has no path and is always used.
fn is_wanted(file: &File) -> bool {
    let path = Reflect::get(file, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
    is_visible(&path.unwrap_or_default())
}
