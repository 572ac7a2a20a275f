//! Parts of the page that know nothing of the application: values and signals in, callbacks out.

pub mod drop_area;
pub mod fact;
pub mod file_picker;
pub mod notice;
pub mod progress_bar;
pub mod time_control;
pub mod time_gestures;
