//! The sample call, fetched from the page's server: no other files are ever fetched.

use std::cell::Cell;
use std::collections::BTreeMap;

use futures_util::future::try_join_all;
use gloo_net::http::{Request, Response};
use js_sys::{Array, JSON, Object, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, AbortSignal, File};

use crate::shell::browser;

/// The list of the sample's files with their sizes.
const INDEX: &str = "samples.json";
const FOLDER: &str = "samples/";

/// A running fetch. Dropping it aborts the fetch.
#[derive(Debug)]
pub struct Fetch(AbortController);

/// Why the sample could not be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// The server did not answer, or the connection ended before the end of a file.
    Unreachable,
    /// The server does not have the sample.
    Missing,
}

impl Fetch {
    /// Prepares a fetch; `None` if the browser does not support aborting one.
    #[must_use]
    pub fn new() -> Option<Self> {
        AbortController::new().ok().map(Self)
    }

    /// The signal that aborts requests when this is dropped.
    #[must_use]
    pub fn signal(&self) -> AbortSignal {
        self.0.signal()
    }
}

impl Drop for Fetch {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Fetches all files of the sample concurrently. `on_progress` receives the bytes fetched so far and their total.
///
/// # Errors
/// If one of the files cannot be fetched completely.
pub async fn fetch_sample(
    signal: AbortSignal,
    on_progress: impl Fn(u64, u64),
) -> Result<Vec<File>, FetchError> {
    let index = get(INDEX, &signal).await?.text().await.map_err(|_| FetchError::Unreachable)?;
    let index = sizes(&index).ok_or(FetchError::Missing)?;
    let total = index.values().sum();
    let fetched = Cell::new(0);
    on_progress(0, total);
    let files = index.iter().map(|(name, bytes)| {
        let (signal, fetched, on_progress) = (&signal, &fetched, &on_progress);
        async move {
            let content = get(&format!("{FOLDER}{name}"), signal).await?.binary().await;
            fetched.set(fetched.get() + bytes);
            on_progress(fetched.get(), total);
            file(name, &content.map_err(|_| FetchError::Unreachable)?)
        }
    });
    try_join_all(files).await
}

/// The sizes by name. The browser parses the JSON: a parser of our own would add code to the first page load.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size is a whole number")]
fn sizes(index: &str) -> Option<BTreeMap<String, u64>> {
    let index: Object = JSON::parse(index).ok()?.dyn_into().ok()?;
    let size = |entry: JsValue| {
        let entry = Array::from(&entry);
        Some((entry.get(0).as_string()?, entry.get(1).as_f64()? as u64))
    };
    Object::entries(&index).iter().map(size).collect()
}

async fn get(name: &str, signal: &AbortSignal) -> Result<Response, FetchError> {
    let address = browser::beside_page(name).ok_or(FetchError::Unreachable)?;
    let response = Request::get(&address).abort_signal(Some(signal)).send().await;
    let response = response.map_err(|_| FetchError::Unreachable)?;
    if response.ok() { Ok(response) } else { Err(FetchError::Missing) }
}

fn file(name: &str, content: &[u8]) -> Result<File, FetchError> {
    let parts = Array::of1(&Uint8Array::new_from_slice(content));
    File::new_with_u8_array_sequence(&parts, name).map_err(|_| FetchError::Missing)
}
