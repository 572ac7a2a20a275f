//! The stats session that a dump belongs to.

use crate::extract::Extract;

/// The stats session: as its envelope or header says, else as its file is called.
pub(crate) fn session_id(extract: &Extract) -> Option<String> {
    extract.identity.session_id.clone().or_else(|| extract.file.session_id.clone())
}
