//! The RTP streams of a peer connection, found by direction and SSRC.

use std::collections::HashMap;

use super::received::Received;
use super::sent::Sent;
use super::stream::StreamState;
use crate::limits::MAX_STREAMS;
use crate::model::{Metric, Report, ReportKind, ReportTable, Text};
use crate::report::Direction;

/// The key of a stream: its direction and SSRC; without an SSRC the id of its report.
#[derive(Debug, PartialEq, Eq, Hash)]
enum StreamKey {
    Ssrc(Direction, u32),
    Report(String),
}

/// The state that only streams of one direction have.
#[derive(Debug)]
pub(super) enum DirectionState {
    Received(Box<Received>),
    Sent(Box<Sent>),
}

/// The streams of a connection, in the order in which they were first reported.
#[derive(Debug, Default)]
pub(super) struct Streams {
    pub(super) list: Vec<(StreamState, DirectionState)>,
    by_key: HashMap<StreamKey, usize>,
}

impl Streams {
    /// The stream of a report, which is added if it is new; `None` if the connection has [`MAX_STREAMS`] others.
    pub(super) fn get(
        &mut self,
        report: &Report,
        direction: Direction,
        at_ms: f64,
    ) -> Option<&mut (StreamState, DirectionState)> {
        let ssrc = report.ssrc();
        let key = ssrc.map_or_else(
            || StreamKey::Report(report.id().to_owned()),
            |ssrc| StreamKey::Ssrc(direction, ssrc),
        );
        let index = match self.by_key.get(&key) {
            Some(index) => *index,
            None if self.list.len() >= MAX_STREAMS => return None,
            None => {
                let index = self.list.len();
                let state = match direction {
                    Direction::Inbound => DirectionState::Received(Box::default()),
                    Direction::Outbound => DirectionState::Sent(Box::default()),
                };
                let number = u32::try_from(index).ok()?;
                self.list.push((StreamState::new(number, direction, ssrc, at_ms), state));
                self.by_key.insert(key, index);
                index
            }
        };
        self.list.get_mut(index)
    }
}

/// The `remote-inbound-rtp` report of a sent (`outbound-rtp`) stream, found by `remoteId`, else by SSRC.
pub(super) fn remote_report<'a>(report: &Report, table: &'a ReportTable) -> Option<&'a Report> {
    if let Some(id) = report.text(Text::RemoteId) {
        return table.find(id);
    }
    let ssrc = report.get(Metric::Ssrc)?;
    table
        .present()
        .find(|other| other.kind() == ReportKind::RemoteInboundRtp && other.get(Metric::Ssrc) == Some(ssrc))
}
