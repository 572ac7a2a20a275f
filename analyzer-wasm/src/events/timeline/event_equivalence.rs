//! Which lines tell of the same thing: entries that are sent twice, entries and console lines, dumps of many people.

use super::observation::{Observation, Subject};
use crate::model::EventKind;

/// What makes lines the same; they must agree in all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct EquivalenceKey<'a> {
    topic: &'static str,
    subject: Subject<'a>,
    /// The dump that tells it, where others' tell of something else.
    dump: Option<usize>,
    word: Option<&'a str>,
}

/// When lines of one subject are the same.
#[derive(Clone, Copy, Debug)]
pub(super) struct Equivalence<'a> {
    pub(super) subject: EquivalenceKey<'a>,
    /// Lines of different kinds are, when they come within this.
    pub(super) within_ms: f64,
    /// Lines of one kind are, when they come within this.
    pub(super) again_within_ms: f64,
    /// Whether only the latest can be meant: something that is switched on and off.
    pub(super) is_toggle: bool,
    /// The dump's own source of it, for example of a video, which must not differ where both name one.
    pub(super) source: Option<&'a str>,
    /// Of several the lowest is shown.
    pub(super) rank: u8,
}

/// A client sends a mute by its track and by its connection.
const ONE_ACTION_MS: f64 = 1_500.0;
/// A server's poll shows a change this much later.
const POLLED_WITHIN_MS: f64 = 15_000.0;
/// What one client notices twice.
const AT_ONCE_MS: f64 = 1_000.0;
/// What several people notice.
const SEEN_BY_ALL_MS: f64 = 10_000.0;
/// Between a page's begin and its joining the room, as others see it; and between its end and the room's knowing.
const COMING_MS: f64 = 60_000.0;
/// A client pings the server for at most 65 s before it restarts its session, and waits 2 s more.
const RESTARTING_MS: f64 = 70_000.0;

/// What a line's tale is the same with; `None` with nothing.
pub(super) fn equivalence<'a>(observation: &Observation<'a>) -> Option<Equivalence<'a>> {
    let subject = |topic, word| EquivalenceKey { topic, subject: observation.subject, dump: None, word };
    let of_dump =
        |topic| EquivalenceKey { topic, subject: Subject::Nobody, dump: Some(observation.dump), word: None };
    let same = |subject, within_ms, again_within_ms| Equivalence {
        subject,
        within_ms,
        again_within_ms,
        is_toggle: false,
        source: None,
        rank: 0,
    };
    // Whoever does it knows it best.
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
        EventKind::FocusLeft => {
            same(EquivalenceKey { subject: Subject::Nobody, ..subject("focus", None) }, 0.0, SEEN_BY_ALL_MS)
        }
        EventKind::ConferenceStart => same(
            EquivalenceKey { subject: Subject::Nobody, ..subject("start", observation.detail) },
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
        // A code says more than by whom.
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
