//! Which observations are of the same event: an entry that is sent twice, an entry and a console line, or the dumps of
//! several participants.

use super::observation::{Observation, Subject};
use crate::model::EventKind;

/// Observations of one event have the same key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct EquivalenceKey<'a> {
    topic: &'static str,
    subject: Subject<'a>,
    /// The dump, where observations in other dumps are of other events.
    dump: Option<usize>,
    word: Option<&'a str>,
}

/// The conditions under which observations with the same key are of one event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Equivalence<'a> {
    pub(super) subject: EquivalenceKey<'a>,
    /// The greatest time between observations of different kinds.
    pub(super) within_ms: f64,
    /// The greatest time between observations of the same kind.
    pub(super) again_within_ms: f64,
    /// Whether it is switched on and off, so that an observation can only be of the latest event.
    pub(super) is_toggle: bool,
    /// The media source, for example of a video. Two observations that name different ones are of different events.
    pub(super) source: Option<&'a str>,
    /// The observation with the lowest rank is shown.
    pub(super) rank: u8,
}

/// A client reports a mute by its track and by its connection.
const ONE_ACTION_MS: f64 = 1_500.0;
/// A poll of a server shows a change at most this much later.
const POLLED_WITHIN_MS: f64 = 15_000.0;
/// Between two entries of one client about the same event.
const AT_ONCE_MS: f64 = 1_000.0;
/// Between the entries of several clients about the same event.
const SEEN_BY_ALL_MS: f64 = 10_000.0;
/// Between the start of a dump and the moment others see the endpoint join, and between its end and the moment they see it
/// leave.
const COMING_MS: f64 = 60_000.0;
/// A client pings the server for at most 65 s before it restarts its session, and waits 2 s more.
const RESTARTING_MS: f64 = 70_000.0;

/// What an observation can be merged with; `None` for kinds that are never merged.
pub(super) fn equivalence<'a>(observation: &Observation<'a>) -> Option<Equivalence<'a>> {
    let subject = |topic, word| EquivalenceKey { topic, subject: observation.subject, dump: None, word };
    let of_dump = |topic| EquivalenceKey {
        topic,
        subject: Subject::Unspecified,
        dump: Some(observation.dump),
        word: None,
    };
    let same = |subject, within_ms, again_within_ms| Equivalence {
        subject,
        within_ms,
        again_within_ms,
        is_toggle: false,
        source: None,
        rank: 0,
    };
    // The endpoint's own observation is shown rather than another's.
    let other = u8::from(!observation.own);
    let switch_ms = if observation.exact { ONE_ACTION_MS } else { POLLED_WITHIN_MS };
    let change =
        |topic| Equivalence { is_toggle: true, rank: other, ..same(subject(topic, None), 0.0, switch_ms) };
    let again = |subject| same(subject, 0.0, AT_ONCE_MS);
    Some(match observation.kind {
        EventKind::AudioMuted | EventKind::AudioUnmuted => change("audio"),
        EventKind::VideoMuted | EventKind::VideoUnmuted => change("video"),
        EventKind::ScreenShareStarted | EventKind::ScreenShareStopped => change("screen"),
        EventKind::MemberJoined => Equivalence { rank: other, ..same(subject("join", None), 0.0, COMING_MS) },
        EventKind::MemberLeft => Equivalence { rank: other, ..same(subject("leave", None), 0.0, COMING_MS) },
        EventKind::MemberKicked => same(subject("kicked", None), 0.0, SEEN_BY_ALL_MS),
        EventKind::EndpointActive | EventKind::EndpointInactive => {
            Equivalence { is_toggle: true, ..same(subject("endpoint", None), 0.0, SEEN_BY_ALL_MS) }
        }
        EventKind::FocusLeft => same(
            EquivalenceKey { subject: Subject::Unspecified, ..subject("focus", None) },
            0.0,
            SEEN_BY_ALL_MS,
        ),
        EventKind::ConferenceStart => same(
            EquivalenceKey { subject: Subject::Unspecified, ..subject("start", observation.detail) },
            0.0,
            f64::INFINITY,
        ),
        EventKind::ConnectionState if observation.detail == Some("failed") => {
            same(of_dump("failed"), AT_ONCE_MS, 0.0)
        }
        EventKind::ConnectionFailed => {
            Equivalence { rank: 1, ..same(of_dump("failed"), AT_ONCE_MS, AT_ONCE_MS) }
        }
        EventKind::BridgeSessionRestarted => same(of_dump("restart"), RESTARTING_MS, AT_ONCE_MS),
        EventKind::IceRestartRequested => {
            Equivalence { rank: 1, ..same(of_dump("restart"), RESTARTING_MS, 0.0) }
        }
        EventKind::IceRestartTriggered => {
            Equivalence { rank: 2, ..same(of_dump("restart"), RESTARTING_MS, 0.0) }
        }
        EventKind::IceFailure => again(of_dump("ice failure")),
        EventKind::RemoteSourceSuspended => same(of_dump("suspended"), AT_ONCE_MS, 0.0),
        EventKind::BweIssue => {
            Equivalence { rank: 1, source: observation.detail, ..same(of_dump("suspended"), AT_ONCE_MS, 0.0) }
        }
        EventKind::StreamingStatus => {
            let source = observation.detail?.strip_suffix(" inactive")?;
            Equivalence { rank: 2, source: Some(source), ..same(of_dump("suspended"), AT_ONCE_MS, 0.0) }
        }
        EventKind::RemoteSourceInterrupted => {
            Equivalence { source: observation.detail, ..same(of_dump("interrupted"), AT_ONCE_MS, 0.0) }
        }
        EventKind::BridgeChannelOpened => again(of_dump("channel open")),
        // A close code is more specific than the side that closed.
        EventKind::BridgeChannelClosed => {
            let rank = u8::from(
                !observation.detail.is_some_and(|detail| detail.starts_with(|c: char| c.is_ascii_digit())),
            );
            Equivalence { rank, ..again(of_dump("channel close")) }
        }
        EventKind::P2pEstablished => again(of_dump("p2p")),
        EventKind::P2pClosed => again(of_dump("no p2p")),
        EventKind::CaptureFailed => {
            let error = observation.detail.map(|detail| detail.split(':').next().unwrap_or(detail));
            again(EquivalenceKey { word: error, ..of_dump("capture") })
        }
        EventKind::XmppError => again(EquivalenceKey { word: observation.detail, ..of_dump("xmpp") }),
        EventKind::DeviceListChanged => again(of_dump("devices")),
        _ => return None,
    })
}
