//! What every format is turned into: events, stats reports, server states and the identity of the writer.

mod bridge;
mod event;
mod field;
mod focus;
mod identity;
mod report_kind;
mod report_table;
mod server_event;
mod sink;
mod source;
mod user_agent;

pub use bridge::{BridgeEndpoint, BridgeMetric, BridgePoll};
pub use event::{Event, EventKind};
pub use field::{Metric, Text};
pub use focus::{FocusBridge, FocusMember, FocusPoll, MemberKind};
pub use identity::{Identity, SourceKind};
pub use report_kind::ReportKind;
pub use report_table::{Extra, Report, ReportTable, SlotId};
pub use server_event::ServerEvent;
pub use sink::{ClientSink, FileSink, ServerSink, Sink};
pub use source::MediaSource;
pub(crate) use source::endpoint_in;
pub use user_agent::client_of_user_agent;

/// A time without polls is a gap if it is longer than this many median poll periods.
pub(crate) const GAP_PERIODS: f64 = 2.5;

/// The time and the line of an entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stamp {
    /// Epoch ms on the writer's clock.
    pub at_ms: f64,
    /// Counted from 1.
    pub line: u64,
}
