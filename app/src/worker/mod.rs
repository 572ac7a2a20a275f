//! Workers as typed, disposable peers: started, waited for, asked, and ended by dropping their handle.

mod message;
mod peer;
pub mod roster;

pub use message::Answer;
pub use peer::{Peer, Said};
