//! Finds the clock offset that most observations agree on.
//!
//! The result is where most firm observations agree, and within that where most hypotheses do. One in ten hypotheses may
//! be mistaken, so the range reaches as far as nine in ten of them hold. The value in the range is the median of what is
//! usual for the narrowest observations, else the middle.

use super::offset_observation::{OffsetObservation, OffsetRange};
use crate::median::median;

/// One of this many hypotheses may hold by chance.
const HYPOTHESES_PER_MISTAKE: usize = 10;
/// An observation up to this much wider than the narrowest one counts as narrow too.
const NARROW_FACTOR: f64 = 1.5;

/// The offset that observations agree on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Agreement {
    pub(super) value_ms: f64,
    /// The offsets that are possible.
    pub(super) range: OffsetRange,
    /// Firm observations that allow them.
    pub(super) agreeing: u32,
    /// Firm observations that do not.
    pub(super) contradicting: u32,
}

impl Agreement {
    /// The greatest possible error of the value, ms.
    pub(super) fn residual_ms(&self) -> f64 {
        (self.value_ms - self.range.low_ms).max(self.range.high_ms - self.value_ms)
    }

    /// The same agreement with the value of another one that may be wrong as a whole, if that one is narrower and its
    /// value is possible.
    pub(super) fn with_hint(self, other: Option<Self>) -> Self {
        let better = other.filter(|other| {
            other.range.width_ms() < self.range.width_ms() && self.range.contains(other.value_ms)
        });
        Self { value_ms: better.map_or(self.value_ms, |other| other.value_ms), ..self }
    }
}

/// The offset within the bounds that most firm observations allow; of several such offsets the one that most hypotheses
/// allow, then the one nearest to zero. Contradictions are counted, never averaged. `None` without observations within
/// the bounds.
pub(super) fn agree(observations: &[OffsetObservation], bounds: OffsetRange) -> Option<Agreement> {
    let ranges: Vec<(Vec<OffsetRange>, bool)> = observations
        .iter()
        .map(|observation| (observation.ranges_within(bounds), observation.firm))
        .collect();
    let start_ms = start_of_agreement(&ranges)?;
    let with_firmness = |firm: bool| ranges.iter().filter(move |(_, own)| *own == firm);
    let at_start = |ranges: &[OffsetRange]| ranges.iter().find(|range| range.contains(start_ms)).copied();
    let firm: Vec<OffsetRange> = with_firmness(true).filter_map(|(ranges, _)| at_start(ranges)).collect();
    let whole = firm.iter().fold(bounds, |whole, range| whole.intersection(*range));
    let hypotheses: Vec<&[OffsetRange]> = with_firmness(false).map(|(ranges, _)| ranges.as_slice()).collect();
    let range = narrowed(whole, start_ms, &hypotheses);
    let middle_ms = f64::midpoint(range.low_ms, range.high_ms);
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Some(Agreement {
        value_ms: usual_offset_ms(observations, range).unwrap_or(middle_ms),
        range,
        agreeing: count(firm.len()),
        contradicting: count(with_firmness(true).count() - firm.len()),
    })
}

/// The low end of the range in which most observations agree; it is the low end of one of theirs.
fn start_of_agreement(observations: &[(Vec<OffsetRange>, bool)]) -> Option<f64> {
    let mut steps: Vec<(f64, bool, bool)> = Vec::new();
    for (ranges, firm) in observations {
        steps.extend(
            ranges.iter().flat_map(|range| [(range.low_ms, false, *firm), (range.high_ms, true, *firm)]),
        );
    }
    sort_steps(&mut steps);
    // Firm observations and hypotheses that hold at the step.
    let (mut now, mut best) = ((0_i64, 0_i64), None::<((i64, i64), f64)>);
    for (offset_ms, ends, firm) in steps {
        let votes = if firm { &mut now.0 } else { &mut now.1 };
        *votes += if ends { -1 } else { 1 };
        let better = best.is_none_or(|(most, at)| now > most || (now == most && offset_ms.abs() < at.abs()));
        if !ends && better {
            best = Some((now, offset_ms));
        }
    }
    best.map(|(_, offset_ms)| offset_ms)
}

/// The part of a range around an offset in which nine in ten of the hypotheses hold that hold at that offset.
fn narrowed(whole: OffsetRange, start_ms: f64, hypotheses: &[&[OffsetRange]]) -> OffsetRange {
    let holds = |ranges: &&&[OffsetRange]| ranges.iter().any(|range| range.contains(start_ms));
    let most = hypotheses.iter().filter(holds).count();
    let enough = most - most.div_ceil(HYPOTHESES_PER_MISTAKE);
    if enough == 0 {
        return whole;
    }
    let within = hypotheses.iter().flat_map(|ranges| ranges.iter());
    let within = within.map(|range| range.intersection(whole)).filter(|range| range.low_ms <= range.high_ms);
    let mut steps: Vec<(f64, bool, ())> =
        within.flat_map(|range| [(range.low_ms, false, ()), (range.high_ms, true, ())]).collect();
    sort_steps(&mut steps);
    let (mut now, mut since) = (0_usize, None::<f64>);
    for (offset_ms, ends, ()) in steps {
        if ends {
            now = now.saturating_sub(1);
        } else {
            now += 1;
        }
        match since {
            None if now >= enough => since = Some(offset_ms),
            Some(from_ms) if now < enough => {
                let range = OffsetRange::new(from_ms, offset_ms);
                if range.contains(start_ms) {
                    return range;
                }
                since = None;
            }
            _ => {}
        }
    }
    whole
}

/// Sorts the ends of ranges by offset; of equal ones the low ends come first.
fn sort_steps<T>(steps: &mut [(f64, bool, T)]) {
    steps.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
}

/// The median of what is usual for the narrowest observations that overlap the range.
fn usual_offset_ms(observations: &[OffsetObservation], range: OffsetRange) -> Option<f64> {
    let overlapping = observations.iter().flat_map(|observation| &observation.allowed);
    let overlapping = overlapping.filter(|allowed| allowed.range.overlaps(range));
    let mut known: Vec<(f64, f64)> =
        overlapping.filter_map(|allowed| Some((allowed.range.width_ms(), allowed.usual_ms?))).collect();
    let narrowest_ms = known.iter().map(|(width_ms, _)| *width_ms).reduce(f64::min)?;
    known.retain(|(width_ms, _)| *width_ms <= narrowest_ms * NARROW_FACTOR);
    median(known.into_iter().map(|(_, usual_ms)| usual_ms))
        .map(|usual_ms| usual_ms.clamp(range.low_ms, range.high_ms))
}

#[cfg(test)]
mod tests {
    use super::super::offset_observation::AllowedOffsets;
    use super::*;

    const ANY: OffsetRange = OffsetRange::ANY;

    fn allowed(low_ms: f64, high_ms: f64) -> AllowedOffsets {
        AllowedOffsets { range: OffsetRange::new(low_ms, high_ms), usual_ms: None }
    }

    fn firm(low: f64, high: f64) -> OffsetObservation {
        OffsetObservation { allowed: vec![allowed(low, high)], firm: true }
    }

    fn hypotheses(ranges: &[(f64, f64)]) -> OffsetObservation {
        OffsetObservation {
            allowed: ranges.iter().map(|(low, high)| allowed(*low, *high)).collect(),
            firm: false,
        }
    }

    #[test]
    fn contradicting_observations_are_counted() {
        let observations = [firm(90.0, 110.0), firm(80.0, 120.0), firm(95.0, 105.0), firm(900.0, 950.0)];
        let found = agree(&observations, ANY).unwrap();
        assert_eq!((found.value_ms, found.residual_ms()), (100.0, 5.0));
        assert_eq!((found.agreeing, found.contradicting), (3, 1));
    }

    #[test]
    fn hypotheses_decide_between_equals_and_contradict_nothing() {
        let either = hypotheses(&[(500.0, 510.0), (-40.0, -30.0)]);
        let found = agree(&[firm(-100.0, 0.0), firm(400.0, 600.0), either.clone(), either], ANY);
        let found = found.unwrap();
        assert_eq!((found.value_ms, found.agreeing, found.contradicting), (-35.0, 1, 1));
    }

    #[test]
    fn one_hypothesis_that_agrees_by_chance_narrows_nothing() {
        let mut observations = vec![firm(-1_000.0, 1_000.0)];
        observations.extend((0..9).map(|_| hypotheses(&[(-100.0, 100.0)])));
        observations.push(hypotheses(&[(60.0, 400.0)]));
        let found = agree(&observations, ANY).unwrap();
        assert_eq!((found.value_ms, found.residual_ms()), (0.0, 100.0));
    }

    #[test]
    fn overlapping_ranges_of_one_observation_count_once() {
        let twice = hypotheses(&[(-50.0, 20.0), (0.0, 50.0)]);
        let found = agree(&[firm(-500.0, 500.0), twice.clone(), twice], ANY).unwrap();
        assert_eq!((found.value_ms, found.residual_ms()), (0.0, 50.0));
    }

    #[test]
    fn the_narrowest_observations_decide_the_value_and_the_range_stays() {
        let near = |low: f64, high: f64, usual: f64| OffsetObservation {
            allowed: vec![AllowedOffsets { usual_ms: Some(usual), ..allowed(low, high) }],
            firm: true,
        };
        let narrow = [near(-50.0, 400.0, 20.0), near(-40.0, 420.0, 25.0), near(-60.0, 410.0, 15.0)];
        let wide = near(-2_000.0, 3_000.0, 900.0);
        let observations: Vec<OffsetObservation> = narrow.into_iter().chain([wide]).collect();
        let found = agree(&observations, ANY).unwrap();
        assert_eq!((found.value_ms, found.residual_ms()), (20.0, 380.0));
    }

    #[test]
    fn a_hint_moves_the_value_within_the_agreed_range_only() {
        let sure = agree(&[firm(-300.0, 700.0)], ANY).unwrap();
        let hinted = |low, high| {
            let found = sure.with_hint(agree(&[firm(low, high)], ANY));
            (found.value_ms, found.residual_ms())
        };
        assert_eq!(hinted(-20.0, 20.0), (0.0, 700.0));
        assert_eq!(hinted(800.0, 820.0), (200.0, 500.0), "outside");
        assert_eq!(hinted(-900.0, 900.0), (200.0, 500.0), "wider");
        assert_eq!(sure.with_hint(None), sure);
    }

    #[test]
    fn bounds_hold_and_without_observations_there_is_no_agreement() {
        assert_eq!(agree(&[], ANY), None);
        assert_eq!(agree(&[firm(5.0, 6.0)], OffsetRange::new(10.0, 20.0)), None);
        assert_eq!(
            agree(&[firm(5.0, 15.0)], OffsetRange::new(10.0, 20.0)).map(|found| found.value_ms),
            Some(12.5)
        );
    }
}
