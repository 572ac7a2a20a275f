//! The page of rtcscope: takes dumps, has workers read them, and lays out the report.
//!
//! It computes layout only. Everything that it shows about a call comes from `analyzer-wasm`, over the worker protocol.

pub mod analysis;
pub mod charts;
pub mod components;
pub mod format;
pub mod shell;
pub mod state;
pub mod views;
