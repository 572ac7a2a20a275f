//! The state of the page: pure values and their transitions, tested without a browser.

pub mod batch;
pub mod call;
pub mod current_view;
pub mod finding_counts;
pub mod load;
pub mod notice;
pub mod pace;
#[cfg(test)]
pub(crate) mod samples;
pub mod selection;
pub mod sorting;
pub mod time_axis;
pub mod time_trail;
pub mod time_window;
