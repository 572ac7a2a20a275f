//! The coordinator: keeps the extracts of the open call.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::JsValue;
use web_sys::DedicatedWorkerGlobalScope;

use super::message;
use crate::extract::Extract;
use crate::wire::{Failure, FromWorker};
use crate::workspace::Workspace;

/// Adds the extract of one file; reports a failure if it cannot be decoded.
pub(super) fn add(
    scope: &DedicatedWorkerGlobalScope,
    workspace: &mut Workspace,
    file: u32,
    payload: &JsValue,
) {
    match Extract::from_bytes(&Uint8Array::new(payload).to_vec()) {
        Ok(extract) => workspace.add_as(file, extract),
        Err(error) => {
            let failure = Failure {
                file: String::new(),
                title: "What was read from this file could not be added to the report".to_owned(),
                hint: error.hint().to_owned(),
            };
            message::post(scope, &FromWorker::Failed { file, failure, entry: None });
        }
    }
}
