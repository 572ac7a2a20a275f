//! The fields of stats reports that are measured, by their names in W3C webrtc-stats.

macro_rules! fields {
    ($(#[$doc:meta])* $enum:ident { $($variant:ident = $name:literal $(| $alias:literal)*,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $enum { $(#[doc = concat!("`", $name, "`")] $variant,)* }

        impl $enum {
            /// Every field, in the order of its number.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The field of a report's key, old spellings included.
            #[must_use]
            pub fn of_key(key: &[u8]) -> Option<Self> {
                const NAMES: &[(&[u8], $enum)] = &[
                    $(($name.as_bytes(), $enum::$variant), $(($alias.as_bytes(), $enum::$variant),)*)*
                ];
                NAMES.iter().find(|(name, _)| *name == key).map(|(_, field)| *field)
            }

            /// The name in webrtc-stats.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

fields! {
    /// A field that holds a number, or a boolean as 1 or 0. Units are those of webrtc-stats (seconds, bytes).
    Metric {
        Ssrc = "ssrc",
        PacketsSent = "packetsSent",
        PacketsReceived = "packetsReceived",
        PacketsLost = "packetsLost",
        PacketsDiscarded = "packetsDiscarded",
        RetransmittedPacketsSent = "retransmittedPacketsSent",
        FecPacketsReceived = "fecPacketsReceived",
        BytesSent = "bytesSent",
        BytesReceived = "bytesReceived",
        Jitter = "jitter",
        FractionLost = "fractionLost",
        RoundTripTime = "roundTripTime",
        CurrentRoundTripTime = "currentRoundTripTime",
        ResponsesReceived = "responsesReceived",
        RemoteTimestamp = "remoteTimestamp",
        AvailableOutgoingBitrate = "availableOutgoingBitrate",
        AvailableIncomingBitrate = "availableIncomingBitrate",
        TargetBitrate = "targetBitrate",
        FramesPerSecond = "framesPerSecond" | "framerateMean",
        FrameWidth = "frameWidth",
        FrameHeight = "frameHeight",
        FramesSent = "framesSent",
        FramesReceived = "framesReceived",
        FramesEncoded = "framesEncoded",
        FramesDecoded = "framesDecoded",
        FramesDropped = "framesDropped",
        KeyFramesEncoded = "keyFramesEncoded",
        KeyFramesDecoded = "keyFramesDecoded",
        FreezeCount = "freezeCount",
        TotalFreezesDuration = "totalFreezesDuration",
        PauseCount = "pauseCount",
        TotalPausesDuration = "totalPausesDuration",
        TotalSamplesReceived = "totalSamplesReceived",
        ConcealedSamples = "concealedSamples",
        SilentConcealedSamples = "silentConcealedSamples",
        JitterBufferDelay = "jitterBufferDelay",
        JitterBufferEmittedCount = "jitterBufferEmittedCount",
        TotalEncodeTime = "totalEncodeTime",
        TotalDecodeTime = "totalDecodeTime",
        QpSum = "qpSum",
        NackCount = "nackCount",
        PliCount = "pliCount",
        FirCount = "firCount",
        AudioLevel = "audioLevel",
        TotalAudioEnergy = "totalAudioEnergy",
        Active = "active",
        Selected = "selected",
        Nominated = "nominated",
        Port = "port",
        LimitedByNothing = "qualityLimitationDurations.none",
        LimitedByCpu = "qualityLimitationDurations.cpu",
        LimitedByBandwidth = "qualityLimitationDurations.bandwidth",
        LimitedByOther = "qualityLimitationDurations.other",
    }
}

fields! {
    /// A field that holds text.
    Text {
        Type = "type",
        Kind = "kind" | "mediaType",
        RemoteId = "remoteId",
        TrackId = "trackId",
        TrackIdentifier = "trackIdentifier",
        MediaSourceId = "mediaSourceId",
        CodecId = "codecId",
        MimeType = "mimeType",
        Mid = "mid",
        Rid = "rid",
        SelectedCandidatePairId = "selectedCandidatePairId",
        LocalCandidateId = "localCandidateId",
        RemoteCandidateId = "remoteCandidateId",
        State = "state",
        CandidateType = "candidateType",
        Protocol = "protocol" | "transport",
        RelayProtocol = "relayProtocol",
        Address = "address" | "ip" | "ipAddress",
        NetworkType = "networkType",
        QualityLimitationReason = "qualityLimitationReason",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_keys_agree() {
        for metric in Metric::ALL {
            assert_eq!(Metric::of_key(metric.name().as_bytes()), Some(*metric));
            assert_eq!(Metric::ALL[*metric as usize], *metric);
        }
        for text in Text::ALL {
            assert_eq!(Text::of_key(text.name().as_bytes()), Some(*text));
        }
        assert_eq!(Metric::of_key(b"packets"), None);
    }
}
