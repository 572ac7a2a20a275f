//! A real Chromium, driven over its DevTools pipe: page and workers alike.
//!
//! The protocol is implemented here because these tests need the sessions of workers: the available
//! crates resume a worker before its events can be enabled, and send it no commands.

mod connection;
mod find;
mod input;
mod journal;
mod page;
mod process;

pub use find::{CHROMIUM_VAR, find};
pub use input::{Held, Viewport};
pub use journal::{Message, Request, Target};
pub use page::{Network, Page};
