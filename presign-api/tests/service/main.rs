//! Tests of the service over HTTP: served files, hidden files, start and shutdown.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod serves_the_page;
mod site;
mod starts_and_stops;
