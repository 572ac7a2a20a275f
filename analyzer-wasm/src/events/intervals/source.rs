//! What one witness tells of one stay.

use crate::model::SourceKind;
use crate::participants::Cast;
use crate::participants::Dump;
use crate::report::{Interval, IntervalKind, Participant, Presence, Source};
use crate::time_span::TimeSpan;

/// Others see somebody come a little before their own dump begins: clocks are not exact.
const COMING_MS: f64 = 3_000.0;

/// One stay of a person: a dump of theirs, or a stretch in which only servers saw them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stay {
    pub(super) person: usize,
    /// Their dump, if they left one.
    pub(super) dump: Option<usize>,
    pub(super) from_ms: f64,
    pub(super) to_ms: f64,
}

/// A stretch in which something was on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    pub(super) from_ms: f64,
    pub(super) to_ms: f64,
    /// Whether it may have ended before.
    pub(super) open: bool,
    /// The dump and the line that say that it was on.
    pub(super) dump: usize,
    pub(super) line: u64,
}

/// Something was switched on or off.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) at_ms: f64,
    pub(super) on: bool,
    pub(super) line: u64,
}

/// What a witness tells, and of which time.
#[derive(Debug)]
pub(super) struct Testimony {
    pub(super) witness: Source,
    pub(super) from_ms: f64,
    pub(super) to_ms: f64,
    pub(super) spans: Vec<Span>,
    /// How much it tells: of equal witnesses who tells most is heard first.
    pub(super) weight: usize,
}

impl Stay {
    /// A person's stays.
    pub(super) fn of(person: usize, participant: &Participant, cast: &Cast<'_>) -> Vec<Self> {
        let stay = |presence: &Presence| {
            let (from_ms, to_ms) = (presence.from_ms, presence.to_ms);
            let is_own = |dump: &Dump<'_>| {
                dump.person == Some(person)
                    && dump.extract.file.name == presence.file
                    && dump.span() == Some(TimeSpan::new(from_ms, to_ms))
            };
            Self { person, dump: cast.dumps.iter().position(is_own), from_ms, to_ms }
        };
        participant.presences.iter().map(stay).collect()
    }

    /// Who a dump is to this stay; `None` for servers that see nothing of it.
    pub(super) fn witness(&self, number: usize, dump: &Dump<'_>) -> Option<Source> {
        match dump.extract.identity.kind {
            _ if Some(number) == self.dump => Some(Source::Own),
            _ if dump.person.is_some() => Some(Source::Client),
            Some(SourceKind::Jvb) => Some(Source::Jvb),
            Some(SourceKind::Jicofo) => Some(Source::Jicofo),
            _ => None,
        }
    }
}

impl Testimony {
    /// What steps in the order of time tell of a stay. Before the first nothing is known; the last holds until the
    /// witness or the stay ends.
    pub(super) fn of_steps(
        witness: Source,
        stay: &Stay,
        number: usize,
        dump: &Dump<'_>,
        steps: &[Step],
    ) -> Option<Self> {
        let end_ms = dump.span().map_or(stay.to_ms, |span| span.to_ms.min(stay.to_ms));
        let in_stay = stay.from_ms - COMING_MS..=end_ms;
        let steps: Vec<Step> = steps
            .iter()
            .filter(|step| in_stay.contains(&step.at_ms))
            .map(|step| Step { at_ms: step.at_ms.max(stay.from_ms), ..*step })
            .collect();
        let first_ms = steps.first()?.at_ms;
        let mut spans: Vec<Span> = Vec::new();
        let mut on: Option<&Step> = None;
        let span = |since: &Step, to_ms| Span {
            from_ms: since.at_ms,
            to_ms,
            open: false,
            dump: number,
            line: since.line,
        };
        for step in &steps {
            match (step.on, on) {
                (true, None) => on = Some(step),
                (false, Some(since)) => {
                    spans.push(span(since, step.at_ms));
                    on = None;
                }
                _ => {}
            }
        }
        spans.extend(on.map(|since| span(since, end_ms)));
        Some(Self { witness, from_ms: first_ms, to_ms: end_ms, spans, weight: steps.len() })
    }
}

impl Span {
    /// As the report tells it.
    pub(super) fn interval(
        self,
        kind: IntervalKind,
        witness: Source,
        dumps: &[Dump<'_>],
    ) -> Option<Interval> {
        let (file, line) = dumps.get(self.dump)?.extract.source(self.line);
        Some(Interval {
            kind,
            from_ms: self.from_ms,
            to_ms: self.to_ms,
            open: self.open,
            source: witness,
            file: file.to_owned(),
            line,
        })
    }
}
