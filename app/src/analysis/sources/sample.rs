//! The sample call, which is served beside the page: the only files that are ever fetched.

use std::cell::Cell;
use std::collections::BTreeMap;

use futures_util::future::try_join_all;
use gloo_net::http::{Request, Response};
use js_sys::{Array, JSON, Object, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, AbortSignal, File};

use crate::shell::browser;

/// The sample's files with their sizes.
const INDEX: &str = "samples.json";
const FOLDER: &str = "samples/";

/// A fetch that goes on until this is dropped.
#[derive(Debug)]
pub struct Fetch(AbortController);

/// Why the sample is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The server did not answer, or the answer broke off.
    Unreachable,
    /// The server answered, but not with the sample.
    Missing,
}

impl Fetch {
    /// One that has not begun; `None` where the browser cannot.
    #[must_use]
    pub fn new() -> Option<Self> {
        AbortController::new().ok().map(Self)
    }

    /// What tells the browser that it is dropped.
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

/// Fetches the sample's files, all at once, and tells of the bytes that are here and of how many there are.
///
/// # Errors
/// When one of them does not come whole.
pub async fn fetch_sample(signal: AbortSignal, tell: impl Fn(u64, u64)) -> Result<Vec<File>, Refused> {
    let index = answer(INDEX, &signal).await?.text().await.map_err(|_| Refused::Unreachable)?;
    let index = sizes(&index).ok_or(Refused::Missing)?;
    let total = index.values().sum();
    let here = Cell::new(0);
    tell(0, total);
    let files = index.iter().map(|(name, bytes)| {
        let (signal, here, tell) = (&signal, &here, &tell);
        async move {
            let content = answer(&format!("{FOLDER}{name}"), signal).await?.binary().await;
            here.set(here.get() + bytes);
            tell(here.get(), total);
            file(name, &content.map_err(|_| Refused::Unreachable)?)
        }
    });
    try_join_all(files).await
}

/// Sizes by name, read by the browser: a reader of JSON would be code to load before anything is shown.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size is a whole number")]
fn sizes(index: &str) -> Option<BTreeMap<String, u64>> {
    let index: Object = JSON::parse(index).ok()?.dyn_into().ok()?;
    let size = |entry: JsValue| {
        let entry = Array::from(&entry);
        Some((entry.get(0).as_string()?, entry.get(1).as_f64()? as u64))
    };
    Object::entries(&index).iter().map(size).collect()
}

async fn answer(name: &str, signal: &AbortSignal) -> Result<Response, Refused> {
    let address = browser::beside_page(name).ok_or(Refused::Unreachable)?;
    let answer = Request::get(&address).abort_signal(Some(signal)).send().await;
    answer
        .ok()
        .ok_or(Refused::Unreachable)
        .and_then(|answer| Some(answer).filter(Response::ok).ok_or(Refused::Missing))
}

fn file(name: &str, content: &[u8]) -> Result<File, Refused> {
    let parts = Array::of1(&Uint8Array::new_from_slice(content));
    File::new_with_u8_array_sequence(&parts, name).map_err(|_| Refused::Missing)
}
