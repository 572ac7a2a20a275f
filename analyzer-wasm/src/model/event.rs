//! What happened, apart from stats: a closed list of kinds, each with its family and its name in the report.

use serde::{Deserialize, Serialize};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Epoch ms on the writer's clock.
    pub at_ms: f64,
    /// Counted from 1.
    pub line: u64,
    /// The peer connection, where it is about one.
    pub connection: Option<String>,
    /// What it is.
    pub kind: EventKind,
    /// The new state, the error, the device: whatever the entry says.
    pub detail: Option<String>,
}

macro_rules! event_kinds {
    ($($variant:ident = $family:literal, $name:literal, $meaning:literal;)*) => {
        /// What an event is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum EventKind { $(#[doc = $meaning] $variant,)* }

        impl EventKind {
            /// Every kind, by family.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

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

            /// What it means, and where it comes from.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning),* }
            }
        }
    };
}

event_kinds! {
    ConferenceStart = "conference", "conference_start",
        "When the conference began by the server's clock, in epoch ms (`conferenceStartTimestamp`).";
    FocusLeft = "conference", "focus_left", "The focus (Jicofo) left the room, which ends the conference.";
    ConferenceCreated = "conference", "conference_created", "A server made the conference.";
    ConferenceEnded = "conference", "conference_ended", "A server ended the conference.";
    AudioLimit = "conference", "audio_limit_reached", "No more people may send audio.";
    AudioLimitOver = "conference", "audio_limit_over", "More people may send audio again.";
    VideoLimit = "conference", "video_limit_reached", "No more people may send video.";
    VideoLimitOver = "conference", "video_limit_over", "More people may send video again.";
    MemberJoined = "member", "join",
        "Somebody joined: a dump begins, or others' consoles or a focus say so; the detail is the endpoint.";
    MemberPresent = "member", "member_present",
        "Somebody was there already when the dump's writer joined; the detail is the endpoint.";
    MemberLeft = "member", "leave",
        "Somebody left: a dump's connections are all closed or the dump ends, or others say so.";
    MucJoined = "member", "muc_joined", "The XMPP room let the writer in.";
    MemberKicked = "member", "kicked", "Somebody was removed from the room; the detail is the endpoint.";
    RoleChanged = "member", "role_changed", "Somebody has another role: from which to which.";
    Invited = "member", "session_initiate", "The focus offered a session.";
    Accepted = "member", "session_accept", "A client accepted the session.";
    Terminated = "member", "session_terminate", "The focus ended a session; the detail is why.";
    ConnectionCreated = "connection", "create", "An `RTCPeerConnection` was made.";
    ConnectionClosed = "connection", "close", "An `RTCPeerConnection` was closed.";
    Topology = "connection", "constraints", "Whether a connection goes to a peer (`p2p`) or to a `bridge`.";
    ConnectionState = "connection", "connectionstatechange", "The new `connectionState`.";
    ConnectionFailed = "connection", "connection_failed",
        "The console says that the connection to the bridge or the peer failed.";
    P2pEstablished = "connection", "p2p_established", "Media goes directly from now on.";
    P2pClosed = "connection", "p2p_closed", "Media goes through the bridge again.";
    BridgeChannelOpened = "bridge", "bridge_channel_open", "The message channel to the bridge is open.";
    BridgeChannelClosed = "bridge", "bridge_channel_close",
        "The message channel to the bridge was closed; the detail is code and reason, or by whom.";
    EndpointActive = "bridge", "endpoint_active", "The bridge hears from an endpoint again.";
    EndpointInactive = "bridge", "endpoint_inactive", "The bridge does not hear from an endpoint any more.";
    EndpointJoined = "bridge", "endpoint_joined", "An endpoint came to a bridge.";
    EndpointLeft = "bridge", "endpoint_left", "An endpoint left a bridge.";
    BridgeAssigned = "bridge", "bridge_assigned", "Somebody was put on a bridge; the detail is which.";
    BridgeMoved = "bridge", "bridge_moved", "Somebody was moved: from which bridge to which.";
    BridgeAdded = "bridge", "bridge_added", "The conference got a bridge; the detail is which.";
    BridgeRemoved = "bridge", "bridge_removed", "A bridge was removed from the conference.";
    BridgeOverloaded = "bridge", "bridge_overloaded", "A bridge is too busy for more.";
    BridgeRelieved = "bridge", "bridge_relieved", "A bridge is not too busy any more.";
    BridgeUnhealthy = "bridge", "bridge_unhealthy", "A bridge failed its health check.";
    BridgeHealthy = "bridge", "bridge_healthy", "A bridge passes its health check again.";
    BridgeDraining = "bridge", "bridge_draining", "A bridge takes no new conferences.";
    BridgeShutdown = "bridge", "bridge_shutting_down", "A bridge is about to stop.";
    AllocationFailed = "bridge", "allocation_failed", "A bridge could not take somebody; the detail is why.";
    Reinvited = "bridge", "reinvited", "People were invited anew, to another bridge.";
    Oversending = "bridge", "oversending_start", "A bridge sends somebody more than the way carries.";
    NotOversending = "bridge", "oversending_stop", "A bridge sends somebody no more than the way carries.";
    SourcesSuspended = "bridge", "sources_suspended", "A bridge suspended sources for somebody; the detail is which.";
    SourcesResumed = "bridge", "sources_resumed", "A bridge sends somebody all sources again.";
    MessagesNotConnected = "bridge", "message_transport_not_connected", "An endpoint opened no message channel.";
    IceConnectionState = "ice", "iceconnectionstatechange", "The new `iceConnectionState`.";
    IceGatheringState = "ice", "icegatheringstatechange", "The new `iceGatheringState`.";
    LocalCandidate = "ice", "icecandidate", "A candidate of this side; `end` after the last.";
    RemoteCandidate = "ice", "addIceCandidate", "A candidate of the other side.";
    RemoteCandidateFailure = "ice", "addIceCandidateOnFailure", "A candidate of the other side was refused.";
    IceRestartRequested = "ice", "ice_restart_requested", "An ICE restart was asked for; the detail is why.";
    IceRestartApplied = "ice", "ice_restart_applied", "An ICE restart was carried out.";
    IceRestartTriggered = "ice", "ice_restart", "The console says that ICE failed and will be restarted.";
    IceFailure = "ice", "ice_failure", "ICE failed for good: the application reloads the conference.";
    IceRestored = "ice", "ice_restored", "ICE came back by itself before it was restarted.";
    BridgeSessionRestarted = "ice", "jvb_ice_restarted",
        "ICE did not come back, so the session with the bridge was begun anew.";
    BridgeIceState = "ice", "bridge_ice_state", "ICE as a bridge sees it: its new state.";
    IceFailedReported = "ice", "ice_failed_reported", "A client told the focus that its ICE failed.";
    BridgeIceRestart = "ice", "bridge_ice_restart", "A bridge or the focus restarts ICE for somebody.";
    DtlsState = "dtls", "dtlsstatechange", "The new state of the DTLS transport.";
    DtlsError = "dtls", "dtlserror", "An error of the DTLS transport.";
    BridgeDtlsState = "dtls", "bridge_dtls_state", "DTLS as a bridge sees it: its new state.";
    SignalingState = "signaling", "signalingstatechange", "The new `signalingState`.";
    NegotiationNeeded = "signaling", "negotiationneeded", "The browser wants to negotiate.";
    Offer = "signaling", "createOffer", "An offer was made.";
    Answer = "signaling", "createAnswer", "An answer was made.";
    LocalDescription = "signaling", "setLocalDescription", "A description of this side was set.";
    RemoteDescription = "signaling", "setRemoteDescription", "A description of the other side was set.";
    NegotiationFailure = "signaling", "negotiation_failure", "A step of the negotiation failed.";
    XmppDisconnected = "signaling", "strophe_disconnected", "The XMPP connection was lost.";
    XmppReconnected = "signaling", "strophe_reconnected", "The XMPP connection came back.";
    XmppError = "signaling", "strophe_error", "An XMPP request failed.";
    ServerXmppDisconnected = "signaling", "server_xmpp_disconnected", "A server lost its XMPP connection.";
    ServerXmppReconnected = "signaling", "server_xmpp_reconnected", "A server's XMPP connection came back.";
    TrackAdded = "media", "addTrack", "A track or stream of this side was added.";
    TrackRemoved = "media", "removeTrack", "A track or stream of this side was removed.";
    RemoteTrackAdded = "media", "track", "A track of somebody else came.";
    RemoteStreamAdded = "media", "addstream", "A stream of somebody else came.";
    RemoteStreamRemoved = "media", "removestream", "A stream of somebody else went.";
    DataChannel = "media", "datachannel", "A data channel was made.";
    VideoType = "media", "video_type",
        "Somebody's video is of a camera or of a desktop: its SSRC, `camera` or `desktop`, the endpoint if it is told.";
    CodecChanged = "media", "codec_changed", "Video is sent with another codec.";
    RemoteSourceSuspended = "media", "remoteSourceSuspended",
        "The bridge stopped sending a video for want of bandwidth.";
    RemoteSourceInterrupted = "media", "remoteSourceInterrupted", "A video stopped coming.";
    BweIssue = "media", "bwe_issue",
        "The console says that a video went from active to inactive; the detail is its source.";
    StreamingStatus = "media", "track_streaming_status",
        "The console says that a video is active, inactive or restoring; the detail is its source and that.";
    SenderConstraints = "media", "sender_constraints",
        "The bridge asks for a video of this side at a height; the detail is the source and the height, 0 for none.";
    ForwardedSources = "media", "forwarded_sources",
        "The videos that the bridge sends have changed; the detail is which.";
    RemoteVideoDecoding = "media", "remote_video_decoding", "A video that comes is not decoded, or is again.";
    AudioMuted = "activity", "audio_mute", "A microphone was muted.";
    AudioUnmuted = "activity", "audio_unmute", "A microphone was unmuted, or a first one was published.";
    VideoMuted = "activity", "video_disable", "A camera was muted.";
    VideoUnmuted = "activity", "video_enable", "A camera was unmuted, or a first one was published.";
    VideoTrackMuted = "activity", "video_track_mute",
        "A camera or a screen was muted. Reports tell which: `video_disable`, or `screenshare_stop`.";
    VideoTrackUnmuted = "activity", "video_track_unmute",
        "A camera or a screen was unmuted. Reports tell which: `video_enable`, or `screenshare_start`.";
    ScreenShareStarted = "activity", "screenshare_start", "Somebody shares a screen.";
    ScreenShareStopped = "activity", "screenshare_stop", "Somebody shares a screen no more.";
    DominantSpeaker = "activity", "dominant_speaker",
        "Who is dominant as one dump was told, or nobody. Reports tell it of whom it is about: \
         `dominant_speaker_start`, `dominant_speaker_stop`.";
    BecameDominantSpeaker = "activity", "dominant_speaker_start", "Somebody became the dominant speaker.";
    DominantSpeakerStopped = "activity", "dominant_speaker_stop",
        "Somebody is the dominant speaker no more: 1 ms before somebody else is, or when all are silent.";
    CaptureRequested = "device", "getUserMedia", "A microphone or camera was asked for.";
    CaptureStarted = "device", "getUserMediaOnSuccess", "A microphone or camera came; the detail is which.";
    CaptureFailed = "device", "getUserMediaOnFailure", "No microphone or camera came; the detail is the error.";
    ScreenCaptureRequested = "device", "getDisplayMedia", "A screen was asked for.";
    ScreenCaptureStarted = "device", "getDisplayMediaOnSuccess", "A screen came.";
    ScreenCaptureFailed = "device", "getDisplayMediaOnFailure", "No screen came; the detail is the error.";
    DeviceListChanged = "device", "device_list_changed",
        "Devices came or went; the detail is how many there are now.";
    CpuRestricted = "device", "cpu_restricted", "The CPU restricts what is encoded (`true`), or no more.";
    RecordingStarted = "recording", "recording_start", "The writer asked for a recording.";
    RecordingStopped = "recording", "recording_stop", "The writer ended a recording.";
    RecorderJoined = "recording", "recorder_joined", "A recorder came.";
    RecorderLeft = "recording", "recorder_left", "A recorder left.";
    RecordingFailed = "recording", "recording_failed", "A recording could not be started.";
    SipJoined = "recording", "sip_joined", "A SIP gateway came.";
    SipLeft = "recording", "sip_left", "A SIP gateway left.";
    TranscriberJoined = "recording", "transcriber_joined", "A transcriber came.";
    TranscriberLeft = "recording", "transcriber_left", "A transcriber left.";
    BotJoined = "recording", "bot_joined", "Another machine came.";
    BotLeft = "recording", "bot_left", "Another machine left.";
    EndToEndRtt = "network", "e2e_rtt", "The round trip to another endpoint, through the bridge.";
    Analytics = "application", "analytics",
        "An event that the application sends to its analytics, as the console shows it: its source and action, or its name.";
    Application = "application", "application", "An entry of a type that is none of Jitsi's.";
}

impl EventKind {
    /// Kinds that reports tell by other names, each of whom it is about.
    pub const TOLD_OTHERWISE: &[Self] =
        &[Self::VideoTrackMuted, Self::VideoTrackUnmuted, Self::DominantSpeaker];

    /// The report's `issue`: what kind of trouble it is, by the names that Jitsi's call analytics gave them.
    #[must_use]
    pub const fn issue(self) -> Option<&'static str> {
        match self {
            Self::RemoteSourceSuspended | Self::RemoteSourceInterrupted | Self::BweIssue => {
                Some("mediaInterruption")
            }
            Self::IceRestartRequested
            | Self::IceRestartTriggered
            | Self::IceFailure
            | Self::BridgeSessionRestarted => Some("networkIssue"),
            Self::XmppDisconnected | Self::XmppError => Some("connectionIssue"),
            _ => None,
        }
    }
}
