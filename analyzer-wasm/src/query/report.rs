//! The report as JSON.

use crate::report::{REPORT_VERSION, Reports};
use crate::workspace::Workspace;

impl Workspace {
    /// The report, or the list of reports, as JSON text; `null` where there is none.
    #[must_use]
    pub fn report_json(&self) -> String {
        let text = match self.reports() {
            [one] => serde_json::to_string_pretty(one),
            many => {
                serde_json::to_string_pretty(&Reports { version: REPORT_VERSION, reports: many.to_vec() })
            }
        };
        text.unwrap_or_else(|_| "null".to_owned())
    }
}
