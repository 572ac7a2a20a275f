//! One peer connection over a dump: its polls, its streams, its path and its states.

use std::collections::VecDeque;

use super::sender_clocks::SenderClocks;
use super::stream::Fields;
use super::streams::{Side, Streams, remote_report};
use super::totals::{PollGrowth, Totals};
use super::transport::{PairChoice, StunRtt, describe_pair, selected_pair};
use crate::catalog::Quantity;
use crate::extract::samples::Samples;
use crate::extract::timeline::{ColumnId, Timeline};
use crate::median::median;
use crate::model::{Event, EventKind, GAP_PERIODS, Metric, ReportKind, ReportTable, Stamp};
use crate::problems::{ProblemKind, Problems};
use crate::report::{Connection, Direction};

/// The periods that the running median is taken of.
const PERIODS_KEPT: usize = 31;

/// A connection as it is being read.
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
    rtt: Samples,
    stun_rtt: StunRtt,
    available_out: Samples,
    streams: Streams,
    pub(in crate::extract) pairs: Vec<PairChoice>,
    pub(in crate::extract) timeline: Timeline,
    rtt_column: Option<ColumnId>,
    available_column: Option<ColumnId>,
    pub(in crate::extract) sender_clocks: SenderClocks,
    /// When packets last flowed.
    pub(in crate::extract) media_until: Option<f64>,
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
            rtt: Samples::default(),
            stun_rtt: StunRtt::default(),
            available_out: Samples::default(),
            streams: Streams::default(),
            pairs: Vec::new(),
            timeline: Timeline::default(),
            rtt_column: None,
            available_column: None,
            sender_clocks: SenderClocks::default(),
            media_until: None,
        }
    }

    /// Takes an event about this connection.
    pub(in crate::extract) fn event(&mut self, event: &Event) {
        let place = match event.kind {
            EventKind::Topology => {
                self.p2p = event.detail.as_deref().map(|detail| detail == "p2p");
                return;
            }
            EventKind::ConnectionState => &mut self.state,
            EventKind::IceConnectionState => &mut self.ice_state,
            EventKind::DtlsState => &mut self.dtls_state,
            _ => return,
        };
        place.clone_from(&event.detail);
    }

    /// Takes a poll.
    pub(in crate::extract) fn poll(
        &mut self,
        at: Stamp,
        table: &ReportTable,
        totals: &mut Totals,
        problems: &mut Problems,
    ) {
        let at_ms = at.at_ms;
        let gap_ms = self.begin_poll(at, totals);
        let mut growth = PollGrowth::default();
        let mut rtcp_rtts: Vec<f64> = Vec::new();
        for report in table.present() {
            let direction = match report.kind() {
                ReportKind::InboundRtp => Direction::Inbound,
                ReportKind::OutboundRtp => Direction::Outbound,
                _ => continue,
            };
            let Some((stream, side)) = self.streams.get(report, direction, at_ms) else {
                problems.add(ProblemKind::OverLimit, at.line);
                continue;
            };
            let (timeline, fields) = (&mut self.timeline, Fields::of(report, table));
            let grown = stream.grow(fields, table, at_ms, gap_ms);
            if grown.artefact {
                problems.add(ProblemKind::CounterArtefact, at.line);
            }
            if let Some(dt_ms) = grown.dt_ms {
                stream.plot(
                    timeline,
                    match direction {
                        Direction::Inbound => Quantity::BitrateReceived,
                        Direction::Outbound => Quantity::BitrateSent,
                    },
                    grown.bytes * 8_000.0 / dt_ms,
                );
            }
            match side {
                Side::Received(received) => {
                    received.take(stream, fields, &grown, timeline);
                    growth.received(&grown, fields.get(Metric::Jitter));
                }
                Side::Sent(sent) => {
                    let remote = remote_report(report, table);
                    let sent = sent.take(stream, fields, remote, &grown, timeline);
                    rtcp_rtts.extend(sent.rtt_ms);
                    growth.sent(&grown, &sent);
                }
            }
        }
        self.sender_clocks.take(table);
        self.take_path(at, table, &rtcp_rtts, &mut growth);
        if growth.carries_media() {
            self.media_until = Some(at_ms);
        }
        totals.end_poll(growth);
    }

    /// Adds the frames and audio samples of the received streams to the totals.
    pub(in crate::extract) fn add_received_frames(&self, totals: &mut Totals) {
        for (_, side) in &self.streams.list {
            if let Side::Received(received) = side {
                received.add_to(&mut totals.frames);
            }
        }
    }

    /// Notes the poll's time; gives the longest interval that is not a gap.
    fn begin_poll(&mut self, at: Stamp, totals: &mut Totals) -> f64 {
        let at_ms = at.at_ms;
        self.polls += 1;
        let period = self.to_ms.map(|last| at_ms - last).filter(|period| *period > 0.0);
        let gap_ms = self.gap_ms();
        if let (Some(period), Some(last)) = (period, self.to_ms) {
            if period <= gap_ms {
                totals.cover(last, at_ms);
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

    /// Takes the pair in use, its round trip and what it could carry.
    fn take_path(&mut self, at: Stamp, table: &ReportTable, rtcp_rtts: &[f64], growth: &mut PollGrowth) {
        let pair = selected_pair(table);
        if let Some(pair) = pair {
            let described = describe_pair(pair, table);
            match self.pairs.last_mut() {
                Some(last) if last.pair.id == described.id => last.pair = described,
                _ => self.pairs.push(PairChoice { at_ms: at.at_ms, line: at.line, pair: described }),
            }
        }
        let stun_rtt = pair.and_then(|pair| self.stun_rtt.measured(pair, at.at_ms));
        // Firefox measures by RTCP alone. The two are not mixed: RTCP's round trip includes the other's delay.
        let rtts = match stun_rtt {
            Some(rtt_s) => vec![rtt_s * 1_000.0],
            None if self.stun_rtt.is_used() => Vec::new(),
            None => rtcp_rtts.to_vec(),
        };
        for rtt_ms in rtts {
            self.rtt.add(rtt_ms);
            growth.rtts_ms.push(rtt_ms);
            let id =
                *self.rtt_column.get_or_insert_with(|| self.timeline.column(None, Quantity::RoundTripTime));
            self.timeline.set(id, rtt_ms);
        }
        let estimate = table.present().find(|report| report.kind() == ReportKind::BandwidthEstimation);
        let available = pair
            .and_then(|pair| pair.get(Metric::AvailableOutgoingBitrate))
            .or_else(|| estimate.and_then(|report| report.get(Metric::AvailableOutgoingBitrate)))
            .filter(|bps| *bps > 0.0);
        if let Some(bps) = available {
            self.available_out.add(bps);
            growth.available_out_bps = Some(bps);
            let id = *self
                .available_column
                .get_or_insert_with(|| self.timeline.column(None, Quantity::AvailableBitrate));
            self.timeline.set(id, bps);
        }
    }

    /// The connection for the report, times still on the writer's clock.
    pub(in crate::extract) fn summary(&self, file: &str) -> Connection {
        let mut streams: Vec<_> = self
            .streams
            .list
            .iter()
            .map(|(stream, side)| {
                let mut summary = stream.summary();
                match side {
                    Side::Received(received) => received.summarize(&mut summary),
                    Side::Sent(sent) => sent.summarize(&mut summary),
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
            rtt_ms: self.rtt.distribution(),
            available_out_bps: self.available_out.mean(),
            packets_sent: sum(Direction::Outbound, |stream| stream.packets),
            packets_sent_lost: sum(Direction::Outbound, |stream| stream.packets_lost),
            packets_received: sum(Direction::Inbound, |stream| stream.packets),
            packets_received_lost: sum(Direction::Inbound, |stream| stream.packets_lost),
            selected_pair: self.pairs.last().map(|choice| choice.pair.clone()),
            streams,
        }
    }
}
