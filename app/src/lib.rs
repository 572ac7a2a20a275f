//! rtcscope's page: takes dumps, lets workers read them, and lays out what they say.
//!
//! It computes layout only. Everything that is told of a call comes from `analyzer-wasm`, over its worker protocol.

pub mod analysis;
pub mod app;
pub mod browser;
pub mod charts;
pub mod components;
pub mod format;

pub mod state;
pub mod views;
