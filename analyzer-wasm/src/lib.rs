//! rtcscope's analyzer: reads WebRTC dumps and judges calls.

pub mod correlate;
pub mod error;
pub mod extract;
pub mod protocol;
pub mod report;
#[cfg(feature = "worker")]
pub mod wasm;
