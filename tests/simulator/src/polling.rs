//! One client as it writes its dump: entries as they come, polls when they are due.

use std::collections::BTreeMap;
use std::vec::IntoIter;

use super::Dump;
use super::dump::{DeltaEncoder, Form, Snapshot, Writer};
use super::model::{Endpoint, Moment, Network};
use super::random::Random;
use super::reports::{Idle, Ids, View, idle_poll, poll};
use super::scenario::{Scenario, Topology};
use super::script::{Entry, generation, media_connection, script};
use super::session::{Session, dump_name};

/// What clients' draws are for, beside the session's number.
const PURPOSE: u64 = 3_000;

/// Nobody polls faster.
const LEAST_POLL_MS: u64 = 100;

/// Which way a counted stream flowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// It was sent.
    Outbound,
    /// It was received.
    Inbound,
}

/// What the model had counted of a stream when it was last polled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Which way it flowed.
    pub direction: Direction,
    /// Its SSRC.
    pub ssrc: u32,
    /// Packets sent or received.
    pub packets: i64,
    /// Packets lost: as reported by the other side for sent streams.
    pub lost: i64,
}

/// A client as it writes.
#[derive(Debug)]
pub(super) struct Client {
    index: usize,
    writer: Writer,
    entries: std::iter::Peekable<IntoIter<Entry>>,
    encoder: DeltaEncoder,
    idle_encoder: DeltaEncoder,
    snapshot: Snapshot,
    ids: Ids,
    idle: Option<Idle>,
    next_poll_ms: u64,
    random: Random,
    counted: BTreeMap<(Direction, u32), (i64, i64)>,
}

impl Client {
    /// The client of a session.
    pub(super) fn new(scenario: &Scenario, sessions: &[Session], index: usize, form: Form) -> Option<Self> {
        let session = sessions.get(index)?;
        Some(Self {
            index,
            writer: Writer::new(scenario, session, form),
            entries: script(scenario, sessions, index).into_iter().peekable(),
            encoder: DeltaEncoder::default(),
            idle_encoder: DeltaEncoder::default(),
            snapshot: Snapshot::default(),
            ids: Ids::of(session),
            idle: (scenario.topology == Topology::PeerToPeer).then(|| Idle::of(session)),
            next_poll_ms: session.connected_ms + 200 + session.phase_ms,
            random: Random::new(scenario.seed, PURPOSE + index as u64),
            counted: BTreeMap::new(),
        })
    }

    /// Writes what falls into a step that the network has taken.
    pub(super) fn step(&mut self, scenario: &Scenario, sessions: &[Session], network: &Network, step: u32) {
        let (Some(session), Some(endpoint)) = (sessions.get(self.index), network.endpoints.get(self.index))
        else {
            return;
        };
        let end_ms = (u64::from(step) + 1) * 1_000;
        loop {
            let entry_ms = self.entries.peek().map(|entry| entry.at_ms).filter(|at_ms| *at_ms < end_ms);
            let poll_ms = Some(self.next_poll_ms).filter(|at_ms| *at_ms < end_ms);
            match (entry_ms, poll_ms) {
                (None, None) => break,
                (Some(entry_ms), poll_ms) if poll_ms.is_none_or(|poll_ms| entry_ms <= poll_ms) => {
                    let Some(entry) = self.entries.next() else { break };
                    self.writer.entry(&entry);
                    if forces_poll(&entry, scenario) {
                        self.poll(scenario, sessions, (session, endpoint), step, entry.at_ms + 6);
                    }
                }
                (_, Some(poll_ms)) => {
                    self.next_poll_ms += session.details.poll_ms.max(LEAST_POLL_MS);
                    self.poll(scenario, sessions, (session, endpoint), step, poll_ms);
                }
                (Some(_), None) => break,
            }
        }
    }

    fn poll(
        &mut self,
        scenario: &Scenario,
        sessions: &[Session],
        (session, endpoint): (&Session, &Endpoint),
        step: u32,
        due_ms: u64,
    ) {
        if !endpoint.there {
            return;
        }
        let true_ms = due_ms as f64 + self.random.between(0.0, 4.0);
        let part = (true_ms / 1_000.0 - f64::from(step)).clamp(0.0, 0.999_999);
        let moment = Moment { step, part };
        let view = View {
            scenario,
            sessions,
            session,
            endpoint,
            ids: &self.ids,
            moment,
            true_ms,
            client_zero_ms: self.writer.client_ms(0.0),
            generation: generation(scenario, session, due_ms),
        };
        poll(&view, &mut self.snapshot);
        let pc = media_connection(scenario.topology);
        if let Some(idle) = &self.idle {
            let mut quiet = std::mem::take(&mut self.snapshot);
            self.writer.poll(pc, true_ms + 5.0, &quiet, &mut self.encoder);
            idle_poll(idle, session, true_ms, self.writer.client_ms(true_ms), &mut quiet);
            self.writer.poll(0, true_ms + 6.0, &quiet, &mut self.idle_encoder);
            self.snapshot = quiet;
        } else {
            self.writer.poll(pc, true_ms + 5.0, &self.snapshot, &mut self.encoder);
        }
        self.count(sessions, session, endpoint, moment);
    }

    /// Notes what the poll said, for whoever wants to compare.
    fn count(&mut self, sessions: &[Session], session: &Session, endpoint: &Endpoint, at: Moment) {
        use super::model::Kind;
        let voice = std::iter::once((&endpoint.voice, &session.audio));
        let screen = std::iter::once((&endpoint.screen, &session.screen));
        for (stream, source) in voice.chain(endpoint.camera.iter().zip(&session.camera)).chain(screen) {
            let counted = (stream.packets.whole(at), stream.feedback.lost as i64);
            self.counted.insert((Direction::Outbound, source.ssrc), counted);
        }
        for stream in endpoint.received.iter().filter(|stream| stream.seen) {
            let Some(sender) = sessions.get(stream.from) else { continue };
            let source = match stream.kind {
                Kind::Voice => Some(&sender.audio),
                Kind::Camera => sender.camera.first(),
                Kind::Screen => Some(&sender.screen),
            };
            if let Some(source) = source {
                let counted = (stream.received.whole(at), stream.gap.lost().whole(at));
                self.counted.insert((Direction::Inbound, source.ssrc), counted);
            }
        }
    }

    /// Ends the dump.
    pub(super) fn finish(mut self, session: &Session) -> Dump {
        for entry in self.entries.by_ref() {
            self.writer.entry(&entry);
        }
        let (bytes, text_bytes) = self.writer.finish();
        let counted = self.counted.into_iter().filter(|(_, (packets, _))| *packets > 0);
        let row = |((direction, ssrc), (packets, lost))| Counted { direction, ssrc, packets, lost };
        Dump {
            name: dump_name(&session.presence),
            person: session.person,
            bytes,
            text_bytes,
            counted: counted.map(row).collect(),
        }
    }
}

/// Whether the client polls at once.
fn forces_poll(entry: &Entry, scenario: &Scenario) -> bool {
    entry.kind == "onconnectionstatechange"
        && entry.connection == Some(media_connection(scenario.topology))
        && matches!(entry.data.as_str(), "\"connected\"" | "\"failed\"")
}
