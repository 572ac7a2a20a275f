//! Tests of the features that rtcstats-server would extract from a dump: special cases, damage, rows, the command.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a panic is how a test fails")]

mod command;
mod connections;
mod damage;
mod dump;
mod rows;
mod servers;
mod session;
mod tracks;
