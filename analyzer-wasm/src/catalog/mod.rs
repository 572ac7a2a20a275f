//! What is measured and what can be found, as plain data: names, units, labels and explanations, each declared once.
//!
//! [`Quantity`] lists every measured quantity. The [`FindingInfo`] of a finding code stands in its rule's own file;
//! [`crate::judge::FINDINGS`] lists all of them. The page, the command, the report and the documents read both.

mod finding_info;
mod quantity;

pub use finding_info::{FindingInfo, Thresholds};
pub use quantity::{Fold, Quantity, QuantityInfo, Unit};
