//! Components without state of the application: values and signals in, callbacks out.

pub mod fact;
pub mod file_picker;
pub mod finding_counts;
pub mod growing;
pub mod notice;
pub mod progress_bar;
pub mod query_failure;
pub mod severity;
pub mod sparkline;
pub mod time_control;
pub mod time_gestures;
