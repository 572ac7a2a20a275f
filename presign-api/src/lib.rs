//! The service beside the page: today it serves the built page with its security headers.
//!
//! [`router`] is everything it answers; [`bind`] and [`serve`] put that on a socket.

mod assets;
mod config;
mod error;
mod server;

pub use assets::{HeaderRuleError, router};
pub use config::{BasePath, Config};
pub use error::StartError;
pub use server::{bind, serve};
