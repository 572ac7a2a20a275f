//! Dates at the start of log lines.

pub(crate) mod date;
