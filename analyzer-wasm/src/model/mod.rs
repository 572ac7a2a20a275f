//! The words that readers and extractors share: events, stats reports and who wrote them; no format in sight.

mod bridge;
mod event;
mod field;
mod focus;
mod identity;
mod report_kind;
mod report_table;
mod server_event;
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
pub use source::MediaSource;
pub(crate) use source::endpoint_in;
pub use user_agent::client_of_user_agent;

use crate::problems::ProblemKind;

/// A gap is more than this many median periods without a poll.
pub(crate) const GAP_PERIODS: f64 = 2.5;

/// What a reader tells, entry by entry, in the file's order.
pub trait Sink {
    /// A line as it stands, before it is read; only a detail view keeps it.
    fn raw_line(&mut self, number: u64, bytes: &[u8]) {
        let _ = (number, bytes);
    }
    /// The entry says who wrote the dump, or where; later keys win.
    fn identity(&mut self, at: Stamp, identity: Identity);
    /// A server stamped the dump: epoch ms on its own clock.
    fn server_stamp(&mut self, epoch_ms: f64);
    /// Something happened.
    fn event(&mut self, event: Event);
    /// A connection's reports were polled.
    fn stats(&mut self, at: Stamp, connection: &str, table: &ReportTable);
    /// The application logged a line, `count` times; `own_ms` is the line's own time, where it can be told.
    fn log(&mut self, at: Stamp, own_ms: Option<f64>, text: &str, count: u64);
    /// A console line tells that something happened. Its time is the line's own, which may lie before all entries.
    fn told(&mut self, event: Event) {
        let _ = event;
    }
    /// A session description or another long text: only a detail view keeps it.
    fn description(&mut self, at: Stamp, connection: Option<&str>, method: &str, sdp: &str);
    /// A server told its whole state: no change after it needs what another file holds.
    fn full_state(&mut self) {}
    /// A bridge was polled.
    fn bridge(&mut self, at: Stamp, poll: &BridgePoll) {
        let _ = (at, poll);
    }
    /// A focus was polled.
    fn focus(&mut self, at: Stamp, poll: &FocusPoll) {
        let _ = (at, poll);
    }
    /// Something happened on a server.
    fn server_event(&mut self, event: ServerEvent) {
        let _ = event;
    }
    /// A server says whose an SSRC is, or a client's description, console or presence.
    fn source(&mut self, source: MediaSource) {
        let _ = source;
    }
    /// A server's own clock showed `own_ms` when the entry was made, and the one that stored it `stored_ms` later on.
    fn stored(&mut self, own_ms: f64, stored_ms: f64) {
        let _ = (own_ms, stored_ms);
    }
    /// Something was odd or lost.
    fn problem(&mut self, kind: ProblemKind, line: u64);
}

/// When and where an entry was written: epoch ms on the writer's clock, and its line counted from 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stamp {
    /// Epoch ms on the writer's clock.
    pub at_ms: f64,
    /// Counted from 1.
    pub line: u64,
}
