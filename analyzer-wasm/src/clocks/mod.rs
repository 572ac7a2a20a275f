//! Clock offsets: what is added to the times of each dump to get times on the conference's clock.

mod agreement;
mod alignment;
mod clock_differences;
mod header_stamp;
mod offset_observation;
mod report_senders;
mod server_clocks;
mod server_observations;

pub(crate) use alignment::client_clocks;
pub(crate) use header_stamp::{header_clock, is_restamped};
pub(crate) use server_clocks::ServerClocks;
