//! Observations: entries and console lines of all dumps on the conference's clock, each with its subject.

use crate::model::{Event, EventKind};
use crate::participants::ConferenceDump;
use crate::participants::EndpointIndex;

/// A video track that is muted within this of a screen share event is the screen's.
const ONE_ACTION_MS: f64 = 1_000.0;

/// The endpoint that an observation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::events) enum Subject<'a> {
    /// No endpoint in particular.
    Unspecified,
    /// An endpoint, whether it left a dump or not.
    Endpoint(&'a str),
    /// The writer of that dump, whose endpoint is not known.
    Dump(usize),
}

impl Subject<'_> {
    /// The index of the participant, if the subject is one.
    pub(in crate::events) fn participant(self, index: &EndpointIndex<'_>) -> Option<usize> {
        match self {
            Self::Endpoint(endpoint) => index.participant(endpoint),
            Self::Dump(dump) => index.dumps.get(dump)?.participant,
            Self::Unspecified => None,
        }
    }
}

/// What one line of a dump shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::events) struct Observation<'a> {
    pub(in crate::events) at_ms: f64,
    /// The dump, as an index of the conference's dumps.
    pub(in crate::events) dump: usize,
    pub(in crate::events) line: u64,
    pub(in crate::events) kind: EventKind,
    pub(in crate::events) detail: Option<&'a str>,
    pub(in crate::events) connection: Option<&'a str>,
    pub(in crate::events) subject: Subject<'a>,
    /// Whether `at_ms` is the time of the event; else it is that of the poll that shows it, up to one period later.
    pub(in crate::events) exact: bool,
    /// Whether the dump is the subject's own.
    pub(in crate::events) own: bool,
}

/// All observations, in order of time.
pub(super) fn gather<'a>(dumps: &[ConferenceDump<'a>]) -> Vec<Observation<'a>> {
    let mut all = Vec::new();
    for (number, dump) in dumps.iter().enumerate() {
        let shares: Vec<f64> = dump
            .extract
            .events
            .iter()
            .filter(|event| {
                matches!(event.kind, EventKind::ScreenShareStarted | EventKind::ScreenShareStopped)
            })
            .map(|event| event.at_ms)
            .collect();
        let writer = writer(number, dump);
        all.extend(dump.extract.events.iter().map(|event| Observation {
            at_ms: dump.shift(event.at_ms),
            dump: number,
            line: event.line,
            kind: kind(event, &shares),
            detail: event.detail.as_deref(),
            connection: event.connection.as_deref(),
            subject: whom(event, writer),
            exact: true,
            own: whom(event, writer) == writer,
        }));
        all.extend(of_server(number, dump));
    }
    sort(&mut all);
    all
}

/// The observations of a server.
fn of_server<'a>(number: usize, dump: &ConferenceDump<'a>) -> impl Iterator<Item = Observation<'a>> {
    let (offset_ms, server) = (dump.offset_ms, dump.extract.server.as_deref());
    server.into_iter().flat_map(|server| &server.events).map(move |event| Observation {
        at_ms: event.at_ms + offset_ms,
        dump: number,
        line: event.line,
        kind: event.kind,
        detail: event.detail.as_deref(),
        connection: None,
        subject: event.endpoint.as_deref().map_or(Subject::Unspecified, Subject::Endpoint),
        exact: event.exact,
        own: false,
    })
}

/// Sorts by time, then by dump and line.
pub(super) fn sort(observations: &mut [Observation<'_>]) {
    observations
        .sort_by(|a, b| a.at_ms.total_cmp(&b.at_ms).then(a.dump.cmp(&b.dump)).then(a.line.cmp(&b.line)));
}

/// The subject that wrote a dump; `Unspecified` for a server.
pub(in crate::events) fn writer<'a>(number: usize, dump: &ConferenceDump<'a>) -> Subject<'a> {
    match dump.extract.identity.endpoint_id.as_deref() {
        _ if dump.participant.is_none() => Subject::Unspecified,
        Some(endpoint) => Subject::Endpoint(endpoint),
        None => Subject::Dump(number),
    }
}

/// The kind of an event. Mutes of a video track become those of the camera or of the screen share.
fn kind(event: &Event, shares: &[f64]) -> EventKind {
    let screen = || shares.iter().any(|at_ms| (at_ms - event.at_ms).abs() <= ONE_ACTION_MS);
    match event.kind {
        EventKind::VideoTrackMuted if screen() => EventKind::ScreenShareStopped,
        EventKind::VideoTrackMuted => EventKind::VideoMuted,
        EventKind::VideoTrackUnmuted if screen() => EventKind::ScreenShareStarted,
        EventKind::VideoTrackUnmuted => EventKind::VideoUnmuted,
        kind => kind,
    }
}

/// The subject of an event: the endpoint, or the owner of the media source, that the event names; else the dump's writer.
fn whom<'a>(event: &'a Event, writer: Subject<'a>) -> Subject<'a> {
    match (event.kind, event.detail.as_deref()) {
        (
            EventKind::MemberJoined
            | EventKind::MemberPresent
            | EventKind::MemberLeft
            | EventKind::MemberKicked
            | EventKind::EndpointActive
            | EventKind::EndpointInactive
            | EventKind::DominantSpeaker,
            Some(endpoint),
        ) => Subject::Endpoint(endpoint),
        (EventKind::DominantSpeaker, None) => Subject::Unspecified,
        (
            EventKind::AudioMuted
            | EventKind::AudioUnmuted
            | EventKind::VideoMuted
            | EventKind::VideoUnmuted
            | EventKind::ScreenShareStarted
            | EventKind::ScreenShareStopped,
            Some(source),
        ) => Subject::Endpoint(source.split_once('-').map_or(source, |(endpoint, _)| endpoint)),
        _ => writer,
    }
}
