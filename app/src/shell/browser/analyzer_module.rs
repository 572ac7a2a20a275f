//! The WebAssembly module of the analyzer: fetched and compiled once per document, then posted to every worker of every
//! instance.

use std::cell::RefCell;

use gloo_net::http::Request;
use js_sys::{Promise, Uint8Array, WebAssembly};
use wasm_bindgen::{JsError, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::Response;

use super::beside_page;

/// The name has no hash, hence the version in each worker's first message.
const MODULE: &str = "analyzer-worker_bg.wasm";
const MODULE_TYPE: &str = "application/wasm";

thread_local! {
    static COMPILED: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Starts to fetch and compile the module, unless that was done before.
pub fn prepare_analyzer() {
    drop(compiled());
}

/// The compiled module.
///
/// # Errors
/// If it cannot be fetched or compiled; the next call tries again.
pub async fn analyzer_module() -> Result<JsValue, JsValue> {
    let module = JsFuture::from(compiled()).await;
    if module.is_err() {
        COMPILED.take();
    }
    module
}

fn compiled() -> Promise {
    COMPILED.with_borrow_mut(|compiled| {
        compiled.get_or_insert_with(|| future_to_promise(async { compile().await })).clone()
    })
}

async fn compile() -> Result<JsValue, JsValue> {
    let address = beside_page(MODULE).ok_or_else(|| JsError::new("the page has no address"))?;
    let response = Request::get(&address).send().await.map_err(JsError::from)?;
    if !response.ok() {
        return Err(JsError::new(&format!("{MODULE}: {}", response.status())).into());
    }
    let streams = response.headers().get("content-type").as_deref() == Some(MODULE_TYPE);
    let module = if streams {
        let response: JsValue = Response::from(response).into();
        WebAssembly::compile_streaming(&Promise::resolve(&response))
    } else {
        // Browsers compile while streaming only if the server sends the right content type.
        let bytes = response.binary().await.map_err(JsError::from)?;
        WebAssembly::compile(&Uint8Array::new_from_slice(&bytes).into())
    };
    JsFuture::from(module).await
}
