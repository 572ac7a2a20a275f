//! A real Chromium, driven over its DevTools pipe: page and workers alike.
//!
//! The protocol is spoken here and not by a library because the workers' own sessions are the point: the known
//! crates resume a worker before anybody can listen to it, and let nobody command it.

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
