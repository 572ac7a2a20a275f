//! A finding while it is being made: people as indexes, effects still to come.

use super::samples::{ConferenceSamples, PeerConnectionSamples};
use super::window::Stretch;
use crate::report::{Attribution, Effect, Evidence, Finding, FindingSeverity};

/// Where a cause lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Uplink,
    Downlink,
    Path,
    Relay,
    Device,
    Unknown,
}

/// A finding to be.
#[derive(Clone, Debug)]
pub(crate) struct FindingBuilder {
    pub(crate) code: &'static str,
    pub(crate) severity: FindingSeverity,
    pub(crate) participant: usize,
    pub(crate) other_participants: Vec<usize>,
    pub(crate) from_ms: f64,
    pub(crate) to_ms: f64,
    pub(crate) value: Option<f64>,
    pub(crate) unit: &'static str,
    pub(crate) threshold: Option<f64>,
    pub(crate) side: Side,
    /// How many links or samples speak for the side, and against it.
    pub(crate) evidence_counts: (u32, u32),
    pub(crate) title: String,
    pub(crate) advice: &'static str,
    pub(crate) effects: Vec<(&'static str, usize, u32)>,
    pub(crate) evidence: Vec<Evidence>,
}

impl FindingBuilder {
    /// A finding on a stretch of a path.
    pub(crate) fn on(
        code: &'static str,
        participant: usize,
        connection: &PeerConnectionSamples,
        stretch: &Stretch,
        series: &str,
    ) -> Self {
        Self {
            code,
            severity: FindingSeverity::Warning,
            participant,
            other_participants: Vec::new(),
            from_ms: stretch.from_ms,
            to_ms: stretch.to_ms,
            value: None,
            unit: "",
            threshold: None,
            side: Side::Unknown,
            evidence_counts: (0, 0),
            title: String::new(),
            advice: "",
            effects: Vec::new(),
            evidence: evidence(connection, &stretch.lines, Some(series)),
        }
    }

    pub(crate) fn overlaps(&self, other: &Self, slack_ms: f64) -> bool {
        self.from_ms <= other.to_ms + slack_ms && other.from_ms <= self.to_ms + slack_ms
    }

    /// The share of the other's time that lies in this one's, which may go on that much longer.
    pub(crate) fn share_of(&self, other: &Self, slack_ms: f64) -> f64 {
        let shared = (self.to_ms + slack_ms).min(other.to_ms) - (self.from_ms - slack_ms).max(other.from_ms);
        shared.max(0.0) / (other.to_ms - other.from_ms).max(1.0)
    }

    /// Adds an effect on somebody, or counts it again.
    pub(crate) fn add_effect(&mut self, code: &'static str, participant: usize) {
        match self.effects.iter_mut().find(|(known, who, _)| *known == code && *who == participant) {
            Some((.., count)) => *count += 1,
            None => self.effects.push((code, participant, 1)),
        }
    }

    /// The finding, with its number among those of its code and person.
    pub(crate) fn finish(self, number: usize, conference: &ConferenceSamples) -> Finding {
        let key =
            |participant: &usize| conference.participants.get(*participant).map(|member| member.key.clone());
        let (votes_for, votes_against) = self.evidence_counts;
        let all = votes_for + votes_against;
        let side = match self.side {
            Side::Uplink => "uplink",
            Side::Downlink => "downlink",
            Side::Path => "path",
            Side::Relay => "relay",
            Side::Device => "device",
            Side::Unknown => "unknown",
        };
        Finding {
            id: format!("{}-{}-{number}", self.code, key(&self.participant).unwrap_or_default()),
            code: self.code.to_owned(),
            severity: self.severity,
            participant: key(&self.participant),
            server: None,
            other_participants: self.other_participants.iter().filter_map(key).collect(),
            from_ms: self.from_ms,
            to_ms: self.to_ms,
            value: self.value,
            unit: (!self.unit.is_empty()).then(|| self.unit.to_owned()),
            threshold: self.threshold,
            attribution: Attribution {
                side: side.to_owned(),
                confidence: if all == 0 { 0.5 } else { f64::from(votes_for) / f64::from(all) },
                evidence_for: votes_for,
                evidence_against: votes_against,
            },
            effects: self
                .effects
                .iter()
                .map(|(code, participant, count)| Effect {
                    code: (*code).to_owned(),
                    participant: key(participant),
                    count: *count,
                })
                .collect(),
            title: self.title,
            advice: self.advice.to_owned(),
            evidence: self.evidence,
        }
    }
}

/// Lines of a path's dump.
pub(crate) fn evidence(
    connection: &PeerConnectionSamples,
    lines: &[u64],
    series: Option<&str>,
) -> Vec<Evidence> {
    let of = |line: &u64| Evidence {
        file: connection.file.clone(),
        line: *line,
        series: series.map(str::to_owned),
    };
    lines.iter().map(of).collect()
}
