//! The page of rtcscope: takes dumps, has workers read them, and lays out the report.
//!
//! It computes layout only. Everything that it shows about a call comes from `analyzer-wasm`, over the worker protocol.

pub mod charts;
pub mod components;
pub mod format;
pub mod session;
pub mod shell;
pub mod source;
pub mod state;
pub mod views;
pub mod worker;
