//! The built page in a real Chromium: what a person sees, what leaves the page, what is saved.
#![expect(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod harness;
