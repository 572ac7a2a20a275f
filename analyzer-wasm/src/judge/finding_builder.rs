//! A finding while rules build it: participants as indexes, effects not yet complete.

use super::samples::{ConferenceSamples, PeerConnectionSamples};
use super::window::DegradedSpan;
use crate::catalog::FindingInfo;
use crate::report::{Attribution, Effect, Evidence, Finding, FindingSeverity};

/// Where a cause lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Uplink,
    Downlink,
    Path,
    Relay,
    Device,
    Unknown,
}

impl Side {
    /// Its name in reports.
    const fn name(self) -> &'static str {
        match self {
            Self::Uplink => "uplink",
            Self::Downlink => "downlink",
            Self::Path => "path",
            Self::Relay => "relay",
            Self::Device => "device",
            Self::Unknown => "unknown",
        }
    }
}

/// A finding under construction.
#[derive(Clone, Debug)]
pub(super) struct FindingBuilder {
    pub(super) info: &'static FindingInfo,
    pub(super) severity: FindingSeverity,
    pub(super) participant: usize,
    pub(super) other_participants: Vec<usize>,
    pub(super) from_ms: f64,
    pub(super) to_ms: f64,
    pub(super) value: Option<f64>,
    pub(super) unit: &'static str,
    pub(super) threshold: Option<f64>,
    pub(super) side: Side,
    /// How many links or samples are evidence for the side.
    pub(super) evidence_for: u32,
    /// How many are evidence against it.
    pub(super) evidence_against: u32,
    pub(super) title: String,
    pub(super) advice: &'static str,
    /// Code, participant and count.
    pub(super) effects: Vec<(&'static str, usize, u32)>,
    pub(super) evidence: Vec<Evidence>,
}

impl FindingBuilder {
    /// A finding about a span of a connection's time, a warning without value; its evidence are the span's lines.
    pub(super) fn new(
        info: &'static FindingInfo,
        participant: usize,
        connection: &PeerConnectionSamples,
        span: &DegradedSpan,
    ) -> Self {
        let series = info.quantity.map(|quantity| quantity.info().source.replacen('.', " ", 1));
        Self {
            info,
            severity: FindingSeverity::Warning,
            participant,
            other_participants: Vec::new(),
            from_ms: span.from_ms,
            to_ms: span.to_ms,
            value: None,
            unit: "",
            threshold: None,
            side: Side::Unknown,
            evidence_for: 0,
            evidence_against: 0,
            title: String::new(),
            advice: "",
            effects: Vec::new(),
            evidence: evidence(connection, &span.lines, series.as_deref()),
        }
    }

    /// Sets the measured value, and by the code's thresholds the unit, the threshold and the severity.
    pub(super) fn set_value(&mut self, value: f64) {
        self.value = Some(value);
        let Some(thresholds) = self.info.thresholds else { return };
        self.unit = thresholds.unit.symbol();
        self.threshold = Some(thresholds.warning);
        if value >= thresholds.critical {
            self.severity = FindingSeverity::Critical;
        }
    }

    /// Sets the side, with one piece of evidence for it.
    pub(super) const fn set_side(&mut self, side: Side) {
        self.side = side;
        self.evidence_for = 1;
    }

    /// Its length.
    pub(super) fn length_ms(&self) -> f64 {
        self.to_ms - self.from_ms
    }

    /// Whether both have time in common, if this one's is extended by the slack at both ends.
    pub(super) fn overlaps(&self, other: &Self, slack_ms: f64) -> bool {
        self.from_ms <= other.to_ms + slack_ms && other.from_ms <= self.to_ms + slack_ms
    }

    /// The share of the other's time that lies in this one's, which is extended by the slack at both ends.
    pub(super) fn coverage_of(&self, other: &Self, slack_ms: f64) -> f64 {
        let shared = (self.to_ms + slack_ms).min(other.to_ms) - (self.from_ms - slack_ms).max(other.from_ms);
        shared.max(0.0) / other.length_ms().max(1.0)
    }

    /// Adds an effect on a participant, or increments its count.
    pub(super) fn add_effect(&mut self, code: &'static str, participant: usize) {
        match self.effects.iter_mut().find(|(known, of, _)| *known == code && *of == participant) {
            Some((.., count)) => *count += 1,
            None => self.effects.push((code, participant, 1)),
        }
    }

    /// The finding; `number` counts those of the same code and participant, from 1.
    pub(super) fn finish(self, number: usize, conference: &ConferenceSamples) -> Finding {
        let key = |participant: &usize| {
            conference.participants.get(*participant).map(|samples| samples.key.clone())
        };
        let code = self.info.code;
        let evidence_count = self.evidence_for + self.evidence_against;
        let effect = |(code, participant, count): &(&str, usize, u32)| Effect {
            code: (*code).to_owned(),
            participant: key(participant),
            count: *count,
        };
        Finding {
            id: format!("{code}-{}-{number}", key(&self.participant).unwrap_or_default()),
            code: code.to_owned(),
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
                side: self.side.name().to_owned(),
                confidence: match evidence_count {
                    0 => 0.5,
                    count => f64::from(self.evidence_for) / f64::from(count),
                },
                evidence_for: self.evidence_for,
                evidence_against: self.evidence_against,
            },
            effects: self.effects.iter().map(effect).collect(),
            title: self.title,
            advice: self.advice.to_owned(),
            evidence: self.evidence,
        }
    }
}

/// Lines of a connection's dump as evidence; `series` is the field or state that they show.
pub(super) fn evidence(
    connection: &PeerConnectionSamples,
    lines: &[u64],
    series: Option<&str>,
) -> Vec<Evidence> {
    let at = |line: &u64| Evidence {
        file: connection.file.clone(),
        line: *line,
        series: series.map(str::to_owned),
    };
    lines.iter().map(at).collect()
}
