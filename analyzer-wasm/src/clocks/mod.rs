//! Clock offsets: what is added to the times of each dump to get the conference's time.

mod agreement;
mod alignment;
mod header_stamp;
mod report_senders;
mod server_clocks;
mod server_observations;

pub(crate) use alignment::client_clocks;
pub(crate) use header_stamp::{header_clock, is_restamped};
pub(crate) use server_clocks::ServerClocks;
