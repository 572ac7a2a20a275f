//! Finds the number that most witnesses agree on, each of which allows one stretch or one of several.

/// What a witness allows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Witness {
    /// Any of these stretches.
    pub(super) allows: Vec<(f64, f64)>,
    /// Whether it contradicts where it allows none: one that may have seen something else does not.
    pub(super) firm: bool,
}

impl Witness {
    /// The same for a number that is larger by this.
    pub(super) fn moved(&self, by: f64) -> Self {
        let allows = self.allows.iter().map(|(low, high)| (low + by, high + by)).collect();
        Self { allows, firm: self.firm }
    }
}

/// What witnesses agree on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Agreement {
    pub(super) value: f64,
    /// How far off that may be.
    pub(super) within: f64,
    pub(super) agreeing: u32,
    pub(super) contradicting: u32,
}

/// The middle of what most firm witnesses allow, within the bounds; of equals what more others allow, then what is
/// nearest to zero. Contradictions are counted, never averaged.
pub(super) fn agree(witnesses: &[Witness], (least, most): (f64, f64)) -> Option<Agreement> {
    let stretches = |witness: &Witness| -> Vec<(f64, f64)> {
        let within = witness.allows.iter().map(|(low, high)| (low.max(least), high.min(most)));
        within.filter(|(low, high)| low <= high).collect()
    };
    let clipped: Vec<(Vec<(f64, f64)>, bool)> =
        witnesses.iter().map(|witness| (stretches(witness), witness.firm)).collect();
    let start = where_most_agree(&clipped)?;
    let holding: Vec<(f64, f64)> = clipped
        .iter()
        .filter_map(|(stretches, _)| {
            stretches.iter().find(|(low, high)| *low <= start && start <= *high).copied()
        })
        .collect();
    let (low, high) = holding.iter().fold((least, most), |(low, high), (a, b)| (low.max(*a), high.min(*b)));
    let value = f64::midpoint(low, high);
    let firm_ones = || clipped.iter().filter(|(_, firm)| *firm);
    let agreeing = firm_ones()
        .filter(|(stretches, _)| stretches.iter().any(|(low, high)| *low <= value && value <= *high))
        .count();
    Some(Agreement {
        value,
        within: (high - low) / 2.0,
        agreeing: u32::try_from(agreeing).unwrap_or(u32::MAX),
        contradicting: u32::try_from(firm_ones().count() - agreeing).unwrap_or(u32::MAX),
    })
}

/// The beginning of the stretch in which most witnesses agree: it is one of theirs.
fn where_most_agree(witnesses: &[(Vec<(f64, f64)>, bool)]) -> Option<f64> {
    // (place, whether a stretch ends there, whose); those that begin at a place come before those that end there.
    let mut steps: Vec<(f64, bool, usize)> = Vec::new();
    for (whose, (stretches, _)) in witnesses.iter().enumerate() {
        steps.extend(stretches.iter().flat_map(|(low, high)| [(*low, false, whose), (*high, true, whose)]));
    }
    steps.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut open = vec![0_u32; witnesses.len()];
    let (mut now, mut best) = ((0_i64, 0_i64), None::<((i64, i64), f64)>);
    for (place, ends, whose) in steps {
        let (Some(count), Some((_, firm))) = (open.get_mut(whose), witnesses.get(whose)) else { continue };
        // A witness counts once, however many of its stretches meet here.
        let step = match (ends, *count) {
            (false, 0) => 1,
            (true, 1) => -1,
            _ => 0,
        };
        *count = if ends { count.saturating_sub(1) } else { *count + 1 };
        let votes = if *firm { &mut now.0 } else { &mut now.1 };
        *votes += step;
        let better = best.is_none_or(|(most, at)| now > most || (now == most && place.abs() < at.abs()));
        if !ends && better {
            best = Some((now, place));
        }
    }
    best.map(|(_, place)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANYWHERE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

    fn firm(low: f64, high: f64) -> Witness {
        Witness { allows: vec![(low, high)], firm: true }
    }

    #[test]
    fn most_agree_and_who_does_not_is_counted() {
        let witnesses = [firm(90.0, 110.0), firm(80.0, 120.0), firm(95.0, 105.0), firm(900.0, 950.0)];
        let found = agree(&witnesses, ANYWHERE).unwrap();
        assert_eq!((found.value, found.within), (100.0, 5.0));
        assert_eq!((found.agreeing, found.contradicting), (3, 1));
    }

    #[test]
    fn hypotheses_decide_between_equals_and_contradict_nobody() {
        let hypotheses = Witness { allows: vec![(500.0, 510.0), (-40.0, -30.0)], firm: false };
        let found = agree(&[firm(-100.0, 0.0), firm(400.0, 600.0), hypotheses.clone(), hypotheses], ANYWHERE);
        let found = found.unwrap();
        assert_eq!((found.value, found.agreeing, found.contradicting), (-35.0, 1, 1));
    }

    #[test]
    fn bounds_hold_and_nobody_is_no_agreement() {
        assert_eq!(agree(&[], ANYWHERE), None);
        assert_eq!(agree(&[firm(5.0, 6.0)], (10.0, 20.0)), None);
        assert_eq!(agree(&[firm(5.0, 15.0)], (10.0, 20.0)).map(|found| found.value), Some(12.5));
    }
}
