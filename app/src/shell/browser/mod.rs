//! What the page needs of the browser, each as a small typed thing that cleans up after itself.

mod download;
mod near;
mod timing;
mod width;

pub use download::download;
pub use near::watch_near;
pub use timing::{after_paint, clear_measures, measure, when_idle};
pub use width::watch_width;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, EventTarget, History, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Milliseconds on the page's own clock, which only moves forward.
#[must_use]
pub fn now_ms() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// The address of a file that is served beside the page, under whatever path that is.
#[must_use]
pub fn beside_page(name: &str) -> Option<String> {
    let base = web_sys::window()?.document()?.base_uri().ok()??;
    Some(web_sys::Url::new_with_base(name, &base).ok()?.href())
}

/// How many workers the machine can run at once.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
pub fn cores() -> usize {
    web_sys::window().map_or(1, |window| window.navigator().hardware_concurrency() as usize)
}

/// The user's zone at a moment, in minutes east of UTC.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "at most a day of minutes")]
pub fn zone_minutes(epoch_ms: f64) -> i32 {
    -js_sys::Date::new(&JsValue::from_f64(epoch_ms)).get_timezone_offset() as i32
}

/// The URL's fragment with its `#`.
#[must_use]
pub fn fragment() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Puts a fragment into the address without a reload; the way back stays open.
pub fn push_fragment(fragment: &str) {
    let Some((history, address)) = history_and_address(fragment) else { return };
    let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&address));
}

/// Puts a fragment into the address in place of the one that is there.
pub fn replace_fragment(fragment: &str) {
    let Some((history, address)) = history_and_address(fragment) else { return };
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
}

fn history_and_address(fragment: &str) -> Option<(History, String)> {
    let window = web_sys::window()?;
    let address = if fragment.is_empty() {
        // Only "#" would scroll to the top; the path alone keeps the page as it is.
        window.location().pathname().unwrap_or_default() + &window.location().search().unwrap_or_default()
    } else {
        format!("#{fragment}")
    };
    Some((window.history().ok()?, address))
}

/// Brings an element to the middle of the screen; the focus stays where it is.
pub fn scroll_to(selector: &str) {
    let found = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector(selector).ok().flatten());
    if let Some(element) = found {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        options.set_behavior(ScrollBehavior::Instant);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Whether keys pressed there are text.
#[must_use]
pub fn takes_text(target: &EventTarget) -> bool {
    let element = target.dyn_ref::<Element>();
    element.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}
