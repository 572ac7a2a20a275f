//! Workers as typed, disposable peers: started, waited for, asked, and ended by dropping their handle.

mod message;
mod peer;
mod program;
pub mod roster;

pub use message::Answer;
pub use peer::{Peer, Said};
pub use program::prepare;
