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
    ($($variant:ident = $family:literal, $name:literal;)*) => {
        /// What an event is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum EventKind { $(#[doc = concat!("`", $name, "`")] $variant,)* }

        impl EventKind {
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

event_kinds! {
    ConferenceStart = "conference", "conference_start";
    ConnectionCreated = "connection", "create";
    ConnectionClosed = "connection", "close";
    Topology = "connection", "constraints";
    ConnectionState = "connection", "connectionstatechange";
    IceConnectionState = "ice", "iceconnectionstatechange";
    IceGatheringState = "ice", "icegatheringstatechange";
    LocalCandidate = "ice", "icecandidate";
    RemoteCandidate = "ice", "addIceCandidate";
    RemoteCandidateFailure = "ice", "addIceCandidateOnFailure";
    IceRestartRequested = "ice", "ice_restart_requested";
    IceRestartApplied = "ice", "ice_restart_applied";
    BridgeSessionRestarted = "ice", "jvb_ice_restarted";
    DtlsState = "dtls", "dtlsstatechange";
    DtlsError = "dtls", "dtlserror";
    SignalingState = "signaling", "signalingstatechange";
    NegotiationNeeded = "signaling", "negotiationneeded";
    Offer = "signaling", "createOffer";
    Answer = "signaling", "createAnswer";
    LocalDescription = "signaling", "setLocalDescription";
    RemoteDescription = "signaling", "setRemoteDescription";
    NegotiationFailure = "signaling", "negotiation_failure";
    XmppDisconnected = "signaling", "connection_issue";
    XmppReconnected = "signaling", "connection_recovery";
    XmppError = "signaling", "strophe_error";
    TrackAdded = "media", "addTrack";
    TrackRemoved = "media", "removeTrack";
    RemoteTrackAdded = "media", "track";
    RemoteStreamAdded = "media", "addstream";
    RemoteStreamRemoved = "media", "removestream";
    DataChannel = "media", "datachannel";
    VideoType = "media", "video_type";
    CodecChanged = "media", "codec_changed";
    RemoteSourceSuspended = "media", "remote_source_suspended";
    RemoteSourceInterrupted = "media", "remote_source_interrupted";
    RemoteVideoDecoding = "media", "remote_video_decoding";
    AudioMuted = "activity", "audio_mute";
    AudioUnmuted = "activity", "audio_unmute";
    VideoMuted = "activity", "video_disable";
    VideoUnmuted = "activity", "video_enable";
    ScreenShareStarted = "activity", "screenshare_start";
    ScreenShareStopped = "activity", "screenshare_stop";
    DominantSpeaker = "activity", "dominant_speaker";
    BecameDominantSpeaker = "activity", "dominant_speaker_start";
    CaptureRequested = "device", "getUserMedia";
    CaptureStarted = "device", "getUserMediaOnSuccess";
    CaptureFailed = "device", "getUserMediaOnFailure";
    ScreenCaptureRequested = "device", "getDisplayMedia";
    ScreenCaptureStarted = "device", "getDisplayMediaOnSuccess";
    ScreenCaptureFailed = "device", "getDisplayMediaOnFailure";
    CpuRestricted = "device", "cpu_restricted";
    EndToEndRtt = "network", "e2e_rtt";
    Application = "application", "application";
}
