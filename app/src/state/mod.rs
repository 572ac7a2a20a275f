//! What the page remembers: pure values and their rules, tested without a browser.

pub mod batch;
pub mod fragment;
pub mod load;
#[cfg(test)]
pub(crate) mod samples;
pub mod sight;
pub mod sorting;
pub mod time_axis;
pub mod time_trail;
pub mod time_window;
