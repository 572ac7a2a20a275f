//! Mounts an analyzer into an element of a document, from Rust or from a script.

use std::any::Any;

use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

use super::app::App;

/// How an instance behaves in its document.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether the URL fragment belongs to this instance: it is read, followed and written. At most one instance of a
    /// document may own it; the others keep their state to themselves.
    pub owns_address: bool,
}

/// A mounted instance. Dropping it removes it from the document and ends its workers.
#[wasm_bindgen]
pub struct Mounted {
    _view: Box<dyn Any>,
}

/// Mounts an analyzer as the last child of an element.
#[must_use]
pub fn mount(root: HtmlElement, options: Options) -> Mounted {
    let parent = root.clone();
    let view = leptos::mount::mount_to(parent, move || view! { <App root=root options=options /> });
    Mounted { _view: Box::new(view) }
}

/// Mounts another analyzer into an element, for scripts: `wasmBindings.mountAnalyzer(element)` once the page has
/// started. It does not own the address.
#[wasm_bindgen(js_name = mountAnalyzer)]
#[must_use]
pub fn mount_analyzer(root: HtmlElement) -> Mounted {
    mount(root, Options::default())
}

#[wasm_bindgen]
impl Mounted {
    /// Removes the instance from the document and ends its workers.
    pub fn unmount(self) {
        drop(self);
    }
}

impl Mounted {
    /// Keeps the instance for as long as the document lives.
    pub fn keep(self) {
        std::mem::forget(self);
    }
}

impl std::fmt::Debug for Mounted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mounted")
    }
}
