//! The streams that endpoints announce: SSRCs, source names, repair streams and SSRC groups.

use serde_json::{Value, json};

use crate::model::Kind;
use crate::random::Random;
use crate::session::{Session, Source};

/// Random stream of the repair streams' SSRCs; the index of the session is added.
const PURPOSE: u64 = 4_300;

/// The repair streams of one session: those of the camera's layers, then the screen's.
#[derive(Debug)]
pub(super) struct Repairs {
    camera: Vec<u32>,
    screen: u32,
}

/// One announced stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) ssrc: u32,
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) is_repair: bool,
    msid: String,
}

impl Repairs {
    /// Draws the repair streams of all sessions.
    pub(super) fn all(seed: u64, sessions: &[Session]) -> Vec<Self> {
        let of = |(number, session): (u64, &Session)| {
            let mut random = Random::new(seed, PURPOSE + number);
            let mut ssrc = || random.whole(1 << 24, u64::from(u32::MAX)) as u32;
            Self { camera: session.camera.iter().map(|_| ssrc()).collect(), screen: ssrc() }
        };
        (0..).zip(sessions).map(of).collect()
    }

    /// The repair stream of a layer, or of the screen.
    pub(super) fn of(&self, kind: Kind, layer: usize) -> Option<u32> {
        match kind {
            Kind::Voice => None,
            Kind::Camera => self.camera.get(layer).copied(),
            Kind::Screen => Some(self.screen),
        }
    }

    /// The streams that a session announces, in the order of its description.
    pub(super) fn rows(&self, session: &Session, shares: bool) -> Vec<Row> {
        let mut rows = vec![row(session, Kind::Voice, &session.audio, None)];
        let camera = |layer: usize| session.camera.get(layer).zip(self.camera.get(layer));
        let mut repairs = Vec::new();
        for (layer, source) in session.camera.iter().enumerate() {
            rows.push(row(session, Kind::Camera, source, None));
            let repair = camera(layer).map(|(source, ssrc)| row(session, Kind::Camera, source, Some(*ssrc)));
            // The repair stream of the first layer follows it, the others follow all layers.
            if layer == 0 { rows.extend(repair) } else { repairs.extend(repair) }
        }
        rows.append(&mut repairs);
        if shares {
            rows.push(row(session, Kind::Screen, &session.screen, None));
            rows.push(row(session, Kind::Screen, &session.screen, Some(self.screen)));
        }
        rows
    }

    /// The streams in the focus' format.
    pub(super) fn listed(&self, session: &Session, shares: bool) -> Value {
        let rows: Vec<Value> = self.rows(session, shares).iter().map(Row::json).collect();
        json!({"sources": rows, "groups": self.groups(session, shares)})
    }

    fn groups(&self, session: &Session, shares: bool) -> Vec<Value> {
        let group = |semantics: &str, ssrcs: &[u32]| json!({"semantics": semantics, "media_type": "video", "ssrcs": ssrcs});
        let mut groups = Vec::new();
        let layers: Vec<u32> = session.camera.iter().map(|source| source.ssrc).collect();
        for (place, (layer, repair)) in layers.iter().zip(&self.camera).enumerate() {
            groups.push(group("FID", &[*layer, *repair]));
            if place == 0 && layers.len() > 1 {
                groups.push(group("SIM", &layers));
            }
        }
        if shares {
            groups.push(group("FID", &[session.screen.ssrc, self.screen]));
        }
        groups
    }
}

impl Row {
    /// `camera` or `desktop`, for video.
    pub(super) fn video_type(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Voice => None,
            Kind::Camera => Some("camera"),
            Kind::Screen => Some("desktop"),
        }
    }

    pub(super) fn media_type(&self) -> &'static str {
        if self.kind == Kind::Voice { "audio" } else { "video" }
    }

    fn json(&self) -> Value {
        json!({
            "ssrc": self.ssrc, "media_type": self.media_type(), "name": self.name, "msid": self.msid,
            "videoType": self.video_type().unwrap_or("null"),
        })
    }
}

fn row(session: &Session, kind: Kind, source: &Source, repair: Option<u32>) -> Row {
    Row {
        ssrc: repair.unwrap_or(source.ssrc),
        kind,
        name: name(session, kind),
        is_repair: repair.is_some(),
        msid: format!("{} {}", source.remote_stream, source.remote_track),
    }
}

/// A source's name: the endpoint's id, the kind of media and a number.
pub(super) fn name(session: &Session, kind: Kind) -> String {
    let ending = match kind {
        Kind::Voice => "a0",
        Kind::Camera => "v0",
        Kind::Screen => "v1",
    };
    format!("{}-{ending}", session.presence.endpoint_id)
}
