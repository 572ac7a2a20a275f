//! What a reader passes on, entry by entry in the order of the file, split by the writer of the file.
//!
//! Methods whose default does nothing may be left out by a sink that has no use for them.

use super::{BridgePoll, Event, FocusPoll, Identity, MediaSource, ReportTable, ServerEvent, Stamp};
use crate::problems::ProblemKind;

/// What a file of any writer may hold.
pub trait FileSink {
    /// Something in the file is odd or lost.
    fn problem(&mut self, kind: ProblemKind, line: u64);

    /// A line as it stands in the text, before it is read.
    fn raw_line(&mut self, number: u64, bytes: &[u8]) {
        let _ = (number, bytes);
    }

    /// Properties of the writer and of its conference; later values replace earlier ones.
    fn identity(&mut self, at: Stamp, identity: Identity) {
        let _ = (at, identity);
    }

    /// A log line that was written `count` times; `own_ms` is the time in the line itself, in epoch ms.
    fn log(&mut self, at: Stamp, own_ms: Option<f64>, text: &str, count: u64) {
        let _ = (at, own_ms, text, count);
    }

    /// The endpoint that sends an SSRC.
    fn source(&mut self, source: MediaSource) {
        let _ = source;
    }
}

/// What a participant's client records.
pub trait ClientSink: FileSink {
    /// The time at which the server received the header, in epoch ms on the server's clock.
    fn server_stamp(&mut self, epoch_ms: f64) {
        let _ = epoch_ms;
    }

    /// An event that has an entry of its own.
    fn event(&mut self, event: Event) {
        let _ = event;
    }

    /// An event that a console line reports. Its time is the line's own, which may be earlier than all entries.
    fn console_event(&mut self, event: Event) {
        let _ = event;
    }

    /// The stats reports of a peer connection as they stand after a poll.
    fn stats(&mut self, at: Stamp, connection: &str, table: &ReportTable) {
        let _ = (at, connection, table);
    }

    /// A session description.
    fn description(&mut self, at: Stamp, connection: Option<&str>, method: &str, sdp: &str) {
        let _ = (at, connection, method, sdp);
    }
}

/// What a server of the deployment records.
pub trait ServerSink: FileSink {
    /// A full state was read: no later change refers to state that another file holds.
    fn full_state(&mut self) {}

    /// A bridge's state as it stands after a poll.
    fn bridge(&mut self, at: Stamp, poll: &BridgePoll) {
        let _ = (at, poll);
    }

    /// A focus' state as it stands after a poll.
    fn focus(&mut self, at: Stamp, poll: &FocusPoll) {
        let _ = (at, poll);
    }

    /// An event on the server.
    fn server_event(&mut self, event: ServerEvent) {
        let _ = event;
    }

    /// A state that was taken at `own_ms` on the server's clock was stored at `stored_ms` on the store's clock.
    fn stored(&mut self, own_ms: f64, stored_ms: f64) {
        let _ = (own_ms, stored_ms);
    }
}

/// A sink for files of any writer: what a format reader gets.
pub trait Sink: ClientSink + ServerSink {}

impl<T: ClientSink + ServerSink> Sink for T {}
