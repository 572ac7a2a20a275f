//! Keeps every numeric field of one file, and answers searches for them.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{ArrayBuffer, Float64Array};
use wasm_bindgen::JsCast;
use web_sys::{DedicatedWorkerGlobalScope, File};

use super::message;
use super::slices::{self, Reader, Trouble};
use crate::detail::{Detail, DetailReader};
use crate::problems::ProblemKind;
use crate::wire::FromWorker;

/// The file that was read, if one was.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    kept: Option<(Detail, f64)>,
}

/// Reads a file and keeps its fields; their times are moved by the offset.
pub(super) async fn keep(
    scope: DedicatedWorkerGlobalScope,
    shelf: Rc<RefCell<Shelf>>,
    number: u32,
    file: File,
    offset_ms: f64,
) {
    let answer = match read(&scope, number, &file).await {
        Ok(detail) => {
            let fields = u32::try_from(detail.columns.len()).unwrap_or(u32::MAX);
            let cut = detail.problems.count(ProblemKind::OverLimit) > 0;
            shelf.borrow_mut().kept = Some((detail, offset_ms));
            FromWorker::Detailed { file: number, fields, cut }
        }
        Err(trouble) => FromWorker::Failed { file: number, failure: trouble.in_words(file.name()) },
    };
    message::post(&scope, &answer);
}

async fn read(scope: &DedicatedWorkerGlobalScope, number: u32, file: &File) -> Result<Detail, Trouble> {
    let mut reader = DetailReader::default();
    slices::read(scope, number, file, &mut reader).await?;
    reader.finish().map_err(Trouble::Rejected)
}

impl Shelf {
    /// Looks for fields.
    pub(super) fn search(&self, scope: &DedicatedWorkerGlobalScope, request: u32, words: &str, limit: u32) {
        let found = self.kept.as_ref().map(|(detail, _)| detail.search(words, limit as usize));
        let (total, matches) = found.unwrap_or_default();
        let total = u32::try_from(total).unwrap_or(u32::MAX);
        message::post(scope, &FromWorker::Found { request, total, matches });
    }

    /// Gives the columns of fields.
    pub(super) fn fields(&self, scope: &DedicatedWorkerGlobalScope, request: u32, fields: &[u32]) {
        let (mut lines, mut numbers) = (Vec::new(), Vec::new());
        if let Some((detail, offset_ms)) = &self.kept {
            for (line, times, values) in
                fields.iter().filter_map(|field| detail.line(*field as usize, *offset_ms))
            {
                lines.push(line);
                numbers.extend(times);
                numbers.extend(values);
            }
        }
        let payload: ArrayBuffer = Float64Array::new_from_slice(&numbers).buffer().unchecked_into();
        message::post_with_buffer(scope, &FromWorker::Columns { request, lines }, &payload);
    }
}

impl Reader for DetailReader {
    fn push(&mut self, bytes: &[u8]) {
        Self::push(self, bytes);
    }

    fn text_bytes(&self) -> u64 {
        Self::text_bytes(self)
    }
}
