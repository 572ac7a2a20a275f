//! Reads a file slice by slice, reports progress, and describes why a file cannot be read.

use js_sys::{ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DedicatedWorkerGlobalScope, DomException, File};

use super::message;
use crate::error::Error;
use crate::extract::refused;
use crate::report::FileReport;
use crate::wire::{Failure, FromWorker};

/// Large enough that the browser's cost for each slice is negligible, small enough that progress is smooth.
const SLICE_BYTES: f64 = 2.0 * 1024.0 * 1024.0;

/// Progress is displayed: more frequent reports would not be visible.
const PROGRESS_EVERY_MS: f64 = 100.0;

/// A consumer of a file's bytes.
pub(super) trait SliceReader {
    /// Takes the next bytes.
    fn push(&mut self, bytes: &[u8]);
    /// The number of bytes of text so far.
    fn text_bytes(&self) -> u64;
}

/// Why a file could not be read.
pub(super) enum ReadFailure {
    /// The browser did not deliver the bytes; its reason.
    Unreadable(JsValue),
    /// The bytes are not a dump.
    Rejected(Error),
}

/// Reads a file to its end.
pub(super) async fn read(
    scope: &DedicatedWorkerGlobalScope,
    number: u32,
    file: &File,
    reader: &mut impl SliceReader,
) -> Result<(), ReadFailure> {
    let size = file.size();
    let mut chunk = Vec::new();
    let mut last_progress_ms = now_ms(scope);
    let mut position = 0.0;
    let mut slice = request(file, position, size)?;
    while let Some(promise) = slice {
        let buffer: ArrayBuffer =
            JsFuture::from(promise).await.map_err(ReadFailure::Unreadable)?.unchecked_into();
        position += f64::from(buffer.byte_length());
        // The browser reads the next slice while this one is parsed.
        slice = request(file, position, size)?;
        let bytes = Uint8Array::new(&buffer);
        chunk.resize(bytes.length() as usize, 0);
        bytes.copy_to(&mut chunk);
        reader.push(&chunk);
        let now = now_ms(scope);
        if now - last_progress_ms >= PROGRESS_EVERY_MS {
            last_progress_ms = now;
            report_progress(scope, number, position, reader.text_bytes());
        }
    }
    report_progress(scope, number, position, reader.text_bytes());
    Ok(())
}

/// Requests the slice at `position`; `None` at the end.
fn request(file: &Blob, position: f64, size: f64) -> Result<Option<Promise>, ReadFailure> {
    if position >= size {
        return Ok(None);
    }
    let slice = file
        .slice_with_f64_and_f64(position, (position + SLICE_BYTES).min(size))
        .map_err(ReadFailure::Unreadable)?;
    Ok(Some(slice.array_buffer().unchecked_into()))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a file's size is a whole number below 2^53"
)]
fn report_progress(scope: &DedicatedWorkerGlobalScope, file: u32, bytes: f64, text_bytes: u64) {
    message::post(scope, &FromWorker::Progress { file, bytes: bytes as u64, text_bytes });
}

fn now_ms(scope: &DedicatedWorkerGlobalScope) -> f64 {
    scope.performance().map_or(0.0, |clock| clock.now())
}

impl ReadFailure {
    /// Describes the failure for the user.
    pub(super) fn describe(&self, file: String) -> Failure {
        match self {
            Self::Rejected(error) => {
                Failure { file, title: capitalised(&error.title()), hint: error.hint().to_owned() }
            }
            Self::Unreadable(reason) => {
                let gone =
                    reason.dyn_ref::<DomException>().is_some_and(|reason| reason.name() == "NotFoundError");
                Failure {
                    file,
                    title: if gone {
                        "The file no longer exists at the place from which it was opened".to_owned()
                    } else {
                        "The file could not be read: it was changed, moved or locked since it was chosen"
                            .to_owned()
                    },
                    hint: "Open the file again.".to_owned(),
                }
            }
        }
    }
}

impl ReadFailure {
    /// The entry for the reports' list of files, if the file was refused.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a file's size is a whole number below 2^53"
    )]
    pub(super) fn report_entry(&self, file: &File) -> Option<FileReport> {
        match self {
            Self::Rejected(error) => Some(refused(&file.name(), file.size() as u64, error)),
            Self::Unreadable(_) => None,
        }
    }
}

fn capitalised(sentence: &str) -> String {
    let mut rest = sentence.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}
