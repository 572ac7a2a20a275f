//! Keeps the extracts of an open call and answers what the page asks of it.

use js_sys::{ArrayBuffer, Float32Array, Float64Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use web_sys::DedicatedWorkerGlobalScope;

use super::message;
use crate::extract::Extract;
use crate::wire::{ChartMetric, Failure, FromWorker};
use crate::workspace::Workspace;

/// The coordinator's memory: everything that was added.
#[derive(Debug, Default)]
pub(super) struct Coordinator {
    calls: Workspace,
}

impl Coordinator {
    /// Adds one file's extract.
    pub(super) fn add(&mut self, scope: &DedicatedWorkerGlobalScope, file: u32, payload: &JsValue) {
        match Extract::from_bytes(&Uint8Array::new(payload).to_vec()) {
            Ok(extract) => self.calls.add_as(file, extract),
            Err(error) => {
                let failure = Failure {
                    file: String::new(),
                    title: "This file's extract could not be used".to_owned(),
                    hint: error.hint().to_owned(),
                };
                message::post(scope, &FromWorker::Failed { file, failure });
            }
        }
    }

    /// Drops files of a load that is given up.
    pub(super) fn forget(&mut self, files: &[u32]) {
        self.calls.forget(files);
    }

    /// Builds the reports and tells what the page shows of them.
    pub(super) fn conclude(&mut self, scope: &DedicatedWorkerGlobalScope, request: u32) {
        self.calls.conclude();
        let trends: Vec<f32> = self.calls.trends().collect();
        let payload: ArrayBuffer = Float32Array::new_from_slice(&trends).buffer().unchecked_into();
        let mut conferences = self.calls.overviews();
        for (conference, overview) in conferences.iter_mut().enumerate() {
            for part in overview.take_parts() {
                message::post(scope, &FromWorker::Part { request, conference, part });
            }
        }
        let answer = FromWorker::Overview { request, conferences };
        message::post_with_buffer(scope, &answer, &payload);
    }

    /// Gives a participant's connections.
    pub(super) fn connections(
        &self,
        scope: &DedicatedWorkerGlobalScope,
        request: u32,
        conference: usize,
        participant: &str,
    ) {
        let connections = self.calls.connections(conference, participant);
        message::post(scope, &FromWorker::Connections { request, connections });
    }

    /// Gives one chart's columns.
    pub(super) fn chart(
        &self,
        scope: &DedicatedWorkerGlobalScope,
        request: u32,
        conference: usize,
        participant: &str,
        metric: ChartMetric,
    ) {
        let columns = self.calls.chart(conference, participant, metric);
        let values: Vec<f64> =
            columns.iter().flat_map(|column| column.times.iter().chain(&column.values)).copied().collect();
        let payload: ArrayBuffer = Float64Array::new_from_slice(&values).buffer().unchecked_into();
        let lines = columns.into_iter().map(|column| column.line).collect();
        message::post_with_buffer(scope, &FromWorker::Columns { request, lines }, &payload);
    }

    /// Gives the report as JSON text.
    pub(super) fn report_json(&self, scope: &DedicatedWorkerGlobalScope) {
        let payload = message::buffer_of(self.calls.report_json().as_bytes());
        message::post_with_buffer(scope, &FromWorker::ReportJson, &payload);
    }
}
