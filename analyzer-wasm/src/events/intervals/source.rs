//! The intervals that one source shows of one presence.

use crate::model::SourceKind;
use crate::participants::ConferenceDump;
use crate::participants::EndpointIndex;
use crate::report::{self, Interval, IntervalKind, Participant, Source};
use crate::time_span::TimeSpan;

/// Others may observe an endpoint this long before its own dump starts, since clocks are not exact.
const COMING_MS: f64 = 3_000.0;

/// One presence of a participant: the time of a dump of its own, or a time in which only servers list it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Presence {
    pub(super) participant: usize,
    /// The participant's own dump of that time, if there is one.
    pub(super) dump: Option<usize>,
    pub(super) from_ms: f64,
    pub(super) to_ms: f64,
}

/// A time in which something was on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ObservedInterval {
    pub(super) from_ms: f64,
    pub(super) to_ms: f64,
    /// Whether it may have ended earlier.
    pub(super) open: bool,
    /// The dump and the line that show the start.
    pub(super) dump: usize,
    pub(super) line: u64,
}

/// Something was switched on or off.
#[derive(Clone, Copy, Debug)]
pub(super) struct Toggle {
    pub(super) at_ms: f64,
    pub(super) on: bool,
    pub(super) line: u64,
}

/// What a source shows, and the time that it covers.
#[derive(Debug)]
pub(super) struct SourceIntervals {
    pub(super) source: Source,
    pub(super) from_ms: f64,
    pub(super) to_ms: f64,
    pub(super) spans: Vec<ObservedInterval>,
    /// The number of its observations: of sources of the same kind the one with most comes first.
    pub(super) weight: usize,
}

impl Presence {
    /// The presences of a participant.
    pub(super) fn of(participant: usize, report: &Participant, index: &EndpointIndex<'_>) -> Vec<Self> {
        let of_report = |presence: &report::Presence| {
            let (from_ms, to_ms) = (presence.from_ms, presence.to_ms);
            let is_own = |dump: &ConferenceDump<'_>| {
                dump.participant == Some(participant)
                    && dump.extract.file.name == presence.file
                    && dump.span() == Some(TimeSpan::new(from_ms, to_ms))
            };
            Self { participant, dump: index.dumps.iter().position(is_own), from_ms, to_ms }
        };
        report.presences.iter().map(of_report).collect()
    }

    /// Which source a dump is for this presence; `None` for kinds of servers that show no activity.
    pub(super) fn source(&self, number: usize, dump: &ConferenceDump<'_>) -> Option<Source> {
        match dump.extract.identity.kind {
            _ if Some(number) == self.dump => Some(Source::Own),
            _ if dump.participant.is_some() => Some(Source::Client),
            Some(SourceKind::Jvb) => Some(Source::Jvb),
            Some(SourceKind::Jicofo) => Some(Source::Jicofo),
            _ => None,
        }
    }
}

impl SourceIntervals {
    /// The intervals between toggles, which are in order of time. The time before the first is not covered; the last one
    /// holds until the source or the presence ends.
    pub(super) fn of_toggles(
        source: Source,
        presence: &Presence,
        number: usize,
        dump: &ConferenceDump<'_>,
        toggles: &[Toggle],
    ) -> Option<Self> {
        let end_ms = dump.span().map_or(presence.to_ms, |span| span.to_ms.min(presence.to_ms));
        let in_stay = presence.from_ms - COMING_MS..=end_ms;
        let toggles: Vec<Toggle> = toggles
            .iter()
            .filter(|toggle| in_stay.contains(&toggle.at_ms))
            .map(|toggle| Toggle { at_ms: toggle.at_ms.max(presence.from_ms), ..*toggle })
            .collect();
        let first_ms = toggles.first()?.at_ms;
        let mut spans: Vec<ObservedInterval> = Vec::new();
        let mut on: Option<&Toggle> = None;
        let span = |since: &Toggle, to_ms| ObservedInterval {
            from_ms: since.at_ms,
            to_ms,
            open: false,
            dump: number,
            line: since.line,
        };
        for toggle in &toggles {
            match (toggle.on, on) {
                (true, None) => on = Some(toggle),
                (false, Some(since)) => {
                    spans.push(span(since, toggle.at_ms));
                    on = None;
                }
                _ => {}
            }
        }
        spans.extend(on.map(|since| span(since, end_ms)));
        Some(Self { source, from_ms: first_ms, to_ms: end_ms, spans, weight: toggles.len() })
    }
}

impl ObservedInterval {
    /// The interval of the report.
    pub(super) fn interval(
        self,
        kind: IntervalKind,
        source: Source,
        dumps: &[ConferenceDump<'_>],
    ) -> Option<Interval> {
        let (file, line) = dumps.get(self.dump)?.extract.source(self.line);
        Some(Interval {
            kind,
            from_ms: self.from_ms,
            to_ms: self.to_ms,
            open: self.open,
            source,
            file: file.to_owned(),
            line,
        })
    }
}
