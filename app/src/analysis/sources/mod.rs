//! Where files come from: drops, folders in them, file inputs, and the sample beside the page.

mod dropped;
mod picked;
mod sample;

pub use dropped::dropped_files;
pub use picked::picked_files;
pub use sample::{Fetch, Refused, fetch_sample};

use web_sys::File;

/// What somebody gave the page.
#[derive(Clone, Debug)]
pub struct Picked {
    /// The files, those of folders included.
    pub files: Vec<File>,
    /// Names of what the browser would not open.
    pub unread: Vec<String>,
    /// When, on the page's own clock.
    pub given_ms: f64,
}

/// Whether nothing on this path is hidden: what a system keeps in folders for itself (`.DS_Store`) was not meant.
fn is_visible(path: &str) -> bool {
    !path.split('/').any(|name| name.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::is_visible;

    #[test]
    fn what_systems_keep_for_themselves_is_hidden() {
        assert!(is_visible("call/part.1/4f1c.gz") && is_visible("4f1c"));
        assert!(!is_visible(".DS_Store") && !is_visible("call/.git/config") && !is_visible("call/._4f1c.gz"));
    }
}
