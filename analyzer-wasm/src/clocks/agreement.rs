//! Finds the number that most witnesses agree on, each of which allows one stretch or one of several.
//!
//! What holds is where most firm witnesses agree, within it most others. Of these one in ten may be mistaken, so the
//! stretch that is told reaches as far as all but a tenth of them go. Where in it the number is, the sharpest of those
//! say who know where in their own stretch it usually lies; else it is the middle.

use crate::median::median;

/// Of hypotheses that agree, one of so many may do so by chance.
const CHANCE: usize = 10;
/// What is at most this much wider than the sharpest is sharp as well.
const SHARP: f64 = 1.5;

/// What a witness allows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretch {
    pub(super) low: f64,
    pub(super) high: f64,
    /// Where in it the number usually lies, if that is known.
    pub(super) usual: Option<f64>,
}

/// One that saw something.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Witness {
    /// Any of these stretches.
    pub(super) allows: Vec<Stretch>,
    /// Whether it contradicts where it allows none: one that may have seen something else does not.
    pub(super) firm: bool,
}

impl Witness {
    /// The same for a number that is larger by this, which is known to within that much.
    pub(super) fn moved(&self, by: f64, within: f64) -> Self {
        let moved = |stretch: &Stretch| Stretch {
            low: stretch.low + by - within,
            high: stretch.high + by + within,
            usual: stretch.usual.map(|usual| usual + by),
        };
        Self { allows: self.allows.iter().map(moved).collect(), firm: self.firm }
    }

    /// What it allows within bounds, without overlaps.
    fn stretches(&self, (least, most): (f64, f64)) -> Vec<(f64, f64)> {
        let within = self.allows.iter().map(|stretch| (stretch.low.max(least), stretch.high.min(most)));
        let mut within: Vec<(f64, f64)> = within.filter(|(low, high)| low <= high).collect();
        within.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut apart: Vec<(f64, f64)> = Vec::new();
        for (low, high) in within {
            match apart.last_mut() {
                Some(last) if low <= last.1 => last.1 = last.1.max(high),
                _ => apart.push((low, high)),
            }
        }
        apart
    }
}

/// What witnesses agree on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Agreement {
    pub(super) value: f64,
    /// Where it may be.
    pub(super) low: f64,
    pub(super) high: f64,
    /// Firm ones.
    pub(super) agreeing: u32,
    pub(super) contradicting: u32,
}

impl Agreement {
    /// How far off it may be.
    pub(super) fn within(&self) -> f64 {
        (self.value - self.low).max(self.high - self.value)
    }

    /// The same where another one, that may be wrong as a whole, says where in the stretch the number lies, if it knows
    /// that better and lies in it.
    pub(super) fn hinted(self, other: Option<Self>) -> Self {
        let better = other.filter(|other| {
            other.high - other.low < self.high - self.low
                && self.low <= other.value
                && other.value <= self.high
        });
        Self { value: better.map_or(self.value, |other| other.value), ..self }
    }
}

/// What most firm witnesses allow within the bounds; of equals what more others allow, then what is nearest to zero.
/// Contradictions are counted, never averaged.
pub(super) fn agree(witnesses: &[Witness], bounds: (f64, f64)) -> Option<Agreement> {
    let clipped: Vec<(Vec<(f64, f64)>, bool)> =
        witnesses.iter().map(|witness| (witness.stretches(bounds), witness.firm)).collect();
    let start = where_most_agree(&clipped)?;
    let of_firm = |firm: bool| clipped.iter().filter(move |(_, own)| *own == firm);
    let holding = |stretches: &[(f64, f64)]| {
        stretches.iter().find(|(low, high)| *low <= start && start <= *high).copied()
    };
    let firm: Vec<(f64, f64)> = of_firm(true).filter_map(|(stretches, _)| holding(stretches)).collect();
    let whole = firm.iter().fold(bounds, |(low, high), (a, b)| (low.max(*a), high.min(*b)));
    let hypotheses: Vec<&[(f64, f64)]> = of_firm(false).map(|(stretches, _)| stretches.as_slice()).collect();
    let (low, high) = narrowed(whole, start, &hypotheses);
    let value = usual(witnesses, (low, high)).unwrap_or(f64::midpoint(low, high));
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Some(Agreement {
        value,
        low,
        high,
        agreeing: count(firm.len()),
        contradicting: count(of_firm(true).count() - firm.len()),
    })
}

/// The beginning of the stretch in which most witnesses agree: it is one of theirs.
fn where_most_agree(witnesses: &[(Vec<(f64, f64)>, bool)]) -> Option<f64> {
    let mut steps: Vec<(f64, bool, bool)> = Vec::new();
    for (stretches, firm) in witnesses {
        steps.extend(stretches.iter().flat_map(|(low, high)| [(*low, false, *firm), (*high, true, *firm)]));
    }
    sort(&mut steps);
    let (mut now, mut best) = ((0_i64, 0_i64), None::<((i64, i64), f64)>);
    for (place, ends, firm) in steps {
        let votes = if firm { &mut now.0 } else { &mut now.1 };
        *votes += if ends { -1 } else { 1 };
        let better = best.is_none_or(|(most, at)| now > most || (now == most && place.abs() < at.abs()));
        if !ends && better {
            best = Some((now, place));
        }
    }
    best.map(|(_, place)| place)
}

/// The part of a stretch around a place in which nearly all hypotheses hold that hold at that place.
fn narrowed((low, high): (f64, f64), start: f64, hypotheses: &[&[(f64, f64)]]) -> (f64, f64) {
    let holds = |stretches: &&&[(f64, f64)]| stretches.iter().any(|(a, b)| *a <= start && start <= *b);
    let most = hypotheses.iter().filter(holds).count();
    let enough = most - most.div_ceil(CHANCE);
    if enough == 0 {
        return (low, high);
    }
    let within = hypotheses.iter().flat_map(|stretches| stretches.iter());
    let within = within.map(|(a, b)| (a.max(low), b.min(high))).filter(|(a, b)| a <= b);
    let mut steps: Vec<(f64, bool, ())> = within.flat_map(|(a, b)| [(a, false, ()), (b, true, ())]).collect();
    sort(&mut steps);
    let (mut now, mut since) = (0_usize, None::<f64>);
    for (place, ends, ()) in steps {
        if ends {
            now = now.saturating_sub(1);
        } else {
            now += 1;
        }
        match since {
            None if now >= enough => since = Some(place),
            Some(from) if now < enough => {
                if from <= start && start <= place {
                    return (from, place);
                }
                since = None;
            }
            _ => {}
        }
    }
    (low, high)
}

/// By place; what begins there comes before what ends there.
fn sort<T>(steps: &mut [(f64, bool, T)]) {
    steps.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
}

/// Where the sharpest of those that know say that it lies.
fn usual(witnesses: &[Witness], (low, high): (f64, f64)) -> Option<f64> {
    let agreeing = witnesses.iter().flat_map(|witness| &witness.allows);
    let agreeing = agreeing.filter(|stretch| stretch.low <= high && low <= stretch.high);
    let mut known: Vec<(f64, f64)> =
        agreeing.filter_map(|stretch| Some((stretch.high - stretch.low, stretch.usual?))).collect();
    let sharpest = known.iter().map(|(width, _)| *width).reduce(f64::min)?;
    known.retain(|(width, _)| *width <= sharpest * SHARP);
    median(known.into_iter().map(|(_, usual)| usual)).map(|usual| usual.clamp(low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANYWHERE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

    fn stretch(low: f64, high: f64) -> Stretch {
        Stretch { low, high, usual: None }
    }

    fn firm(low: f64, high: f64) -> Witness {
        Witness { allows: vec![stretch(low, high)], firm: true }
    }

    fn hypotheses(allows: &[(f64, f64)]) -> Witness {
        Witness { allows: allows.iter().map(|(low, high)| stretch(*low, *high)).collect(), firm: false }
    }

    #[test]
    fn most_agree_and_who_does_not_is_counted() {
        let witnesses = [firm(90.0, 110.0), firm(80.0, 120.0), firm(95.0, 105.0), firm(900.0, 950.0)];
        let found = agree(&witnesses, ANYWHERE).unwrap();
        assert_eq!((found.value, found.within()), (100.0, 5.0));
        assert_eq!((found.agreeing, found.contradicting), (3, 1));
    }

    #[test]
    fn hypotheses_decide_between_equals_and_contradict_nobody() {
        let either = hypotheses(&[(500.0, 510.0), (-40.0, -30.0)]);
        let found = agree(&[firm(-100.0, 0.0), firm(400.0, 600.0), either.clone(), either], ANYWHERE);
        let found = found.unwrap();
        assert_eq!((found.value, found.agreeing, found.contradicting), (-35.0, 1, 1));
    }

    #[test]
    fn one_hypothesis_that_agrees_by_chance_narrows_nothing() {
        let mut witnesses = vec![firm(-1_000.0, 1_000.0)];
        witnesses.extend((0..9).map(|_| hypotheses(&[(-100.0, 100.0)])));
        witnesses.push(hypotheses(&[(60.0, 400.0)]));
        let found = agree(&witnesses, ANYWHERE).unwrap();
        assert_eq!((found.value, found.within()), (0.0, 100.0));
    }

    #[test]
    fn what_overlaps_itself_counts_once() {
        let twice = hypotheses(&[(-50.0, 20.0), (0.0, 50.0)]);
        let found = agree(&[firm(-500.0, 500.0), twice.clone(), twice], ANYWHERE).unwrap();
        assert_eq!((found.value, found.within()), (0.0, 50.0));
    }

    #[test]
    fn the_sharpest_say_where_it_usually_lies_and_the_ends_stay_possible() {
        let near = |low: f64, high: f64, usual: f64| Witness {
            allows: vec![Stretch { low, high, usual: Some(usual) }],
            firm: true,
        };
        let sharp = [near(-50.0, 400.0, 20.0), near(-40.0, 420.0, 25.0), near(-60.0, 410.0, 15.0)];
        let blunt = near(-2_000.0, 3_000.0, 900.0);
        let witnesses: Vec<Witness> = sharp.into_iter().chain([blunt]).collect();
        let found = agree(&witnesses, ANYWHERE).unwrap();
        assert_eq!((found.value, found.within()), (20.0, 380.0));
    }

    #[test]
    fn a_hint_moves_the_number_within_what_was_agreed_and_no_further() {
        let sure = agree(&[firm(-300.0, 700.0)], ANYWHERE).unwrap();
        let hinted = |low, high| {
            let found = sure.hinted(agree(&[firm(low, high)], ANYWHERE));
            (found.value, found.within())
        };
        assert_eq!(hinted(-20.0, 20.0), (0.0, 700.0));
        assert_eq!(hinted(800.0, 820.0), (200.0, 500.0), "outside");
        assert_eq!(hinted(-900.0, 900.0), (200.0, 500.0), "blunter");
        assert_eq!(sure.hinted(None), sure);
    }

    #[test]
    fn bounds_hold_and_nobody_is_no_agreement() {
        assert_eq!(agree(&[], ANYWHERE), None);
        assert_eq!(agree(&[firm(5.0, 6.0)], (10.0, 20.0)), None);
        assert_eq!(agree(&[firm(5.0, 15.0)], (10.0, 20.0)).map(|found| found.value), Some(12.5));
    }
}
