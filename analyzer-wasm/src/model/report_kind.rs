//! The types of stats reports by W3C webrtc-stats, with older and legacy spellings.

macro_rules! report_kinds {
    ($($variant:ident = $name:literal $(| $alias:literal)*,)*) => {
        /// An `RTCStatsType`.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum ReportKind {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
            /// Any other type, or none.
            #[default]
            Other,
        }

        impl ReportKind {
            pub(super) fn of_type(name: &str) -> Self {
                match name {
                    $($name $(| $alias)* => Self::$variant,)*
                    _ => Self::Other,
                }
            }

            /// The name in webrtc-stats.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Other => "other",
                }
            }
        }
    };
}

report_kinds! {
    InboundRtp = "inbound-rtp" | "inboundrtp",
    OutboundRtp = "outbound-rtp" | "outboundrtp",
    RemoteInboundRtp = "remote-inbound-rtp",
    RemoteOutboundRtp = "remote-outbound-rtp",
    MediaSource = "media-source",
    MediaPlayout = "media-playout",
    Track = "track",
    Codec = "codec",
    Transport = "transport" | "googComponent",
    CandidatePair = "candidate-pair" | "candidatepair" | "googCandidatePair",
    LocalCandidate = "local-candidate" | "localcandidate",
    RemoteCandidate = "remote-candidate" | "remotecandidate",
    BandwidthEstimation = "VideoBwe",
    Certificate = "certificate" | "googCertificate",
    DataChannel = "data-channel",
    PeerConnection = "peer-connection",
}
