//! One peer connection over a dump: its polls, streams, path and states.

use std::collections::VecDeque;

use super::path::PathState;
use super::sender_clocks::SenderClocks;
use super::stream::Fields;
use super::streams::{DirectionState, Streams, remote_report};
use super::totals::{PollDelta, Totals};
use crate::catalog::Quantity;
use crate::extract::ConnectionExtract;
use crate::extract::samples::Samples;
use crate::extract::timeline::Timeline;
use crate::median::median;
use crate::model::{Event, EventKind, GAP_PERIODS, Metric, ReportKind, ReportTable, Stamp};
use crate::problems::{ProblemKind, Problems};
use crate::report::{Connection, Direction};

/// How many poll periods the running median is of.
const PERIODS_KEPT: usize = 31;

/// A peer connection over the part of the dump read so far.
#[derive(Debug)]
pub(in crate::extract) struct ConnectionState {
    id: String,
    p2p: Option<bool>,
    from_ms: Option<f64>,
    to_ms: Option<f64>,
    polls: u64,
    periods: Samples,
    recent: VecDeque<f64>,
    state: Option<String>,
    ice_state: Option<String>,
    dtls_state: Option<String>,
    path: PathState,
    streams: Streams,
    timeline: Timeline,
    sender_clocks: SenderClocks,
    /// The time of the last poll in which packets were sent or received.
    media_until_ms: Option<f64>,
}

impl ConnectionState {
    pub(in crate::extract) fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            p2p: None,
            from_ms: None,
            to_ms: None,
            polls: 0,
            periods: Samples::default(),
            recent: VecDeque::new(),
            state: None,
            ice_state: None,
            dtls_state: None,
            path: PathState::default(),
            streams: Streams::default(),
            timeline: Timeline::default(),
            sender_clocks: SenderClocks::default(),
            media_until_ms: None,
        }
    }

    /// Adds an event about this connection.
    pub(in crate::extract) fn add_event(&mut self, event: &Event) {
        let state = match event.kind {
            EventKind::Topology => {
                self.p2p = event.detail.as_deref().map(|detail| detail == "p2p");
                return;
            }
            EventKind::ConnectionState => &mut self.state,
            EventKind::IceConnectionState => &mut self.ice_state,
            EventKind::DtlsState => &mut self.dtls_state,
            _ => return,
        };
        state.clone_from(&event.detail);
    }

    /// Adds a poll: the stats reports of this connection at one time.
    pub(in crate::extract) fn add_poll(
        &mut self,
        at: Stamp,
        table: &ReportTable,
        totals: &mut Totals,
        problems: &mut Problems,
    ) {
        let at_ms = at.at_ms;
        let gap_ms = self.begin_poll(at, totals);
        let mut poll_delta = PollDelta::default();
        let mut rtcp_rtts_ms: Vec<f64> = Vec::new();
        for report in table.present() {
            let direction = match report.kind() {
                ReportKind::InboundRtp => Direction::Inbound,
                ReportKind::OutboundRtp => Direction::Outbound,
                _ => continue,
            };
            let Some((stream, state)) = self.streams.get(report, direction, at_ms) else {
                problems.add(ProblemKind::OverLimit, at.line);
                continue;
            };
            let (timeline, fields) = (&mut self.timeline, Fields::of(report, table));
            let delta = stream.update(fields, table, at_ms, gap_ms);
            if delta.artefact {
                problems.add(ProblemKind::CounterArtefact, at.line);
            }
            if let Some(dt_ms) = delta.dt_ms {
                let bitrate = match direction {
                    Direction::Inbound => Quantity::BitrateReceived,
                    Direction::Outbound => Quantity::BitrateSent,
                };
                stream.set_value(timeline, bitrate, delta.bytes * 8_000.0 / dt_ms);
            }
            match state {
                DirectionState::Received(received) => {
                    received.add_poll(stream, fields, &delta, timeline);
                    poll_delta.add_received(&delta, fields.get(Metric::Jitter));
                }
                DirectionState::Sent(sent) => {
                    let remote = remote_report(report, table);
                    let sent = sent.add_poll(stream, fields, remote, &delta, timeline);
                    rtcp_rtts_ms.extend(sent.rtt_ms);
                    poll_delta.add_sent(&delta, &sent);
                }
            }
        }
        self.sender_clocks.add_poll(table);
        self.path.add_poll(at, table, &rtcp_rtts_ms, &mut self.timeline, &mut poll_delta);
        if poll_delta.carries_media() {
            self.media_until_ms = Some(at_ms);
        }
        totals.add_poll(poll_delta);
    }

    /// Adds the time of a poll. Returns the longest interval that is not a gap, ms.
    fn begin_poll(&mut self, at: Stamp, totals: &mut Totals) -> f64 {
        let at_ms = at.at_ms;
        self.polls += 1;
        let period = self.to_ms.map(|last| at_ms - last).filter(|period| *period > 0.0);
        let gap_ms = self.gap_ms();
        if let (Some(period), Some(last)) = (period, self.to_ms) {
            if period <= gap_ms {
                totals.add_covered_time(last, at_ms);
            }
            self.periods.add(period);
            self.recent.push_back(period);
            if self.recent.len() > PERIODS_KEPT {
                self.recent.pop_front();
            }
        }
        self.from_ms = Some(self.from_ms.map_or(at_ms, |from| from.min(at_ms)));
        self.to_ms = Some(self.to_ms.map_or(at_ms, |to| to.max(at_ms)));
        self.timeline.begin_poll(at);
        gap_ms
    }

    fn gap_ms(&self) -> f64 {
        median(self.recent.iter().copied()).map_or(f64::INFINITY, |median| median * GAP_PERIODS)
    }

    /// Ends the dump: adds the frames and audio samples of the received streams to the totals.
    pub(in crate::extract) fn finish(self, file: &str, totals: &mut Totals) -> ConnectionExtract {
        for (_, state) in &self.streams.list {
            if let DirectionState::Received(received) = state {
                received.add_to(&mut totals.frames);
            }
        }
        ConnectionExtract {
            summary: self.summary(file),
            media_until_ms: self.media_until_ms,
            sender_clocks: self.sender_clocks.finish(),
            pairs: self.path.into_pairs(),
            timeline: self.timeline,
        }
    }

    /// The connection for the report, with times on the clock of the client.
    fn summary(&self, file: &str) -> Connection {
        let mut streams: Vec<_> = self
            .streams
            .list
            .iter()
            .map(|(stream, state)| {
                let mut summary = stream.summary();
                match state {
                    DirectionState::Received(received) => received.summarize(&mut summary),
                    DirectionState::Sent(sent) => sent.summarize(&mut summary),
                }
                summary
            })
            .collect();
        streams.sort_by_key(|stream| (stream.direction, stream.index));
        let sum = |direction, of: fn(&crate::report::Stream) -> u64| {
            streams.iter().filter(|stream| stream.direction == direction).map(of).sum()
        };
        Connection {
            id: self.id.clone(),
            file: file.to_owned(),
            p2p: self.p2p,
            from_ms: self.from_ms,
            to_ms: self.to_ms,
            polls: self.polls,
            poll_ms: self.periods.median(),
            state: self.state.clone(),
            ice_state: self.ice_state.clone(),
            dtls_state: self.dtls_state.clone(),
            rtt_ms: self.path.rtt_ms(),
            available_out_bps: self.path.available_out_bps(),
            packets_sent: sum(Direction::Outbound, |stream| stream.packets),
            packets_sent_lost: sum(Direction::Outbound, |stream| stream.packets_lost),
            packets_received: sum(Direction::Inbound, |stream| stream.packets),
            packets_received_lost: sum(Direction::Inbound, |stream| stream.packets_lost),
            selected_pair: self.path.selected_pair(),
            streams,
        }
    }
}
