//! A finding under construction: participants are indexes, and effects are still added.

use super::samples::{ConferenceSamples, PeerConnectionSamples};
use super::window::DegradedSpan;
use crate::catalog::FindingInfo;
use crate::report::{Attribution, Effect, Evidence, Finding, FindingSeverity};
use crate::time_span::TimeSpan;

/// The part of the media path in which the cause of a finding lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// From the participant to the bridge.
    Uplink,
    /// From the bridge to the participant.
    Downlink,
    /// The network between the connection's ends, in an unknown direction.
    Path,
    /// A TURN relay.
    Relay,
    /// The participant's device.
    Device,
    Unknown,
}

impl Side {
    /// The value of `attribution.side` in reports.
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
    pub(super) span: TimeSpan,
    pub(super) value: Option<f64>,
    pub(super) unit: &'static str,
    pub(super) threshold: Option<f64>,
    pub(super) side: Side,
    /// Number of observations that support the side: for loss, of senders or receivers whose streams lose packets.
    pub(super) evidence_for: u32,
    /// Number of observations that contradict it.
    pub(super) evidence_against: u32,
    pub(super) title: String,
    pub(super) advice: &'static str,
    /// The code and participant of findings that this one explains, and their number.
    pub(super) effects: Vec<(&'static str, usize, u32)>,
    pub(super) evidence: Vec<Evidence>,
}

impl FindingBuilder {
    /// A warning of the participant in a span of time, without a value and without evidence.
    pub(super) const fn new(info: &'static FindingInfo, participant: usize, span: TimeSpan) -> Self {
        Self {
            info,
            severity: FindingSeverity::Warning,
            participant,
            other_participants: Vec::new(),
            span,
            value: None,
            unit: "",
            threshold: None,
            side: Side::Unknown,
            evidence_for: 0,
            evidence_against: 0,
            title: String::new(),
            advice: "",
            effects: Vec::new(),
            evidence: Vec::new(),
        }
    }

    /// A warning about a degraded span of a connection, without a value; the span's lines are its evidence.
    pub(super) fn of_degraded_span(
        info: &'static FindingInfo,
        participant: usize,
        connection: &PeerConnectionSamples,
        degraded: &DegradedSpan,
    ) -> Self {
        let series = info.quantity.map(|quantity| quantity.info().source.replacen('.', " ", 1));
        let evidence = evidence(connection, &degraded.lines, series.as_deref());
        Self { evidence, ..Self::new(info, participant, degraded.span) }
    }

    /// Sets the measured value, and from the code's thresholds the unit, the threshold and the severity.
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

    /// The share (0–1) of the other finding's span that lies in this one's, which is extended by the slack at both ends.
    pub(super) fn coverage_of(&self, other: &Self, slack_ms: f64) -> f64 {
        let shared = self.span.extended(slack_ms).intersection(other.span);
        shared.map_or(0.0, TimeSpan::duration_ms) / other.span.duration_ms().max(1.0)
    }

    /// Adds an effect on a participant, or increments its count.
    pub(super) fn add_effect(&mut self, code: &'static str, participant: usize) {
        match self.effects.iter_mut().find(|(known, of, _)| *known == code && *of == participant) {
            Some((.., count)) => *count += 1,
            None => self.effects.push((code, participant, 1)),
        }
    }

    /// The finished finding. `number` is its place among those of the same code and participant, counted from 1.
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
            from_ms: self.span.from_ms,
            to_ms: self.span.to_ms,
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

/// Lines of the connection's dump as evidence; `series` is the field or state in these lines.
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
