//! Who wrote a dump and about which call, merged from several entries: later keys win.

use serde::{Deserialize, Serialize};

/// What kind of program wrote a dump.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SourceKind {
    /// A person's client.
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
        /// What a dump says of its writer; `None` is not said.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        pub struct Identity { $($(#[$doc])* pub $field: Option<$type>,)* }

        impl Identity {
            /// Takes over whatever `later` says.
            pub fn merge(&mut self, later: Self) {
                $(if later.$field.is_some() { self.$field = later.$field; })*
            }
        }
    };
}

identity! {
    /// What wrote it.
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
    /// The first `displayName`, where it was changed since.
    first_display_name: String,
    /// `applicationName`.
    app: String,
    /// What the application's log says of its version.
    app_version: String,
    /// The `User-Agent` header.
    user_agent: String,
    /// `deploymentInfo.environment`.
    environment: String,
    /// `deploymentInfo.region`: the shard's.
    region: String,
    /// `deploymentInfo.userRegion`: the person's.
    user_region: String,
    /// `deploymentInfo.shard`.
    shard: String,
    /// `customerId`: the customer of a hosted deployment.
    customer_id: String,
    /// `isBreakoutRoom`.
    breakout: bool,
    /// `roomId`: the breakout room's.
    breakout_id: String,
    /// `parentStatsSessionId`: the session from which somebody went into a breakout room.
    parent_session: String,
    /// `deploymentInfo.releaseNumber`, for a server its release.
    release: String,
}
