//! Shared support of the whole-product tests: where things are, simulated calls, the native answer, the page in a
//! real browser.

#[cfg(feature = "browser")]
pub mod browser;
#[cfg(feature = "browser")]
pub mod bystander;
pub mod corpus;
pub mod difference;
pub mod native;
#[cfg(feature = "browser")]
pub mod rtcscope;
pub mod scoring;
pub mod scratch;
pub mod simulator;
#[cfg(feature = "browser")]
pub mod site;
pub mod tale;
#[cfg(feature = "browser")]
pub mod worker_words;
pub mod workspace;
