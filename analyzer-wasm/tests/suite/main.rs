//! Tests of the analyzer from outside: bytes in, reports out.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic is how a test fails"
)]

mod bounds;
mod bridges;
mod chunking;
mod clocks;
mod damage;
mod detail;
mod docs;
mod events;
mod findings;
mod focuses;
mod formats;
mod forms;
mod framing;
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
mod times;
mod vectors;
