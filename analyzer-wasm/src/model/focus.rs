//! The state of a conference on its focus (Jicofo) at one poll: members, bridges and counts.

/// The state of a conference on its focus at one poll.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FocusPoll {
    /// All members of the room, bots included.
    pub members: Vec<FocusMember>,
    /// The bridges that carry it.
    pub bridges: Vec<FocusBridge>,
    /// How many members send audio.
    pub audio_senders: Option<f64>,
    /// How many members send video.
    pub video_senders: Option<f64>,
    /// How many members there are, machines included.
    pub participants: Option<f64>,
    /// How many recorders.
    pub recorders: Option<f64>,
    /// How many SIP gateways.
    pub sip: Option<f64>,
    /// How many transcribers.
    pub transcribers: Option<f64>,
    /// How many visitors.
    pub visitors: Option<f64>,
    /// Whether the limit of audio senders is reached.
    pub audio_limit: Option<bool>,
    /// Whether the limit of video senders is reached.
    pub video_limit: Option<bool>,
}

/// The kind of a member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum MemberKind {
    /// A participant.
    #[default]
    Participant,
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
    /// Whether the state has the full entry of the member, not only changed values.
    pub is_full: bool,
    /// The generated stats id.
    pub stats_id: Option<String>,
    /// Its kind.
    pub kind: MemberKind,
    /// The region that the deployment assigned.
    pub region: Option<String>,
    /// For example `OWNER`.
    pub role: Option<String>,
    /// Whether the microphone is muted.
    pub audio_muted: Option<bool>,
    /// Whether the camera is muted.
    pub video_muted: Option<bool>,
    /// Whether one of its sources is a screen.
    pub sharing: Option<bool>,
    /// Whether it is a visitor, who only receives.
    pub visitor: Option<bool>,
    /// The bridge that it is assigned to.
    pub bridge: Option<String>,
    /// The Jingle session: `PENDING`, `ACTIVE` or `ENDED`.
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
    /// Its load; 1 is full.
    pub stress: Option<f64>,
    /// Whether its health checks succeed.
    pub healthy: Option<bool>,
    /// Whether its load is above the limit for new participants.
    pub overloaded: Option<bool>,
    /// Whether it is being drained and gets no new conferences.
    pub draining: Option<bool>,
    /// Whether it is shutting down.
    pub shutting_down: Option<bool>,
    /// Whether it responds to requests.
    pub operational: Option<bool>,
}
