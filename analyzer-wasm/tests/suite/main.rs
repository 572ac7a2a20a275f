//! Tests of the analyzer from outside: bytes in, reports out.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that meets what it did not expect has failed"
)]

mod bounds;
mod bridges;
mod chunking;
mod clocks;
mod damage;
mod detail;
mod events;
mod findings;
mod focuses;
mod forms;
mod golden;
mod intervals;
mod logs;
mod normalization;
mod overview;
mod parts;
mod people;
mod queries;
mod rates;
mod senders;
mod server_dump;
mod servers;
mod support;
mod vectors;
