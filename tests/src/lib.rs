//! Shared support of the whole-product tests: paths, the driver of the analyzer, scores of simulated calls, the
//! page in a real browser.

#[cfg(feature = "browser")]
pub mod browser;
pub mod corpus;
pub mod difference;
pub mod driver;
pub mod dump;
#[cfg(feature = "browser")]
pub mod foreign_origin;
#[cfg(feature = "browser")]
pub mod page_checks;
pub mod report_content;
#[cfg(feature = "browser")]
pub mod rtcscope;
pub mod scoring;
pub mod scratch;
#[cfg(feature = "browser")]
pub mod site;
#[cfg(feature = "browser")]
pub mod worker_messages;
pub mod workspace;

// For the macros of this crate.
#[doc(hidden)]
pub use serde_json;
