//! Reads one file and hands its extract over.

use web_sys::{DedicatedWorkerGlobalScope, File};

use super::message;
use super::slices::{self, Reader, Trouble};
use crate::extract::{Extract, Extractor};
use crate::wire::FromWorker;

/// Reads a file and answers with its extract, or with why there is none.
pub(super) async fn extract(scope: DedicatedWorkerGlobalScope, number: u32, file: File) {
    match read(&scope, number, &file).await {
        Ok(extract) => {
            let payload = message::buffer_of(&extract.to_bytes());
            message::post_with_buffer(&scope, &FromWorker::Extracted { file: number }, &payload);
        }
        Err(trouble) => {
            let failure = trouble.in_words(file.name());
            message::post(&scope, &FromWorker::Failed { file: number, failure });
        }
    }
}

async fn read(scope: &DedicatedWorkerGlobalScope, number: u32, file: &File) -> Result<Extract, Trouble> {
    let mut extractor = Extractor::new(&file.name());
    slices::read(scope, number, file, &mut extractor).await?;
    extractor.finish().map_err(Trouble::Rejected)
}

impl Reader for Extractor {
    fn push(&mut self, bytes: &[u8]) {
        Self::push(self, bytes);
    }

    fn text_bytes(&self) -> u64 {
        Self::text_bytes(self)
    }
}
