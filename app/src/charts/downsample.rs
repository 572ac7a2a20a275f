//! Reduces a line with far more samples than pixels without a visible difference.

/// Points of a run that differ from its first point by no more than this count as one horizontal line.
const LEVEL_PX: f64 = 0.25;

/// Splits samples at gaps and reduces each run to at most four points per pixel column: the first, the lowest, the
/// highest and the last point in the column. Of equal values in a row only the first and the last are kept. `x` and
/// `y` map to pixels.
pub fn polylines(
    times: &[f64],
    values: &[f64],
    width_px: f64,
    x: impl Fn(f64) -> f64,
    y: impl Fn(f64) -> f64,
) -> Vec<Vec<(f64, f64)>> {
    #[expect(clippy::cast_precision_loss, reason = "no line has 2^53 samples")]
    let dense = times.len() as f64 > 2.0 * width_px;
    let mut runs = Vec::new();
    let mut run = Vec::new();
    let mut column = None;
    for (&time, &value) in times.iter().zip(values) {
        if !(value.is_finite() && time.is_finite()) {
            flush(&mut column, &mut run);
            finish(&mut run, &mut runs);
            continue;
        }
        let point = (x(time), y(value));
        if dense {
            match &mut column {
                Some(column) if Column::of(point) == column.at => column.add(point),
                _ => {
                    flush(&mut column, &mut run);
                    column = Some(Column::new(point));
                }
            }
        } else {
            add(&mut run, point);
        }
    }
    flush(&mut column, &mut run);
    finish(&mut run, &mut runs);
    runs
}

/// Clips each run to the plot from left to right; a line that crosses an edge ends on it.
#[must_use]
pub fn clipped(runs: Vec<Vec<(f64, f64)>>, left: f64, right: f64) -> Vec<Vec<(f64, f64)>> {
    let inside = |point: &(f64, f64)| (left..=right).contains(&point.0);
    let clip = |run: Vec<(f64, f64)>| {
        if run.iter().all(inside) {
            return run;
        }
        let mut kept = Vec::with_capacity(run.len());
        for (at, point) in run.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| run.get(before));
            // A run may cross both edges between two samples.
            for edge in [left, right] {
                kept.extend(before.and_then(|before| crossing(*before, *point, edge)));
            }
            if inside(point) {
                kept.push(*point);
            }
        }
        kept
    };
    runs.into_iter().map(clip).filter(|run| !run.is_empty()).collect()
}

/// The point at which the line between two points crosses an edge strictly between them.
fn crossing(from: (f64, f64), to: (f64, f64), edge: f64) -> Option<(f64, f64)> {
    (from.0 < edge && edge < to.0)
        .then(|| (edge, from.1 + (to.1 - from.1) * (edge - from.0) / (to.0 - from.0)))
}

/// The samples of one pixel column, in pixels.
struct Column {
    at: f64,
    first: (f64, f64),
    low: (f64, f64),
    high: (f64, f64),
    last: (f64, f64),
}

impl Column {
    fn of(point: (f64, f64)) -> f64 {
        point.0.floor()
    }

    fn new(point: (f64, f64)) -> Self {
        Self { at: Self::of(point), first: point, low: point, high: point, last: point }
    }

    fn add(&mut self, point: (f64, f64)) {
        if point.1 < self.low.1 {
            self.low = point;
        }
        if point.1 > self.high.1 {
            self.high = point;
        }
        self.last = point;
    }
}

fn flush(column: &mut Option<Column>, run: &mut Vec<(f64, f64)>) {
    let Some(column) = column.take() else { return };
    let (one, other) =
        if column.low.0 <= column.high.0 { (column.low, column.high) } else { (column.high, column.low) };
    for point in [column.first, one, other, column.last] {
        if run.last() != Some(&point) {
            add(run, point);
        }
    }
}

/// Adds a point; it replaces the last one where that and the one before are at the same height.
fn add(run: &mut Vec<(f64, f64)>, point: (f64, f64)) {
    let level = |other: &(f64, f64)| (other.1 - point.1).abs() < LEVEL_PX;
    if let [.., before, last] = run.as_mut_slice()
        && level(before)
        && level(last)
    {
        *last = point;
        return;
    }
    run.push(point);
}

fn finish(run: &mut Vec<(f64, f64)>, runs: &mut Vec<Vec<(f64, f64)>>) {
    if !run.is_empty() {
        runs.push(std::mem::take(run));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_samples_are_kept_as_they_are_and_gaps_are_not_bridged() {
        let times = [0.0, 1.0, 2.0, 3.0, 4.0];
        let values = [5.0, 6.0, f64::NAN, 8.0, 9.0];
        let lines = polylines(&times, &values, 100.0, |t| t * 10.0, |v| v);
        assert_eq!(lines, [vec![(0.0, 5.0), (10.0, 6.0)], vec![(30.0, 8.0), (40.0, 9.0)]]);
    }

    #[test]
    fn of_equal_values_the_ends_are_kept() {
        let times: Vec<f64> = (0..8).map(f64::from).collect();
        let values = [3.0, 3.0, 3.0, 3.0, 9.0, 3.0, 3.0, 3.0];
        let lines = polylines(&times, &values, 100.0, |t| t, |v| v);
        assert_eq!(lines, [[(0.0, 3.0), (3.0, 3.0), (4.0, 9.0), (5.0, 3.0), (7.0, 3.0)]]);
        // A slow rise is no level run: it may not be bent by more than can be seen.
        let rise: Vec<f64> = (0..100).map(|step| f64::from(step) * 0.1).collect();
        let times: Vec<f64> = (0..100).map(f64::from).collect();
        let [line] = polylines(&times, &rise, 100.0, |t| t, |v| v).try_into().unwrap();
        assert!(line.windows(2).all(|pair| pair[1].1 - pair[0].1 <= 0.3), "{line:?}");
        assert!(line.len() > 30, "{line:?}");
    }

    #[test]
    fn many_samples_keep_each_columns_extremes() {
        let times: Vec<f64> = (0..100_000).map(f64::from).collect();
        let mut values = vec![1.0; times.len()];
        values[54_321] = 99.0;
        values[54_322] = -99.0;
        let lines = polylines(&times, &values, 100.0, |t| t / 1000.0, |v| v);
        assert_eq!(lines.len(), 1);
        assert!(lines[0].len() <= 400, "{}", lines[0].len());
        for extreme in [99.0, -99.0] {
            assert!(lines[0].iter().any(|(x, y)| *x >= 54.0 && *x < 55.0 && (y - extreme).abs() < 1e-9));
        }
        assert!(lines[0].is_sorted_by(|left, right| left.0 <= right.0));
    }

    #[test]
    fn dense_gaps_are_gaps_too() {
        let times: Vec<f64> = (0..1000).map(f64::from).collect();
        let mut values = vec![1.0; times.len()];
        values[500] = f64::NAN;
        assert_eq!(polylines(&times, &values, 10.0, |t| t / 100.0, |v| v).len(), 2);
    }

    #[test]
    fn lines_end_at_the_edges_of_the_plot() {
        let line = vec![vec![(-10.0, 0.0), (10.0, 20.0), (20.0, 0.0), (40.0, 40.0)], vec![(50.0, 1.0)]];
        let cut = [vec![(0.0, 10.0), (10.0, 20.0), (20.0, 0.0), (30.0, 20.0)]];
        assert_eq!(clipped(line, 0.0, 30.0), cut);
        let through = vec![vec![(-10.0, 0.0), (10.0, 20.0)]];
        assert_eq!(clipped(through, 2.0, 4.0), [vec![(2.0, 12.0), (4.0, 14.0)]]);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert!(polylines(&[], &[], 100.0, |t| t, |v| v).is_empty());
        assert!(polylines(&[1.0], &[f64::NAN], 100.0, |t| t, |v| v).is_empty());
    }
}
