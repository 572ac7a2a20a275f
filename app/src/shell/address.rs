//! The URL fragment as it stands in the address bar, for the one instance of the document that owns it.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::{History, Location};

use super::routes::Route;

/// Reads and writes the fragment. Where it belongs to another instance, reading gives the default and writing does
/// nothing.
#[derive(Clone, Copy, Debug)]
pub struct AddressBar {
    owned: bool,
}

impl AddressBar {
    /// The fragment of this document, if the instance owns it.
    #[must_use]
    pub fn new(owned: bool) -> Self {
        Self { owned }
    }

    /// The route that the address names.
    #[must_use]
    pub fn route(self) -> Route {
        let fragment = self.location().and_then(|location| location.hash().ok());
        Route::parse(&fragment.unwrap_or_default())
    }

    /// Adds a route to the browser's history, without a reload.
    pub fn push(self, route: &Route) {
        if let Some((history, url)) = self.history_and_url(route) {
            let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&url));
        }
    }

    /// Replaces the current entry of the browser's history.
    pub fn replace(self, route: &Route) {
        if let Some((history, url)) = self.history_and_url(route) {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&url));
        }
    }

    /// Calls back when the user goes back or forth, or edits the fragment, until the current owner is disposed of.
    pub fn on_change(self, changed: impl Fn() + Clone + 'static) {
        if self.owned {
            let again = changed.clone();
            let on_pop = window_event_listener(ev::popstate, move |_| changed());
            let on_hash = window_event_listener(ev::hashchange, move |_| again());
            on_cleanup(move || {
                on_pop.remove();
                on_hash.remove();
            });
        }
    }

    fn location(self) -> Option<Location> {
        self.owned.then(web_sys::window).flatten().map(|window| window.location())
    }

    fn history_and_url(self, route: &Route) -> Option<(History, String)> {
        let location = self.location()?;
        let fragment = route.fragment();
        let url = if fragment.is_empty() {
            // "#" alone would scroll to the top; the path without a fragment leaves the page as it is.
            location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
        } else {
            format!("#{fragment}")
        };
        Some((web_sys::window()?.history().ok()?, url))
    }
}
