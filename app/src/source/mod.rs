//! Where files come from: drops, folders in them, and file inputs.

mod dropped;
mod picked;

pub use dropped::dropped_files;
pub use picked::picked_files;
