//! Trends of all participants.

use crate::workspace::Workspace;

impl Workspace {
    /// The trends of all conferences, as [`crate::wire::Trend`] orders them.
    pub fn trends(&self) -> impl Iterator<Item = f32> + '_ {
        self.calls().iter().flat_map(|call| &call.trends).copied()
    }
}
