//! The dump of a server while it is read: its polls and its log.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::bridge::BridgeState;
use super::endpoint::EndpointState;
use super::events::ServerEvents;
use super::member::MemberState;
use super::named::Named;
use super::presence_events::{kinds_of, presence_events};
use super::{PartFile, ServerExtract};
use crate::catalog::Quantity;
use crate::extract::FileInfo;
use crate::extract::samples::Samples;
use crate::extract::timeline::{ColumnId, Timeline};
use crate::limits::MAX_ENDPOINTS;
use crate::model::{BridgePoll, EventKind as Kind, FocusPoll, GAP_PERIODS, ServerEvent, Stamp};
use crate::problems::{ProblemKind, Problems};
use crate::time_span::TimeSpan;

/// The part of the dump of a server that has been read so far.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::extract) struct ServerState {
    polls: u64,
    periods: Samples,
    first_ms: Option<f64>,
    last_ms: Option<f64>,
    endpoints: Named<EndpointState>,
    members: Named<MemberState>,
    bridges: Named<BridgeState>,
    relays: BTreeSet<String>,
    peak_endpoints: Option<u64>,
    peak_people: Option<f64>,
    peak_audio_senders: Option<f64>,
    peak_video_senders: Option<f64>,
    dominant: Option<String>,
    limits: [Option<bool>; 2],
    events: ServerEvents,
    stored_after_ms: Option<f64>,
    timeline: Timeline,
    columns: BTreeMap<u8, ColumnId>,
    /// The files that were read before this one; line numbers count over all of them.
    #[serde(skip)]
    before: Vec<PartFile>,
}

impl ServerState {
    /// Continues with another file, after these.
    pub(in crate::extract) fn resume(&mut self, before: Vec<PartFile>) {
        self.before = before;
    }

    /// The place with its line number counted over all files.
    fn over_all_files(&self, at: Stamp) -> Stamp {
        Stamp { line: at.line + self.before.iter().map(|file| file.lines).sum::<u64>(), ..at }
    }

    /// Adds a poll of a bridge.
    pub(in crate::extract) fn bridge(&mut self, at: Stamp, poll: &BridgePoll, problems: &mut Problems) {
        let first = self.polls == 0;
        let (line, at) = (at.line, self.over_all_files(at));
        let gap_ms = self.begin_poll(at);
        self.relays.extend(poll.relays.iter().take(MAX_ENDPOINTS.saturating_sub(self.relays.len())).cloned());
        for id in &poll.departed {
            if let Some(endpoint) = self.endpoints.known(id) {
                // When it left is unknown: it was present in the last poll that has it.
                let presences = &mut endpoint.extract.presences;
                let last = presences
                    .list()
                    .last()
                    .map(|presence| Stamp { at_ms: presence.to_ms, line: presence.to_line });
                presences.absent(last.unwrap_or(at));
            }
        }
        for now in &poll.endpoints {
            let Some(endpoint) = self.endpoints.get(&now.id, |number| EndpointState::new(&now.id, number))
            else {
                problems.add(ProblemKind::OverLimit, line);
                continue;
            };
            endpoint.extract.presences.polled(at, !first && now.is_new);
            endpoint.add_poll(at, now, gap_ms, &mut self.timeline, &mut self.events);
        }
        let here = self.endpoints.list.iter().filter(|endpoint| endpoint.extract.presences.is_open()).count();
        self.peak_endpoints = self.peak_endpoints.max(u64::try_from(here).ok());
        // A bridge reports the endpoint that spoke last as dominant, even when it has been silent since.
        let endpoints = &mut self.endpoints;
        let is_heard = |id: &String| endpoints.known(id).is_none_or(|one| one.is_audible() != Some(false));
        let dominant = poll.dominant.clone().filter(is_heard);
        if self.dominant != dominant {
            self.events.polled(at, Kind::DominantSpeaker, dominant.as_deref(), None);
            self.dominant = dominant;
        }
        self.report_dropped_events(line, problems);
    }

    /// Adds a poll of a focus.
    pub(in crate::extract) fn focus(&mut self, at: Stamp, poll: &FocusPoll, problems: &mut Problems) {
        let first = self.polls == 0;
        let (line, at) = (at.line, self.over_all_files(at));
        self.begin_poll(at);
        let here: BTreeSet<&str> = poll.members.iter().map(|member| member.id.as_str()).collect();
        for now in &poll.members {
            let Some(member) = self.members.get(&now.id, |_| MemberState::new(&now.id)) else {
                problems.add(ProblemKind::OverLimit, line);
                continue;
            };
            member.extract.presences.polled(at, !first && now.is_full);
            member.add_poll(at, now, &mut self.events);
        }
        for member in &mut self.members.list {
            let presences = &mut member.extract.presences;
            // A member that so far only the log has is in the next poll.
            if presences.is_polled() && !here.contains(member.extract.id.as_str()) {
                presences.absent(at);
                member.left();
            }
        }
        for now in &poll.bridges {
            let Some(bridge) = self.bridges.get(&now.name, |number| BridgeState::new(&now.name, number))
            else {
                problems.add(ProblemKind::OverLimit, line);
                continue;
            };
            if bridge.extract.span.is_none() && !first {
                self.events.polled(at, Kind::BridgeAdded, None, Some(now.name.clone()));
            }
            bridge.add_poll(at, now, &mut self.timeline, &mut self.events);
        }
        self.add_counts(at, poll);
        self.report_dropped_events(line, problems);
    }

    fn add_counts(&mut self, at: Stamp, poll: &FocusPoll) {
        // The focus counts recorders, SIP gateways and transcribers as participants.
        let machines: f64 = [poll.recorders, poll.sip, poll.transcribers].into_iter().flatten().sum();
        let people = poll.participants.map(|count| (count - machines).max(0.0));
        for (peak, now) in [
            (&mut self.peak_people, people),
            (&mut self.peak_audio_senders, poll.audio_senders),
            (&mut self.peak_video_senders, poll.video_senders),
        ] {
            *peak = (*peak).into_iter().chain(now).reduce(f64::max);
        }
        let counts = [
            (Quantity::ConferenceParticipants, people),
            (Quantity::AudioSenders, poll.audio_senders),
            (Quantity::VideoSenders, poll.video_senders),
        ];
        for (quantity, value) in counts {
            if let Some(value) = value {
                let id = *self
                    .columns
                    .entry(quantity as u8)
                    .or_insert_with(|| self.timeline.column(None, quantity));
                self.timeline.set(id, value);
            }
        }
        let limits = [
            (poll.audio_limit, Kind::AudioLimit, Kind::AudioLimitOver),
            (poll.video_limit, Kind::VideoLimit, Kind::VideoLimitOver),
        ];
        for (known, (now, on, off)) in self.limits.iter_mut().zip(limits) {
            if let Some(now) = now.filter(|now| known.unwrap_or(false) != *now) {
                self.events.polled(at, if now { on } else { off }, None, None);
            }
            *known = now.or(*known);
        }
    }

    /// Adds an event of the log.
    pub(in crate::extract) fn event(&mut self, mut event: ServerEvent, problems: &mut Problems) {
        let line = event.line;
        let at = self.over_all_files(Stamp { at_ms: event.at_ms, line });
        event.line = at.line;
        let id = event.endpoint.clone().unwrap_or_default();
        match event.kind {
            Kind::MemberJoined => match self.members.get(&id, |_| MemberState::new(&id)) {
                Some(member) => {
                    member.extract.presences.joined(at);
                    member.joined(event.detail.as_deref().unwrap_or_default());
                }
                None => problems.add(ProblemKind::OverLimit, line),
            },
            Kind::MemberLeft | Kind::MemberKicked => {
                // A member that is not known was present before the dump began.
                if let Some(member) = self.members.get(&id, |_| MemberState::new(&id)) {
                    if member.extract.presences.list().is_empty() {
                        let from_ms = self.first_ms.unwrap_or(at.at_ms).min(at.at_ms);
                        member.extract.presences.polled(Stamp { at_ms: from_ms, ..at }, false);
                    }
                    member.extract.presences.left(at);
                    member.left();
                }
                if event.kind == Kind::MemberKicked {
                    self.events.logged(event);
                }
            }
            Kind::EndpointJoined => match self.endpoints.get(&id, |number| EndpointState::new(&id, number)) {
                Some(endpoint) => endpoint.extract.presences.joined(at),
                None => problems.add(ProblemKind::OverLimit, line),
            },
            Kind::EndpointLeft => {
                if let Some(endpoint) = self.endpoints.known(&id) {
                    endpoint.extract.presences.left(at);
                }
            }
            _ => self.events.logged(event),
        }
        self.report_dropped_events(line, problems);
    }

    /// Adds the times at which a poll was made and stored, each on its own clock.
    pub(in crate::extract) fn stored(&mut self, own_ms: f64, stored_ms: f64) {
        let after_ms = stored_ms - own_ms;
        self.stored_after_ms = Some(self.stored_after_ms.map_or(after_ms, |least| least.min(after_ms)));
    }

    /// Adds the time of a poll. Returns the longest interval that is not a gap, ms.
    fn begin_poll(&mut self, at: Stamp) -> f64 {
        let gap_ms = self.periods.median().map_or(f64::INFINITY, |median| median * GAP_PERIODS);
        if let Some(period) = self.last_ms.map(|last| at.at_ms - last).filter(|period| *period > 0.0) {
            self.periods.add(period);
        }
        self.polls += 1;
        self.first_ms = Some(self.first_ms.map_or(at.at_ms, |first| first.min(at.at_ms)));
        self.last_ms = Some(self.last_ms.map_or(at.at_ms, |last| last.max(at.at_ms)));
        self.timeline.begin_server_poll(at);
        gap_ms
    }

    fn report_dropped_events(&mut self, line: u64, problems: &mut Problems) {
        (0..self.events.take_dropped()).for_each(|_| problems.add(ProblemKind::OverLimit, line));
    }

    /// Ends the dump.
    pub(in crate::extract) fn finish(self, file: &FileInfo) -> ServerExtract {
        let mut files = self.before;
        if !files.is_empty() {
            files.push(PartFile::of(file));
        }
        let endpoints: Vec<_> = self.endpoints.list.into_iter().map(EndpointState::finish).collect();
        let members: Vec<_> = self.members.list.into_iter().map(MemberState::finish).collect();
        let mut events = self.events.finish();
        for endpoint in &endpoints {
            let kinds = (Kind::EndpointJoined, Kind::EndpointLeft);
            events.extend(presence_events(&endpoint.id, &endpoint.presences, kinds, None));
        }
        for member in &members {
            events.extend(presence_events(
                &member.id,
                &member.presences,
                kinds_of(member.kind),
                member.role.as_deref(),
            ));
        }
        ServerExtract {
            files,
            polls: self.polls,
            poll_ms: self.periods.median(),
            span: self.first_ms.zip(self.last_ms).map(|(from_ms, to_ms)| TimeSpan::new(from_ms, to_ms)),
            endpoints,
            members,
            bridges: self.bridges.list.into_iter().map(|bridge| bridge.extract).collect(),
            relays: self.relays.into_iter().collect(),
            peak_endpoints: self.peak_endpoints,
            peak_people: self.peak_people,
            peak_audio_senders: self.peak_audio_senders,
            peak_video_senders: self.peak_video_senders,
            events,
            stored_after_ms: self.stored_after_ms,
            timeline: self.timeline,
        }
    }
}
