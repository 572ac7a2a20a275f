//! The views of the page, one folder each.

pub mod conference;
pub mod fields;
pub mod files;
pub mod findings;
pub mod home;
pub mod loading;
pub mod participant;
pub mod participants;
pub mod timeline;
