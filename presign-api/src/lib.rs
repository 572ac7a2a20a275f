//! The web service: it serves the built page with its security headers.
//!
//! [`router`] builds the routes; [`bind`] and [`serve`] run them on a TCP socket.

mod assets;
mod config;
mod error;
mod routes;
mod server;

pub use assets::HeaderRuleError;
pub use config::{BasePath, Config};
pub use error::StartError;
pub use routes::router;
pub use server::{bind, serve};
