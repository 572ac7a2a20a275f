//! The commands of `cargo xtask`, one file each.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod fmt;
pub(crate) mod run;
pub(crate) mod test;
