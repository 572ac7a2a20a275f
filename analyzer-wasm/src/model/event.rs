//! Events: what a dump records beside statistics. The list of kinds is closed; each has its family and its name in reports.

use serde::{Deserialize, Serialize};

/// One event of a client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Epoch ms on the writer's clock.
    pub at_ms: f64,
    /// Counted from 1.
    pub line: u64,
    /// The peer connection that it concerns, if any.
    pub connection: Option<String>,
    /// Its kind.
    pub kind: EventKind,
    /// The new state, the error or the device, by kind.
    pub detail: Option<String>,
}

macro_rules! event_kinds {
    ($($variant:ident = $family:literal, $name:literal, $meaning:literal;)*) => {
        /// The kind of an event.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum EventKind { $(#[doc = $meaning] $variant,)* }

        impl EventKind {
            /// Every kind, in the order of the families.
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

            /// What it means and where it comes from, for the documentation.
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
    ConferenceCreated = "conference", "conference_created", "A server created the conference.";
    ConferenceEnded = "conference", "conference_ended", "A server ended the conference.";
    AudioLimit = "conference", "audio_limit_reached", "The limit of audio senders is reached: no further participant may unmute.";
    AudioLimitOver = "conference", "audio_limit_over", "The number of audio senders is below the limit again.";
    VideoLimit = "conference", "video_limit_reached", "The limit of video senders is reached: no further participant may start video.";
    VideoLimitOver = "conference", "video_limit_over", "The number of video senders is below the limit again.";
    MemberJoined = "member", "join",
        "A participant joined: its dump starts, or another console or a focus reports it; the detail is the endpoint.";
    MemberPresent = "member", "member_present",
        "A participant was in the room before the dump's writer joined; the detail is the endpoint.";
    MemberLeft = "member", "leave",
        "A participant left: all connections of its dump are closed or the dump ends, or another dump reports it.";
    MucJoined = "member", "muc_joined", "The writer joined the XMPP room.";
    MemberKicked = "member", "kicked", "A participant was removed from the room; the detail is the endpoint.";
    RoleChanged = "member", "role_changed", "The role of a participant changed; the detail is the old and the new role.";
    Invited = "member", "session_initiate", "The focus offered a session.";
    Accepted = "member", "session_accept", "A client accepted the session.";
    Terminated = "member", "session_terminate", "The focus ended a session; the detail is the reason.";
    ConnectionCreated = "connection", "create", "An `RTCPeerConnection` was created.";
    ConnectionClosed = "connection", "close", "An `RTCPeerConnection` was closed.";
    Topology = "connection", "constraints", "Whether a connection goes to a peer (`p2p`) or to a `bridge`.";
    ConnectionState = "connection", "connectionstatechange", "The new `connectionState`.";
    ConnectionFailed = "connection", "connection_failed",
        "The console reports that the connection to the bridge or the peer failed.";
    P2pEstablished = "connection", "p2p_established", "Media is sent directly to the peer from now on.";
    P2pClosed = "connection", "p2p_closed", "Media is sent through the bridge again.";
    BridgeChannelOpened = "bridge", "bridge_channel_open", "The message channel to the bridge is open.";
    BridgeChannelClosed = "bridge", "bridge_channel_close",
        "The message channel to the bridge was closed; the detail is the code and the reason, or the side that closed it.";
    EndpointActive = "bridge", "endpoint_active", "The bridge receives packets from an endpoint again.";
    EndpointInactive = "bridge", "endpoint_inactive", "The bridge receives no packets from an endpoint any more.";
    EndpointJoined = "bridge", "endpoint_joined", "An endpoint was created on a bridge.";
    EndpointLeft = "bridge", "endpoint_left", "An endpoint was removed from a bridge.";
    BridgeAssigned = "bridge", "bridge_assigned", "A participant was assigned to a bridge; the detail is the bridge.";
    BridgeMoved = "bridge", "bridge_moved", "A participant was moved to another bridge; the detail is the old and the new bridge.";
    BridgeAdded = "bridge", "bridge_added", "A bridge was added to the conference; the detail is the bridge.";
    BridgeRemoved = "bridge", "bridge_removed", "A bridge was removed from the conference.";
    BridgeOverloaded = "bridge", "bridge_overloaded", "A bridge is overloaded: its load is above the limit for new participants.";
    BridgeRelieved = "bridge", "bridge_relieved", "A bridge is no longer overloaded.";
    BridgeUnhealthy = "bridge", "bridge_unhealthy", "A bridge failed its health check.";
    BridgeHealthy = "bridge", "bridge_healthy", "A bridge passes its health check again.";
    BridgeDraining = "bridge", "bridge_draining", "A bridge is being drained: it gets no new conferences.";
    BridgeShutdown = "bridge", "bridge_shutting_down", "A bridge is shutting down.";
    AllocationFailed = "bridge", "allocation_failed", "A bridge could not allocate an endpoint; the detail is the reason.";
    Reinvited = "bridge", "reinvited", "Participants were invited again, to another bridge.";
    Oversending = "bridge", "oversending_start", "A bridge sends an endpoint more than the estimated bandwidth.";
    NotOversending = "bridge", "oversending_stop", "A bridge no longer sends an endpoint more than the estimated bandwidth.";
    SourcesSuspended = "bridge", "sources_suspended", "A bridge stopped forwarding sources to an endpoint for lack of bandwidth; the detail is the sources.";
    SourcesResumed = "bridge", "sources_resumed", "A bridge forwards all requested sources to an endpoint again.";
    MessagesNotConnected = "bridge", "message_transport_not_connected", "An endpoint did not open its message channel.";
    IceConnectionState = "ice", "iceconnectionstatechange", "The new `iceConnectionState`.";
    IceGatheringState = "ice", "icegatheringstatechange", "The new `iceGatheringState`.";
    LocalCandidate = "ice", "icecandidate", "A local ICE candidate; `end` after the last.";
    RemoteCandidate = "ice", "addIceCandidate", "A remote ICE candidate.";
    RemoteCandidateFailure = "ice", "addIceCandidateOnFailure", "A remote ICE candidate was rejected.";
    IceRestartRequested = "ice", "ice_restart_requested", "An ICE restart was requested; the detail is the reason.";
    IceRestartApplied = "ice", "ice_restart_applied", "An ICE restart was carried out.";
    IceRestartTriggered = "ice", "ice_restart", "The console reports that ICE failed and will be restarted.";
    IceFailure = "ice", "ice_failure", "ICE failed for good: the application reloads the conference.";
    IceRestored = "ice", "ice_restored", "ICE recovered before it was restarted.";
    BridgeSessionRestarted = "ice", "jvb_ice_restarted",
        "ICE did not recover, so a new session with the bridge was started.";
    BridgeIceState = "ice", "bridge_ice_state", "The new ICE state on a bridge.";
    IceFailedReported = "ice", "ice_failed_reported", "A client reported to the focus that its ICE failed.";
    BridgeIceRestart = "ice", "bridge_ice_restart", "A bridge or the focus restarts ICE for an endpoint.";
    DtlsState = "dtls", "dtlsstatechange", "The new state of the DTLS transport.";
    DtlsError = "dtls", "dtlserror", "An error of the DTLS transport.";
    BridgeDtlsState = "dtls", "bridge_dtls_state", "The new DTLS state on a bridge.";
    SignalingState = "signaling", "signalingstatechange", "The new `signalingState`.";
    NegotiationNeeded = "signaling", "negotiationneeded", "The browser needs a negotiation.";
    Offer = "signaling", "createOffer", "An offer was created.";
    Answer = "signaling", "createAnswer", "An answer was created.";
    LocalDescription = "signaling", "setLocalDescription", "The local description was set.";
    RemoteDescription = "signaling", "setRemoteDescription", "The remote description was set.";
    NegotiationFailure = "signaling", "negotiation_failure", "A step of the negotiation failed.";
    XmppDisconnected = "signaling", "strophe_disconnected", "The XMPP connection was lost.";
    XmppReconnected = "signaling", "strophe_reconnected", "The XMPP connection was restored.";
    XmppError = "signaling", "strophe_error", "An XMPP request failed.";
    ServerXmppDisconnected = "signaling", "server_xmpp_disconnected", "A server lost its XMPP connection.";
    ServerXmppReconnected = "signaling", "server_xmpp_reconnected", "A server's XMPP connection was restored.";
    TrackAdded = "media", "addTrack", "A local track or stream was added.";
    TrackRemoved = "media", "removeTrack", "A local track or stream was removed.";
    RemoteTrackAdded = "media", "track", "A remote track was added.";
    RemoteStreamAdded = "media", "addstream", "A remote stream was added.";
    RemoteStreamRemoved = "media", "removestream", "A remote stream was removed.";
    DataChannel = "media", "datachannel", "A data channel was created.";
    VideoType = "media", "video_type",
        "The type of a video source; the detail is its SSRC, `camera` or `desktop`, and the endpoint if it is known.";
    CodecChanged = "media", "codec_changed", "Video is sent with another codec.";
    RemoteSourceSuspended = "media", "remoteSourceSuspended",
        "The bridge stopped forwarding a video for lack of bandwidth.";
    RemoteSourceInterrupted = "media", "remoteSourceInterrupted", "A remote video is no longer received.";
    BweIssue = "media", "bwe_issue",
        "The console reports that a video went from active to inactive; the detail is its source.";
    StreamingStatus = "media", "track_streaming_status",
        "The console reports that a video is active, inactive or restoring; the detail is its source and the state.";
    SenderConstraints = "media", "sender_constraints",
        "The bridge requests a local video at a height; the detail is the source and the height, 0 for none.";
    ForwardedSources = "media", "forwarded_sources",
        "The videos that the bridge forwards have changed; the detail is their sources.";
    RemoteVideoDecoding = "media", "remote_video_decoding", "The decoding of a received video stopped or started again.";
    AudioMuted = "activity", "audio_mute", "A microphone was muted.";
    AudioUnmuted = "activity", "audio_unmute", "A microphone was unmuted, or a first one was published.";
    VideoMuted = "activity", "video_disable", "A camera was muted.";
    VideoUnmuted = "activity", "video_enable", "A camera was unmuted, or a first one was published.";
    VideoTrackMuted = "activity", "video_track_mute",
        "A camera or a screen was muted. Reports have `video_disable` or `screenshare_stop` instead.";
    VideoTrackUnmuted = "activity", "video_track_unmute",
        "A camera or a screen was unmuted. Reports have `video_enable` or `screenshare_start` instead.";
    ScreenShareStarted = "activity", "screenshare_start", "A participant started sharing a screen.";
    ScreenShareStopped = "activity", "screenshare_stop", "A participant stopped sharing a screen.";
    DominantSpeaker = "activity", "dominant_speaker",
        "The dominant speaker according to one dump, or none. Reports have `dominant_speaker_start` and \
         `dominant_speaker_stop` of the participant instead.";
    BecameDominantSpeaker = "activity", "dominant_speaker_start", "A participant became the dominant speaker.";
    DominantSpeakerStopped = "activity", "dominant_speaker_stop",
        "A participant is no longer the dominant speaker: 1 ms before the next one, or when all are silent.";
    CaptureRequested = "device", "getUserMedia", "A microphone or camera was requested.";
    CaptureStarted = "device", "getUserMediaOnSuccess", "A microphone or camera was opened; the detail is the device.";
    CaptureFailed = "device", "getUserMediaOnFailure", "A microphone or camera could not be opened; the detail is the error.";
    ScreenCaptureRequested = "device", "getDisplayMedia", "The capture of a screen was requested.";
    ScreenCaptureStarted = "device", "getDisplayMediaOnSuccess", "The capture of a screen started.";
    ScreenCaptureFailed = "device", "getDisplayMediaOnFailure", "The capture of a screen failed; the detail is the error.";
    DeviceListChanged = "device", "device_list_changed",
        "Devices were connected or disconnected; the detail is how many there are now.";
    CpuRestricted = "device", "cpu_restricted", "The CPU limits encoding (`true`) or no longer does (`false`).";
    RecordingStarted = "recording", "recording_start", "The writer started a recording.";
    RecordingStopped = "recording", "recording_stop", "The writer stopped a recording.";
    RecorderJoined = "recording", "recorder_joined", "A recorder joined.";
    RecorderLeft = "recording", "recorder_left", "A recorder left.";
    RecordingFailed = "recording", "recording_failed", "A recording could not be started.";
    SipJoined = "recording", "sip_joined", "A SIP gateway joined.";
    SipLeft = "recording", "sip_left", "A SIP gateway left.";
    TranscriberJoined = "recording", "transcriber_joined", "A transcriber joined.";
    TranscriberLeft = "recording", "transcriber_left", "A transcriber left.";
    BotJoined = "recording", "bot_joined", "Another machine joined.";
    BotLeft = "recording", "bot_left", "Another machine left.";
    EndToEndRtt = "network", "e2e_rtt", "The round-trip time to another endpoint, through the bridge.";
    Analytics = "application", "analytics",
        "An event that the application sends to its analytics, as the console shows it: its source and action, or its name.";
    Application = "application", "application", "An entry of a type that is not one of Jitsi's.";
}

impl EventKind {
    /// Kinds that reports replace by another kind, which depends on other entries.
    pub const REPLACED_IN_REPORTS: &[Self] =
        &[Self::VideoTrackMuted, Self::VideoTrackUnmuted, Self::DominantSpeaker];

    /// The report's `issue`: the category of the trouble, by the names of Jitsi's call analytics.
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
