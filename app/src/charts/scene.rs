//! What a chart consists of, in pixels of the page: pure, and all that drawing needs.

use super::downsample::{clipped, polylines};
use super::picked::{Ink, Series};
use super::projection::Projection;
use super::scale::{Scale, ScaleUnit};
use super::ticks::{time_ticks, value_ticks};
use crate::format;
use crate::state::sorting::sorted;

/// The number of lines with a colour of their own; the others are drawn behind them in one shade.
pub const COLORS: usize = 8;
/// Charts lower than this have fewer value labels.
const LOW_PX: f64 = 150.0;

const MARGIN: Margin = Margin { left: 52.0, right: 14.0, top: 8.0, bottom: 20.0 };

struct Margin {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// The size of a chart and its time window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Pixels.
    pub width: f64,
    /// Pixels.
    pub height: f64,
    /// Its first time, epoch ms.
    pub from_ms: f64,
    /// Its last time.
    pub to_ms: f64,
    /// The time that the axis labels 0:00.
    pub zero_ms: f64,
}

/// A mark of an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where, in pixels along its axis.
    pub px: f64,
    /// Its label.
    pub text: String,
}

/// A threshold, drawn across the chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LimitLine {
    /// Where, in pixels from the top.
    pub px: f64,
    /// Whether it is the critical one.
    pub critical: bool,
}

/// A line of the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// Its colour.
    pub ink: Ink,
    /// Runs of points without a gap; a run of a single point is a dot.
    pub runs: Vec<Vec<(f64, f64)>>,
}

/// A chart ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Pixels.
    pub width: f64,
    /// Pixels.
    pub height: f64,
    /// The edges of the plot within it: left, top, right, bottom.
    pub plot: [f64; 4],
    /// Marks of the value axis, from the bottom.
    pub value_ticks: Vec<Tick>,
    /// Marks of the time axis.
    pub time_ticks: Vec<Tick>,
    /// The unit of the value axis.
    pub unit: &'static str,
    /// The thresholds of warnings and of critical findings.
    pub limits: Vec<LimitLine>,
    /// The lines, in drawing order.
    pub traces: Vec<Trace>,
}

impl Frame {
    /// The map from times to pixels.
    #[must_use]
    pub fn time_projection(&self) -> Projection {
        Projection::new((self.from_ms, self.to_ms), self.edges())
    }

    /// The first and the last pixel of the time axis.
    #[must_use]
    pub fn edges(&self) -> (f64, f64) {
        (MARGIN.left, (self.width - MARGIN.right).max(MARGIN.left + 1.0))
    }
}

impl Scene {
    /// Lays a chart out; `limits` are the values of a warning and of a critical finding.
    #[must_use]
    pub fn new(
        scale: Scale,
        least_span: f64,
        series: &[Series],
        limits: Option<(f64, f64)>,
        frame: &Frame,
    ) -> Self {
        let visible = |one: &Series| visible_range(one, frame);
        let (low, high) = series
            .iter()
            .filter_map(visible)
            .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
            .unwrap_or((0.0, 0.0));
        // An axis that could begin at zero for little more does.
        let low = if scale.begins_at_zero() || (low >= 0.0 && low < high * 0.5) { 0.0 } else { low };
        let high = high.max(low + least_span);
        let unit = scale.unit(high.abs());
        let ticks =
            value_ticks(low / unit.worth, high / unit.worth, if frame.height < LOW_PX { 3 } else { 4 });
        let end = |tick: Option<&f64>, other: f64| tick.copied().unwrap_or(other) * unit.worth;
        let bottom = frame.height - MARGIN.bottom;
        let range = (end(ticks.first(), 0.0), end(ticks.last(), 1.0));
        let values = Projection::new(range, (bottom, MARGIN.top));

        let time = frame.time_projection();
        let (left, right) = frame.edges();
        // The shade goes behind the colours, and the first colour on top.
        let layer = |at: usize| match series.get(at).map(|one| one.ink) {
            Some(Ink::Color(color)) => 2 + COLORS.saturating_sub(color),
            Some(Ink::Beside) => 1,
            Some(Ink::Rest) | None => 0,
        };
        let order = sorted(series.len(), &|one, other| layer(one).cmp(&layer(other)));
        let traces =
            order.into_iter().filter_map(|at| trace(series.get(at)?, frame, &time, &values)).collect();
        let limit_lines =
            limits.into_iter().flat_map(|(warning, critical)| [(warning, false), (critical, true)]);

        Self {
            width: frame.width,
            height: frame.height,
            plot: [left, MARGIN.top, right, bottom],
            value_ticks: value_labels(&ticks, unit, &values),
            time_ticks: time_labels(frame, &time, right - left),
            unit: unit.name,
            limits: limit_lines
                .filter(|(value, _)| *value <= range.1)
                .map(|(value, critical)| LimitLine { px: values.px_from(value), critical })
                .collect(),
            traces,
        }
    }

    /// How many points are drawn.
    #[must_use]
    pub fn points(&self) -> usize {
        self.traces.iter().flat_map(|trace| &trace.runs).map(Vec::len).sum()
    }
}

/// The lowest and the highest value that are seen, those at the edges included.
fn visible_range(series: &Series, frame: &Frame) -> Option<(f64, f64)> {
    let line = series.line()?.within(frame.from_ms, frame.to_ms);
    let inside = |time: f64| (frame.from_ms..=frame.to_ms).contains(&time);
    let mut range: Option<(f64, f64)> = None;
    let mut before: Option<(f64, f64)> = None;
    let mut see = |value: f64| {
        let (low, high) = range.unwrap_or((value, value));
        range = Some((low.min(value), high.max(value)));
    };
    for (&time, &value) in line.times.iter().zip(line.values) {
        if !value.is_finite() {
            before = None;
            continue;
        }
        if inside(time) {
            see(value);
        }
        if let Some((last, from)) = before {
            for edge in [frame.from_ms, frame.to_ms] {
                if last < edge && edge < time {
                    see(from + (value - from) * (edge - last) / (time - last));
                }
            }
        }
        before = Some((time, value));
    }
    range
}

fn trace(series: &Series, frame: &Frame, time: &Projection, values: &Projection) -> Option<Trace> {
    let line = series.line()?.within(frame.from_ms, frame.to_ms);
    let (left, right) = frame.edges();
    let runs = polylines(
        line.times,
        line.values,
        right - left,
        |time_ms| time.px_from(time_ms),
        |value| values.px_from(value),
    );
    Some(Trace { ink: series.ink, runs: clipped(runs, left, right) })
}

fn value_labels(ticks: &[f64], unit: ScaleUnit, values: &Projection) -> Vec<Tick> {
    let step = ticks.get(1).zip(ticks.first()).map_or(1.0, |(second, first)| second - first);
    let is_whole = |value: f64| (value - value.round()).abs() < 1e-6;
    // As many as tell two neighbours apart.
    let decimals = (0_u8..4).find(|decimals| is_whole(step * 10_f64.powi(i32::from(*decimals)))).unwrap_or(4);
    ticks
        .iter()
        .map(|tick| Tick {
            px: values.px_from(tick * unit.worth),
            text: format::axis_number(*tick, usize::from(decimals)),
        })
        .collect()
}

fn time_labels(frame: &Frame, time: &Projection, width: f64) -> Vec<Tick> {
    let about = if width < 400.0 {
        4
    } else if width < 800.0 {
        6
    } else {
        10
    };
    time_ticks(frame.from_ms, frame.to_ms, frame.zero_ms, about)
        .into_iter()
        .map(|after_ms| Tick { px: time.px_from(frame.zero_ms + after_ms), text: format::duration(after_ms) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::columns::ChartData;
    use analyzer_wasm::wire::ChartLine;

    const FRAME: Frame = Frame { width: 566.0, height: 200.0, from_ms: 0.0, to_ms: 60_000.0, zero_ms: 0.0 };

    fn series(lines: &[&[(f64, f64)]]) -> Vec<Series> {
        let head = |line: &&[(f64, f64)]| ChartLine {
            connection: "PC_0".into(),
            stream: None,
            facet: None,
            points: line.len() as u32,
        };
        let numbers = lines
            .iter()
            .flat_map(|line| line.iter().map(|point| point.0).chain(line.iter().map(|point| point.1)))
            .collect();
        let data = ChartData::of(lines.iter().map(head).collect(), numbers);
        (0..data.len())
            .map(|index| Series::alone(data.clone(), index, String::new(), String::new()))
            .collect()
    }

    fn texts(ticks: &[Tick]) -> Vec<&str> {
        ticks.iter().map(|tick| tick.text.as_str()).collect()
    }

    #[test]
    fn samples_lie_within_the_plot_and_gaps_split_the_line() {
        let series = series(&[&[(0.0, 0.0), (30_000.0, 100.0), (40_000.0, f64::NAN), (60_000.0, 50.0)]]);
        let scene = Scene::new(Scale::Ms, 50.0, &series, None, &FRAME);
        assert_eq!(scene.points(), 3);
        assert_eq!(scene.traces[0].runs.len(), 2);
        let [left, top, right, bottom] = scene.plot;
        assert_eq!(scene.traces[0].runs[0], [(left, bottom), ((left + right) / 2.0, top)]);
        assert_eq!(texts(&scene.time_ticks), ["0:00", "0:10", "0:20", "0:30", "0:40", "0:50", "1:00"]);
    }

    #[test]
    fn a_flat_line_does_not_fill_the_axis() {
        let scene = Scene::new(Scale::Share, 0.01, &series(&[&[(0.0, 0.0), (1.0, 0.0)]]), None, &FRAME);
        assert_eq!(
            (scene.unit, texts(&scene.value_ticks)),
            ("%", vec!["0.00", "0.25", "0.50", "0.75", "1.00"])
        );
    }

    #[test]
    fn the_value_axis_fits_what_is_visible() {
        let line: &[(f64, f64)] = &[(0.0, 1000.0), (10_000.0, 40.0), (20_000.0, 40.0), (30_000.0, 40.0)];
        let zoomed = Frame { from_ms: 12_000.0, to_ms: 28_000.0, ..FRAME };
        let scene = Scene::new(Scale::Ms, 10.0, &series(&[line]), None, &zoomed);
        assert_eq!(texts(&scene.value_ticks).last(), Some(&"40"));
        let [left, _, right, _] = scene.plot;
        let ends: Vec<f64> = scene.traces[0].runs[0].iter().map(|point| point.0).collect();
        assert_eq!((ends.first(), ends.last()), (Some(&left), Some(&right)), "the line leads to the edges");
    }

    #[test]
    fn a_field_far_from_zero_keeps_its_shape_and_limits_are_seen_where_they_lie() {
        let far = series(&[&[(0.0, 1000.0), (1.0, 1040.0)]]);
        let scene = Scene::new(Scale::of_field(None), 0.0, &far, None, &FRAME);
        assert_eq!(texts(&scene.value_ticks).first(), Some(&"1\u{202f}000"));
        let lossy = series(&[&[(0.0, 0.0), (1.0, 0.07)]]);
        let scene = Scene::new(Scale::Share, 0.01, &lossy, Some((0.05, 0.1)), &FRAME);
        assert_eq!(scene.limits.iter().map(|limit| limit.critical).collect::<Vec<_>>(), [false]);
    }

    #[test]
    fn the_shade_is_drawn_first_and_the_first_colour_last() {
        let point: &[(f64, f64)] = &[(0.0, 1.0)];
        let mut all = series(&[point; 4]);
        for (one, ink) in all.iter_mut().zip([Ink::Color(0), Ink::Rest, Ink::Color(5), Ink::Beside]) {
            one.ink = ink;
        }
        let scene = Scene::new(Scale::Ms, 1.0, &all, None, &FRAME);
        let order: Vec<Ink> = scene.traces.iter().map(|trace| trace.ink).collect();
        assert_eq!(order, [Ink::Rest, Ink::Beside, Ink::Color(5), Ink::Color(0)]);
    }
}
