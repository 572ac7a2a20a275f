//! The whole report as JSON text, for export.

use serde::{Deserialize, Serialize};

use crate::report::{REPORT_VERSION, Reports};
use crate::wire::{Answer, Payload, Query};
use crate::workspace::Workspace;

/// Asks for the report, or the list of reports if there are several conferences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportJson;

/// A report as JSON text.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportText {
    /// The text, `null` if there is no report. It is the payload of the answer, and the page leaves it there: it offers
    /// the buffer as a download without copying it.
    #[serde(skip)]
    pub text: String,
}

impl Query for ReportJson {
    type Source = Workspace;
    type Answer = ReportText;

    fn answer(&self, workspace: &Workspace) -> ReportText {
        let text = match workspace.reports() {
            [one] => serde_json::to_string_pretty(one),
            many => {
                serde_json::to_string_pretty(&Reports { version: REPORT_VERSION, reports: many.to_vec() })
            }
        };
        ReportText { text: text.unwrap_or_else(|_| "null".to_owned()) }
    }
}

impl Answer for ReportText {
    fn take_payload(&mut self) -> Payload {
        Payload::Bytes(std::mem::take(&mut self.text).into_bytes())
    }
}
