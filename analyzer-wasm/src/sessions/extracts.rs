//! The extracts of a workspace: shared with it where stitching changes nothing, copies where it does.

use std::sync::Arc;

use crate::extract::Extract;

/// One extract for each file, by the index that all rooms use for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extracts {
    list: Vec<Arc<Extract>>,
}

impl Extracts {
    /// The extract of a file.
    pub(crate) fn get(&self, index: usize) -> Option<&Extract> {
        self.list.get(index).map(Arc::as_ref)
    }

    /// All extracts, by index.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Extract> {
        self.list.iter().map(Arc::as_ref)
    }

    /// The same extracts, with another one at this index.
    pub(super) fn replace(&mut self, index: usize, extract: Extract) {
        if let Some(place) = self.list.get_mut(index) {
            *place = Arc::new(extract);
        }
    }
}

impl FromIterator<Arc<Extract>> for Extracts {
    fn from_iter<T: IntoIterator<Item = Arc<Extract>>>(extracts: T) -> Self {
        Self { list: extracts.into_iter().collect() }
    }
}
