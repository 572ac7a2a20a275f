//! The writer and the conference of a dump, merged from several entries: later values replace earlier ones.

use serde::{Deserialize, Serialize};

/// The kind of program that wrote a dump.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SourceKind {
    /// A participant's client.
    #[default]
    Client,
    /// Jitsi Videobridge.
    Jvb,
    /// The focus.
    Jicofo,
    /// The SIP gateway.
    Jigasi,
    /// The recorder.
    Jibri,
}

macro_rules! identity {
    ($($(#[$doc:meta])* $field:ident: $type:ty,)*) => {
        /// Properties of a dump's writer and conference; `None` where the dump does not have them.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        pub struct Identity { $($(#[$doc])* pub $field: Option<$type>,)* }

        impl Identity {
            /// Takes over every property that `later` has.
            pub fn merge(&mut self, later: Self) {
                $(if later.$field.is_some() { self.$field = later.$field; })*
            }
        }
    };
}

identity! {
    /// The program that wrote it.
    kind: SourceKind,
    /// The stats session.
    session_id: String,
    /// `confName`.
    room: String,
    /// `confID`.
    url: String,
    /// `meetingUniqueId`.
    meeting_id: String,
    /// `endpointId`.
    endpoint_id: String,
    /// `displayName`: usually a generated stats id, for a server its host.
    display_name: String,
    /// The first `displayName`, if it was changed later.
    first_display_name: String,
    /// `applicationName`.
    app: String,
    /// The version in the application's log.
    app_version: String,
    /// The `User-Agent` header.
    user_agent: String,
    /// `deploymentInfo.environment`.
    environment: String,
    /// `deploymentInfo.region`: the shard's.
    region: String,
    /// `deploymentInfo.userRegion`: the participant's.
    user_region: String,
    /// `deploymentInfo.shard`.
    shard: String,
    /// `customerId`: the customer of a hosted deployment.
    customer_id: String,
    /// `isBreakoutRoom`.
    breakout: bool,
    /// `roomId`: the breakout room's.
    breakout_id: String,
    /// `parentStatsSessionId`: the session of the main room that a participant of a breakout room came from.
    parent_session: String,
    /// `deploymentInfo.releaseNumber`, for a server its release.
    release: String,
}
