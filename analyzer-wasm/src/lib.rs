//! rtcscope's analyzer: reads WebRTC dumps and says how the call was, without files, clocks or a network.
//!
//! ```text
//! bytes → input → model → extract ─┐ one file each, any number at once
//!                                  └→ sessions → clocks → participants → events → conference ⇄ judge → report
//! ```
//!
//! [`extract::Extractor`] takes a file's bytes and gives an [`extract::Extract`]; [`workspace::Workspace`] takes
//! extracts and gives [`report::Report`]s. Nothing here does input or output, reads a clock or logs, so the
//! same code answers in a browser's worker and in the `analyze` command.

pub mod catalog;
pub mod civil_date;
mod clocks;
mod conference;
pub mod detail;
pub mod error;
mod events;
pub mod extract;
pub mod input;
pub mod judge;
pub mod limits;
mod median;
pub mod model;
mod participants;
pub mod problems;
pub mod query;
pub mod report;
#[cfg(feature = "rtcstats-server")]
pub mod rtcstats_server;
mod sessions;
pub mod time_span;
pub mod wire;
pub mod wording;
#[cfg(feature = "worker")]
pub mod worker;
pub mod workspace;
