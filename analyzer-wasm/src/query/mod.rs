//! Answers to questions about the conferences of a workspace, one file for each question.

mod chart;
mod connections;
mod log_facets;
mod logs;
mod marks;
mod overview;
mod report;
mod trends;

pub use chart::ChartColumn;
