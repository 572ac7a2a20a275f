//! Items of a server that are found by name: endpoints, members and bridges.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::limits::MAX_ENDPOINTS;

/// Items by name, in order of appearance.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Named<T> {
    pub(super) list: Vec<T>,
    by_name: BTreeMap<String, usize>,
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self { list: Vec::new(), by_name: BTreeMap::new() }
    }
}

impl<T> Named<T> {
    /// The item of this name, which is added if it is new; `None` when there are too many.
    pub(super) fn get(&mut self, name: &str, new: impl FnOnce(u32) -> T) -> Option<&mut T> {
        let index = match self.by_name.get(name) {
            Some(index) => *index,
            None if self.list.len() >= MAX_ENDPOINTS => return None,
            None => {
                let index = self.list.len();
                self.list.push(new(u32::try_from(index).ok()?));
                self.by_name.insert(name.to_owned(), index);
                index
            }
        };
        self.list.get_mut(index)
    }

    /// The item of this name; `None` if there is none yet.
    pub(super) fn known(&mut self, name: &str) -> Option<&mut T> {
        self.list.get_mut(*self.by_name.get(name)?)
    }
}
