//! An extract worker: reads one file at a time and hands its extract over.

use js_sys::Uint8Array;
use web_sys::{DedicatedWorkerGlobalScope, File};

use super::message;
use super::slices::{self, ReadFailure, SliceReader};
use crate::extract::{Extract, Extractor};
use crate::wire::FromWorker;

/// Reads a file and sends its extract, or why there is none.
pub(super) async fn extract(scope: DedicatedWorkerGlobalScope, number: u32, file: File) {
    match read(&scope, number, &file).await {
        Ok(extract) => {
            let payload = Uint8Array::new_from_slice(&extract.to_bytes()).buffer();
            message::post_with_buffer(&scope, &FromWorker::Extracted { file: number }, &payload);
        }
        Err(reason) => {
            let entry = reason.report_entry(&file).map(Box::new);
            let failure = reason.describe(file.name());
            message::post(&scope, &FromWorker::Failed { file: number, failure, entry });
        }
    }
}

async fn read(scope: &DedicatedWorkerGlobalScope, number: u32, file: &File) -> Result<Extract, ReadFailure> {
    let mut extractor = Extractor::new(&file.name());
    slices::read(scope, number, file, &mut extractor).await?;
    extractor.finish().map_err(ReadFailure::Rejected)
}

impl SliceReader for Extractor {
    fn push(&mut self, bytes: &[u8]) {
        Self::push(self, bytes);
    }

    fn text_bytes(&self) -> u64 {
        Self::text_bytes(self)
    }
}
