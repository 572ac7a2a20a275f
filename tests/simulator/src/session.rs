//! One stay of a person: its ids, its streams' SSRCs and tracks, its clock and when it is polled.

use std::sync::Arc;

use super::random::Random;
use super::scenario::{Person, Presence, Scenario, TimeRange, Topology};

/// Between joining and the bridge's ICE connection.
const CONNECTING_MS: u64 = 2_400;
/// Between the second's connection and the direct one.
const DIRECT_MS: u64 = 3_000;
/// The first purpose of draws that is a session's.
const PURPOSE: u64 = 1_000;

/// A stay in the call.
#[derive(Debug)]
pub(super) struct Session {
    /// The person's place in the scenario.
    pub(super) person: usize,
    pub(super) details: Person,
    pub(super) presence: Presence,
    /// When the media connection is up.
    pub(super) connected_ms: u64,
    /// Where the polls fall within their period.
    pub(super) phase_ms: u64,
    pub(super) audio: Source,
    /// By layer, the smallest first; one alone on a direct path.
    pub(super) camera: Vec<Source>,
    pub(super) screen: Source,
    pub(super) ice: Vec<IceIds>,
    pub(super) fingerprints: [Arc<str>; 2],
}

/// One stream that is sent.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) ssrc: u32,
    /// The track here, and as the others see it.
    pub(super) track: Arc<str>,
    pub(super) remote_track: Arc<str>,
    /// The stream's name as the others see it: it begins with the endpoint.
    pub(super) remote_stream: Arc<str>,
    pub(super) names: Names,
}

/// The ids of a stream's reports.
#[derive(Clone, Debug)]
pub(super) struct Names {
    pub(super) inbound: Arc<str>,
    pub(super) outbound: Arc<str>,
    pub(super) remote_inbound: Arc<str>,
    pub(super) remote_outbound: Arc<str>,
    pub(super) mid: Arc<str>,
}

impl Names {
    fn of(kind: char, ssrc: u32, mid: usize) -> Self {
        Self {
            inbound: format!("IT01{kind}{ssrc}").into(),
            outbound: format!("OT01{kind}{ssrc}").into(),
            remote_inbound: format!("RI{kind}{ssrc}").into(),
            remote_outbound: format!("RO{kind}{ssrc}").into(),
            mid: mid.to_string().into(),
        }
    }
}

/// The names that one generation of ICE goes by.
#[derive(Clone, Debug)]
pub(super) struct IceIds {
    pub(super) local: Arc<str>,
    pub(super) remote: Arc<str>,
    pub(super) pair: Arc<str>,
    pub(super) ufrag: Arc<str>,
    pub(super) remote_ufrag: Arc<str>,
    pub(super) port: u16,
}

/// When media flows for somebody who joined then.
pub(super) fn connected_after(from_ms: u64) -> u64 {
    from_ms + CONNECTING_MS
}

/// The name of a stay's dump.
pub(super) fn dump_name(presence: &Presence) -> String {
    format!("{}.gz", presence.session_id)
}

impl Session {
    /// Every stay of a scenario.
    pub(super) fn all(scenario: &Scenario) -> Vec<Self> {
        let direct_ms = scenario.presences().map(|(.., presence)| presence.time.from_ms).max().unwrap_or(0);
        let mut sessions = Vec::new();
        for (index, (person, details, presence)) in (0..).zip(scenario.presences()) {
            let mut random = Random::new(scenario.seed, PURPOSE + index);
            let layers = if scenario.topology == Topology::PeerToPeer { 1 } else { 3 };
            let source = |random: &mut Random, kind: &str, number: usize| {
                let (track, ssrc) = (random.uuid(), draw_ssrc(random));
                let letter = if kind == "audio" { 'A' } else { 'V' };
                let mid = 3 * sessions.len() + usize::from(kind == "video") + number;
                Source {
                    ssrc,
                    names: Names::of(letter, ssrc, mid),
                    remote_track: format!("{track}-1").into(),
                    remote_stream: format!("{}-{kind}-{number}-1", presence.endpoint_id).into(),
                    track: track.into(),
                }
            };
            let camera = source(&mut random, "video", 0);
            let mut layer = |_| {
                let ssrc = draw_ssrc(&mut random);
                Source { ssrc, names: Names::of('V', ssrc, 3 * sessions.len() + 1), ..camera.clone() }
            };
            let more: Vec<Source> = (1..layers).map(&mut layer).collect();
            sessions.push(Self {
                person,
                connected_ms: match scenario.topology {
                    Topology::Bridge => connected_after(presence.time.from_ms),
                    Topology::PeerToPeer => connected_after(direct_ms) + DIRECT_MS,
                },
                phase_ms: random.whole(0, details.poll_ms.saturating_sub(1)),
                audio: source(&mut random, "audio", 0),
                screen: source(&mut random, "video", 1),
                camera: std::iter::once(camera).chain(more).collect(),
                ice: (0..8).map(|_| ice_ids(&mut random)).collect(),
                fingerprints: [fingerprint(&mut random), fingerprint(&mut random)],
                details: details.clone(),
                presence: presence.clone(),
            });
        }
        sessions
    }

    /// When it was there.
    pub(super) fn time(&self) -> TimeRange {
        self.presence.time
    }

    /// When media could flow.
    pub(super) fn connected(&self) -> TimeRange {
        TimeRange { from_ms: self.connected_ms, to_ms: self.presence.time.to_ms }
    }
}

fn draw_ssrc(random: &mut Random) -> u32 {
    random.whole(1 << 24, u64::from(u32::MAX)) as u32
}

fn ice_ids(random: &mut Random) -> IceIds {
    let (local, remote) = (random.token(8), random.token(8));
    IceIds {
        pair: format!("CP{local}_{remote}").into(),
        local: format!("I{local}").into(),
        remote: format!("I{remote}").into(),
        ufrag: random.token(4).into(),
        remote_ufrag: random.token(5).into(),
        port: random.whole(32_768, 60_999) as u16,
    }
}

fn fingerprint(random: &mut Random) -> Arc<str> {
    let octets: Vec<String> = (0..32).map(|_| random.hex(2).to_uppercase()).collect();
    octets.join(":").into()
}
