//! Peer connections of a client's dump: their RTP streams and candidate pairs, and totals over all of them.

mod connection;
mod path;
mod received;
mod sender_clocks;
mod sent;
mod stream;
mod streams;
mod totals;
mod transport;

pub(super) use connection::ConnectionState;
pub use sender_clocks::SenderClockOffset;
pub use totals::Totals;
pub use transport::PairChoice;
pub(crate) use transport::{kind_of, protocol_of};
