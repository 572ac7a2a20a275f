//! rtcscope's analyzer: reads WebRTC dumps and says how the call was, without files, clocks or a network.
//!
//! ```text
//! bytes → input → model → extract ─┐ one file each, any number at once
//!                                              └→ correlate → judge → report
//! ```
//!
//! [`extract::Extractor`] takes a file's bytes and gives an [`extract::Extract`]; [`correlate::Calls`] takes
//! extracts and gives [`report::Report`]s. Nothing here does input or output, reads a clock or logs, so the
//! same code answers in a browser's worker and in the `analyze` command.

pub mod catalog;
pub mod correlate;
pub mod date;
pub mod detail;
pub mod error;
pub mod extract;
pub mod input;
pub mod judge;
pub mod limits;
pub mod model;
pub mod problems;
pub mod protocol;
pub mod report;
#[cfg(feature = "rtcstats-server")]
pub mod rtcstats_server;
#[cfg(feature = "worker")]
pub mod wasm;
