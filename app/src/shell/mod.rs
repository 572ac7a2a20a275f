//! The frame around the views: instances, the address, commands, the theme, the layout, and all that touches the window.

pub mod address;
pub mod app;
pub mod browser;
pub mod commands;
pub mod drop_area;
pub mod instance;
pub mod keyboard;
pub mod layout;
pub mod mount;
pub mod navigation;
pub mod notices;
pub mod routes;
pub mod shortcuts;
pub mod theme;
pub mod top_bar;
