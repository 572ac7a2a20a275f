//! A focus' view of a conference as it stood at one poll: who is in it, on which bridge, and what is counted.

/// A conference as its focus sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FocusPoll {
    /// Everybody in the room, bots included.
    pub members: Vec<FocusMember>,
    /// The bridges that carry it.
    pub bridges: Vec<FocusBridge>,
    /// Who sends audio.
    pub audio_senders: Option<f64>,
    /// Who sends video.
    pub video_senders: Option<f64>,
    /// People and machines, as the focus counts them.
    pub participants: Option<f64>,
    /// Recorders.
    pub recorders: Option<f64>,
    /// SIP gateways.
    pub sip: Option<f64>,
    /// Transcribers.
    pub transcribers: Option<f64>,
    /// Visitors.
    pub visitors: Option<f64>,
    /// Whether nobody more may send audio.
    pub audio_limit: Option<bool>,
    /// Whether nobody more may send video.
    pub video_limit: Option<bool>,
}

/// What a member is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum MemberKind {
    /// Somebody.
    #[default]
    Person,
    /// A recorder.
    Jibri,
    /// A SIP gateway.
    Jigasi,
    /// A transcriber.
    Transcriber,
    /// Another machine.
    Bot,
}

/// One member of the room.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FocusMember {
    /// The endpoint id.
    pub id: String,
    /// Whether it was told in full, and not only what changed of it.
    pub whole: bool,
    /// The generated stats id.
    pub stats_id: Option<String>,
    /// What it is.
    pub kind: MemberKind,
    /// Where the deployment placed it.
    pub region: Option<String>,
    /// For example `OWNER`.
    pub role: Option<String>,
    /// Whether the microphone is muted.
    pub audio_muted: Option<bool>,
    /// Whether the camera is muted.
    pub video_muted: Option<bool>,
    /// Whether a screen is among their sources.
    pub sharing: Option<bool>,
    /// Whether it only watches.
    pub visitor: Option<bool>,
    /// The bridge it was put on.
    pub bridge: Option<String>,
    /// Jingle as `PENDING`, `ACTIVE` or `ENDED`.
    pub jingle: Option<String>,
}

/// One bridge of the conference.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct FocusBridge {
    /// Its name.
    pub name: String,
    /// Its software version.
    pub version: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// Its load, 1 is full.
    pub stress: Option<f64>,
    /// Whether its health checks succeed.
    pub healthy: Option<bool>,
    /// Whether it is too busy for more.
    pub overloaded: Option<bool>,
    /// Whether it takes no new conferences.
    pub draining: Option<bool>,
    /// Whether it is about to stop.
    pub shutting_down: Option<bool>,
    /// Whether it answers.
    pub operational: Option<bool>,
}
