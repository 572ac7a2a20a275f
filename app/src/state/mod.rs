//! What the page remembers: pure values and their rules, tested without a browser.

pub mod batch;
pub mod fragment;
pub mod load;
pub mod sorting;
