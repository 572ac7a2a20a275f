//! A detail worker: reads one file and keeps every numeric field of it for queries.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{DedicatedWorkerGlobalScope, File};

use super::message;
use super::slices::{self, ReadFailure, SliceReader};
use crate::detail::{Detail, DetailReader};
use crate::problems::ProblemKind;
use crate::query::{OpenDetail, Sources};
use crate::wire::FromWorker;

/// Reads a file, keeps its fields and reports that they can be queried, or why not.
pub(super) async fn open(
    scope: DedicatedWorkerGlobalScope,
    sources: Rc<RefCell<Sources>>,
    number: u32,
    file: File,
    offset_ms: f64,
) {
    let result = match read(&scope, number, &file).await {
        Ok(detail) => {
            let fields = u32::try_from(detail.columns.len()).unwrap_or(u32::MAX);
            let cut = detail.problems.count(ProblemKind::OverLimit) > 0;
            sources.borrow_mut().detail = Some(OpenDetail { detail, offset_ms });
            FromWorker::DetailReady { file: number, fields, cut }
        }
        Err(reason) => {
            FromWorker::Failed { file: number, failure: reason.describe(file.name()), entry: None }
        }
    };
    message::post(&scope, &result);
}

async fn read(scope: &DedicatedWorkerGlobalScope, number: u32, file: &File) -> Result<Detail, ReadFailure> {
    let mut reader = DetailReader::default();
    slices::read(scope, number, file, &mut reader).await?;
    reader.finish().map_err(ReadFailure::Rejected)
}

impl SliceReader for DetailReader {
    fn push(&mut self, bytes: &[u8]) {
        Self::push(self, bytes);
    }

    fn text_bytes(&self) -> u64 {
        Self::text_bytes(self)
    }
}
