//! The service from outside: what it serves, what it hides, how it starts and stops.
#![expect(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod serves_the_page;
mod site;
mod starts_and_stops;
