//! Files of a file input.

use js_sys::Reflect;
use web_sys::{File, HtmlInputElement};

use super::{Picked, is_visible};
use crate::shell::browser;

/// Takes the chosen files and clears the input, so that the same file can be chosen again.
#[must_use]
pub fn picked_files(input: &HtmlInputElement) -> Picked {
    let files = input
        .files()
        .map(|list| (0..list.length()).filter_map(|index| list.get(index)).filter(was_meant).collect())
        .unwrap_or_default();
    input.set_value("");
    Picked { files, unread: vec![], given_ms: browser::now_ms() }
}

/// A file that was chosen by itself was, whatever its name; one that came with its folder has a path.
fn was_meant(file: &File) -> bool {
    let path = Reflect::get(file, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
    is_visible(&path.unwrap_or_default())
}
