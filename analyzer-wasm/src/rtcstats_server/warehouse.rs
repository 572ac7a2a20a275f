//! The Redshift tables that the server fills, with their columns in the order of its records.

/// One table and its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// The table's name.
    pub name: &'static str,
    /// Its columns. Redshift ignores the case of column names.
    pub columns: &'static [&'static str],
}

/// The table with one row for each dump of a browser.
pub const MEETINGS: Table = Table {
    name: "rtcstats",
    columns: &[
        "appEnv",
        "createDate",
        "statsSessionId",
        "displayName",
        "crossRegion",
        "environment",
        "region",
        "releaseNumber",
        "shard",
        "userRegion",
        "meetingName",
        "meetingUrl",
        "meetingUniqueId",
        "endpointId",
        "conferenceStartTime",
        "sessionStartTime",
        "sessionEndTime",
        "sessionDurationMs",
        "conferenceDurationMs",
        "dominantSpeakerChanges",
        "speakerTime",
        "sentimentAngry",
        "sentimentDisgusted",
        "sentimentFearful",
        "sentimentHappy",
        "sentimentNeutral",
        "sentimentSad",
        "sentimentSurprised",
        "os",
        "browserName",
        "browserVersion",
        "isBreakoutRoom",
        "breakoutRoomId",
        "parentStatsSessionId",
        "tenant",
        "jaasClientId",
    ],
};

/// The table with one row for each peer connection.
pub const CONNECTIONS: Table = Table {
    name: "rtcstats_pc_metrics",
    columns: &[
        "pcname",
        "id",
        "createDate",
        "statsSessionId",
        "meetingUniqueId",
        "dtlsErrors",
        "dtlsFailure",
        "sdpCreateFailure",
        "sdpSetFailure",
        "isP2P",
        "usesRelay",
        "iceReconnects",
        "pcSessionDurationMs",
        "connectionFailed",
        "lastIceFailure",
        "lastIceDisconnect",
        "receivedPacketsLostPct",
        "sentPacketsLostPct",
        "totalPacketsReceived",
        "totalPacketsSent",
        "totalReceivedPacketsLost",
        "totalSentPacketsLost",
        "meanRtt",
        "meanUpperBoundFrameHeight",
        "meanUpperBoundFramesPerSecond",
        "meanLowerBoundFrameHeight",
        "meanLowerBoundFramesPerSecond",
        "conferenceStartTime",
        "tenant",
        "jaasClientId",
        "meetingUrl",
        "localAddress",
        "localCandidateType",
        "localProtocol",
        "remoteAddress",
        "remoteCandidateType",
        "remoteProtocol",
    ],
};

/// The table with one row for each track and direction.
pub const TRACKS: Table = Table {
    name: "rtcstats_track_metrics",
    columns: &[
        "id",
        "createDate",
        "pcId",
        "statsSessionId",
        "meetingUniqueId",
        "isP2P",
        "direction",
        "mediaType",
        "ssrc",
        "packets",
        "packetsLost",
        "packetsLostPct",
        "packetsLostVariance",
        "concealedPercentage",
        "conferenceStartTime",
        "jaasClientId",
        "meetingUrl",
        "tenant",
        "startTime",
        "endTime",
    ],
};

/// Every table.
pub const TABLES: [Table; 3] = [MEETINGS, CONNECTIONS, TRACKS];
