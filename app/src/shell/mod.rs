//! The frame around the views: what is shown when, the address, the theme, and everything that touches the window.

pub mod app;
pub mod browser;
pub mod drop_area;
pub mod notices;
pub mod open_call;
pub mod routes;
pub mod theme;
pub mod top_bar;
