//! What the page uses of the browser, as small typed functions. Observers end with the reactive owner.

mod analyzer_module;
mod color_scheme;
mod download;
mod near;
mod timing;
mod width;

pub use analyzer_module::{analyzer_module, prepare_analyzer};
pub use color_scheme::watch_color_scheme;
pub use download::download;
pub use near::watch_near;
pub use timing::{after_paint, clear_measures, measure, when_idle};
pub use width::watch_width;

use wasm_bindgen::JsValue;
use web_sys::{CssStyleDeclaration, Element, HtmlElement};

/// Milliseconds on the document's monotonic clock (`performance.now`).
#[must_use]
pub fn now_ms() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// The URL of a file that is served beside the page.
#[must_use]
pub fn beside_page(name: &str) -> Option<String> {
    let base = web_sys::window()?.document()?.base_uri().ok()??;
    Some(web_sys::Url::new_with_base(name, &base).ok()?.href())
}

/// Device pixels per CSS pixel, at least 1.
#[must_use]
pub fn device_pixel_ratio() -> f64 {
    web_sys::window().map_or(1.0, |window| window.device_pixel_ratio()).max(1.0)
}

/// The number of logical processors.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
pub fn cores() -> usize {
    web_sys::window().map_or(1, |window| window.navigator().hardware_concurrency() as usize)
}

/// The user's time zone at a time, in minutes east of UTC.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "at most a day of minutes")]
pub fn zone_minutes(epoch_ms: f64) -> i32 {
    -js_sys::Date::new(&JsValue::from_f64(epoch_ms)).get_timezone_offset() as i32
}

/// The body of the document.
#[must_use]
pub fn body() -> Option<HtmlElement> {
    web_sys::window()?.document()?.body()
}

/// The style of an element as the browser computed it.
#[must_use]
pub fn computed_style(element: &Element) -> Option<CssStyleDeclaration> {
    web_sys::window()?.get_computed_style(element).ok()?
}
