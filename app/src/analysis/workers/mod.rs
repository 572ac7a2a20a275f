//! Web Workers: how they are started, which work each one gets, and the handles that end them when dropped.

mod coordinator;
mod detail_store;
mod handle;
pub(super) mod message;
mod pool;
pub(super) mod registry;
mod scheduler;

pub use detail_store::DetailState;
