//! Reads a file by slices, tells how far it is, and says in words why one cannot be read.

use js_sys::{ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DedicatedWorkerGlobalScope, DomException, File};

use super::message;
use crate::error::Error;
use crate::wire::{Failure, FromWorker};

/// Large enough that the browser's work per slice disappears, small enough that progress is smooth.
const SLICE_BYTES: f64 = 2.0 * 1024.0 * 1024.0;

/// Progress is for eyes.
const PROGRESS_EVERY_MS: f64 = 100.0;

/// Whoever reads the bytes.
pub(super) trait Reader {
    /// Takes the next bytes.
    fn push(&mut self, bytes: &[u8]);
    /// Bytes of text so far.
    fn text_bytes(&self) -> u64;
}

/// Why a file gave nothing.
pub(super) enum Trouble {
    /// The browser would not give its bytes.
    Unreadable(JsValue),
    /// Its bytes are no dump.
    Rejected(Error),
}

/// Reads a file to its end.
pub(super) async fn read(
    scope: &DedicatedWorkerGlobalScope,
    number: u32,
    file: &File,
    reader: &mut impl Reader,
) -> Result<(), Trouble> {
    let size = file.size();
    let mut chunk = Vec::new();
    let mut last_progress_ms = now_ms(scope);
    let mut position = 0.0;
    let mut slice = request(file, position, size)?;
    while let Some(promise) = slice {
        let buffer: ArrayBuffer =
            JsFuture::from(promise).await.map_err(Trouble::Unreadable)?.unchecked_into();
        position += f64::from(buffer.byte_length());
        // The next slice is on its way while this one is parsed.
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

/// Asks for the slice at `position`; `None` at the end.
fn request(file: &Blob, position: f64, size: f64) -> Result<Option<Promise>, Trouble> {
    if position >= size {
        return Ok(None);
    }
    let slice = file
        .slice_with_f64_and_f64(position, (position + SLICE_BYTES).min(size))
        .map_err(Trouble::Unreadable)?;
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

impl Trouble {
    /// The same for whoever chose the file.
    pub(super) fn in_words(&self, file: String) -> Failure {
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
                        "The file is gone".to_owned()
                    } else {
                        "The file could not be read: it was changed, moved or locked since it was chosen"
                            .to_owned()
                    },
                    hint: "Drop it again.".to_owned(),
                }
            }
        }
    }
}

fn capitalised(sentence: &str) -> String {
    let mut rest = sentence.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}
