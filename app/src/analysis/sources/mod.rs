//! The sources of files: drag and drop, folders, file inputs, and the sample call on the page's server.

mod dropped;
mod picked;
mod sample;

pub use dropped::dropped_files;
pub use picked::picked_files;
pub use sample::{Fetch, FetchError, fetch_sample};

use web_sys::File;

/// The files of one drop or one choice.
#[derive(Clone, Debug)]
pub struct PickedFiles {
    /// The files, including those in folders.
    pub files: Vec<File>,
    /// The names of files and folders that the browser could not open.
    pub unread: Vec<String>,
    /// The time of the drop or choice, in ms of the page's own clock (`performance.now()`).
    pub given_ms: f64,
}

/// Whether no component of the path is hidden. Files that a system creates in folders (`.DS_Store`) are not dumps.
fn is_visible(path: &str) -> bool {
    !path.split('/').any(|name| name.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::is_visible;

    #[test]
    fn files_that_systems_create_are_hidden() {
        assert!(is_visible("call/part.1/4f1c.gz") && is_visible("4f1c"));
        assert!(!is_visible(".DS_Store") && !is_visible("call/.git/config") && !is_visible("call/._4f1c.gz"));
    }
}
