//! Which call it is: its title, its time and the verdict.

pub mod heading;
pub mod sample_notice;
