//! What happened on a server: a closed list of kinds, each with its family and its name in the report.

use serde::{Deserialize, Serialize};

use super::Stamp;

/// One thing that happened on a server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServerEvent {
    /// Epoch ms on the writer's clock.
    pub at_ms: f64,
    /// Counted from 1.
    pub line: u64,
    /// What it is.
    pub kind: ServerEventKind,
    /// The endpoint that it is about.
    pub endpoint: Option<String>,
    /// The new state, the reason, the bridge.
    pub detail: Option<String>,
    /// Whether the log says it, to the millisecond; else a poll shows it, which may be a period later.
    pub exact: bool,
}

impl ServerEvent {
    /// An event about an endpoint or, without one, about the conference, as a poll shows it.
    #[must_use]
    pub fn new(at: Stamp, kind: ServerEventKind, endpoint: Option<&str>, detail: Option<String>) -> Self {
        let endpoint = endpoint.map(str::to_owned);
        Self { at_ms: at.at_ms, line: at.line, kind, endpoint, detail, exact: false }
    }

    /// The same, as a log says it.
    #[must_use]
    pub fn logged(self) -> Self {
        Self { exact: true, ..self }
    }
}

macro_rules! server_event_kinds {
    ($($variant:ident = $family:literal, $name:literal;)*) => {
        /// What an event on a server is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum ServerEventKind { $(#[doc = concat!("`", $name, "`")] $variant,)* }

        impl ServerEventKind {
            /// The report's `type`.
            #[must_use]
            pub const fn family(self) -> &'static str {
                match self { $(Self::$variant => $family),* }
            }

            /// The report's `subtype`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

server_event_kinds! {
    ConferenceCreated = "conference", "conference_created";
    ConferenceEnded = "conference", "conference_ended";
    MemberJoined = "member", "member_joined";
    MemberLeft = "member", "member_left";
    MemberKicked = "member", "member_kicked";
    RoleChanged = "member", "role_changed";
    Invited = "member", "session_initiate";
    Accepted = "member", "session_accept";
    Terminated = "member", "session_terminate";
    EndpointJoined = "bridge", "endpoint_joined";
    EndpointLeft = "bridge", "endpoint_left";
    BridgeAssigned = "bridge", "bridge_assigned";
    BridgeMoved = "bridge", "bridge_moved";
    BridgeAdded = "bridge", "bridge_added";
    BridgeRemoved = "bridge", "bridge_removed";
    BridgeOverloaded = "bridge", "bridge_overloaded";
    BridgeRelieved = "bridge", "bridge_relieved";
    BridgeUnhealthy = "bridge", "bridge_unhealthy";
    BridgeHealthy = "bridge", "bridge_healthy";
    BridgeDraining = "bridge", "bridge_draining";
    BridgeShutdown = "bridge", "bridge_shutting_down";
    AllocationFailed = "bridge", "allocation_failed";
    Reinvited = "bridge", "reinvited";
    Oversending = "bridge", "oversending_start";
    NotOversending = "bridge", "oversending_stop";
    SourcesSuspended = "bridge", "sources_suspended";
    SourcesResumed = "bridge", "sources_resumed";
    MessagesNotConnected = "bridge", "message_transport_not_connected";
    EndpointInactive = "bridge", "endpoint_inactive";
    EndpointActive = "bridge", "endpoint_active";
    IceState = "ice", "bridge_ice_state";
    IceFailedReported = "ice", "ice_failed_reported";
    IceRestart = "ice", "bridge_ice_restart";
    DtlsState = "dtls", "bridge_dtls_state";
    XmppDisconnected = "signaling", "server_xmpp_disconnected";
    XmppReconnected = "signaling", "server_xmpp_reconnected";
    AudioMuted = "activity", "audio_mute";
    AudioUnmuted = "activity", "audio_unmute";
    VideoMuted = "activity", "video_disable";
    VideoUnmuted = "activity", "video_enable";
    DominantSpeaker = "activity", "dominant_speaker";
    AudioLimit = "conference", "audio_limit_reached";
    AudioLimitOver = "conference", "audio_limit_over";
    VideoLimit = "conference", "video_limit_reached";
    VideoLimitOver = "conference", "video_limit_over";
    RecorderJoined = "recording", "recorder_joined";
    RecorderLeft = "recording", "recorder_left";
    RecordingFailed = "recording", "recording_failed";
    SipJoined = "recording", "sip_joined";
    SipLeft = "recording", "sip_left";
    TranscriberJoined = "recording", "transcriber_joined";
    TranscriberLeft = "recording", "transcriber_left";
    BotJoined = "recording", "bot_joined";
    BotLeft = "recording", "bot_left";
}
