//! What a chart consists of, in pixels of the page: pure, and all that drawing needs.

use super::columns::{ChartData, Line};
use super::downsample::polylines;
use super::metric::{MetricSpec, Unit};
use super::projection::Projection;
use super::ticks::{time_ticks, value_ticks};
use crate::format;

/// Lines that get a colour of their own; the others are drawn behind them in one shade.
pub const COLORS: usize = 8;

const MARGIN: Margin = Margin { left: 52.0, right: 14.0, top: 10.0, bottom: 22.0 };

struct Margin {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// The size of a chart and the stretch of time it shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Pixels.
    pub width: f64,
    /// Pixels.
    pub height: f64,
    /// First moment, epoch ms.
    pub from_ms: f64,
    /// Last moment.
    pub to_ms: f64,
    /// The moment that the axis calls 0:00.
    pub zero_ms: f64,
}

/// A mark of an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where, in pixels along its axis.
    pub px: f64,
    /// What it says.
    pub text: String,
}

/// A line of the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// Which colour; `None` is the shade of all the rest.
    pub color: Option<usize>,
    /// Stretches without a gap; one of a single point is a dot.
    pub stretches: Vec<Vec<(f64, f64)>>,
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
    /// The lines, in drawing order.
    pub traces: Vec<Trace>,
}

impl Frame {
    /// Where moments lie.
    #[must_use]
    pub fn time_projection(&self) -> Projection {
        let right = (self.width - MARGIN.right).max(MARGIN.left + 1.0);
        Projection::new((self.from_ms, self.to_ms), (MARGIN.left, right))
    }
}

impl Scene {
    /// Lays a chart out.
    #[must_use]
    pub fn new(spec: &MetricSpec, data: &ChartData, frame: &Frame, names: &[String]) -> Self {
        let max = data.lines().filter_map(|line| line.max()).fold(spec.least_span, f64::max);
        let unit = spec.unit(max);
        let ticks = value_ticks(max / unit.worth, if frame.height < 140.0 { 3 } else { 4 });
        let top = ticks.last().copied().unwrap_or(1.0) * unit.worth;

        let time = frame.time_projection();
        let (left, right) = (MARGIN.left, (frame.width - MARGIN.right).max(MARGIN.left + 1.0));
        let bottom = frame.height - MARGIN.bottom;
        let values = Projection::new((0.0, top), (bottom, MARGIN.top));

        let mut traces: Vec<Trace> = colored(data, names)
            .into_iter()
            .map(|(line, color)| Trace {
                color,
                stretches: polylines(
                    line.times,
                    line.values,
                    right - left,
                    |time_ms| time.px_from(time_ms),
                    |value| values.px_from(value),
                ),
            })
            .collect();
        // The shade goes behind the colours, and the first colour on top.
        traces.sort_by_key(|trace| std::cmp::Reverse(trace.color.map_or(COLORS, |color| color)));

        Self {
            width: frame.width,
            height: frame.height,
            plot: [left, MARGIN.top, right, bottom],
            value_ticks: value_labels(&ticks, unit, &values),
            time_ticks: time_labels(frame, &time, right - left),
            unit: unit.name,
            traces,
        }
    }

    /// How many points are drawn.
    #[must_use]
    pub fn points(&self) -> usize {
        self.traces.iter().flat_map(|trace| &trace.stretches).map(Vec::len).sum()
    }
}

/// A chart's lines with the colour that each has, in the chart as in the legend.
///
/// Only the lines with the highest peaks have one. `names` are the lines of all charts that stand together: a line has
/// the same colour, and the same place in the legend, in each of them.
pub fn colored<'a>(data: &'a ChartData, names: &[String]) -> Vec<(Line<'a>, Option<usize>)> {
    let rank = |line: &Line<'_>| names.iter().position(|name| name == line.label).unwrap_or(names.len());
    let mut lines: Vec<Line<'a>> = data.lines().collect();
    lines.sort_by_key(rank);
    let mut peaks: Vec<f64> = lines.iter().filter_map(Line::max).collect();
    peaks.sort_by(|left, right| right.total_cmp(left));
    let least = if lines.len() > COLORS { peaks.get(COLORS - 1).copied() } else { None };
    let mut taken = [false; COLORS];
    lines
        .into_iter()
        .map(|line| {
            let stands_out = least.is_none_or(|least| line.max().is_some_and(|peak| peak >= least));
            let color = stands_out.then(|| free_color(&mut taken, rank(&line))).flatten();
            (line, color)
        })
        .collect()
}

/// The colour of this rank, or the next one that no other line has.
fn free_color(taken: &mut [bool; COLORS], rank: usize) -> Option<usize> {
    let color =
        (0..COLORS).map(|next| (rank + next) % COLORS).find(|color| taken.get(*color) == Some(&false))?;
    if let Some(taken) = taken.get_mut(color) {
        *taken = true;
    }
    Some(color)
}

fn value_labels(ticks: &[f64], unit: Unit, values: &Projection) -> Vec<Tick> {
    let step = ticks.get(1).copied().unwrap_or(1.0);
    let is_whole = |value: f64| (value - value.round()).abs() < 1e-6;
    // As many as tell two neighbours apart.
    let decimals = (0_u8..4).find(|decimals| is_whole(step * 10_f64.powi(i32::from(*decimals)))).unwrap_or(4);
    ticks
        .iter()
        .map(|tick| Tick {
            px: values.px_from(tick * unit.worth),
            text: format::number(*tick, usize::from(decimals)),
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
    use analyzer_wasm::protocol::ChartLine;

    const FRAME: Frame = Frame { width: 566.0, height: 200.0, from_ms: 0.0, to_ms: 60_000.0, zero_ms: 0.0 };

    fn data(lines: &[&[(f64, f64)]]) -> ChartData {
        let heads = lines
            .iter()
            .enumerate()
            .map(|(index, line)| ChartLine {
                connection: index.to_string(),
                stream: None,
                facet: None,
                points: line.len() as u32,
            })
            .collect();
        let numbers = lines
            .iter()
            .flat_map(|line| line.iter().map(|point| point.0).chain(line.iter().map(|point| point.1)))
            .collect();
        ChartData::new(heads, numbers).unwrap()
    }

    #[test]
    fn samples_lie_within_the_plot_and_gaps_split_the_line() {
        let data = data(&[&[(0.0, 0.0), (30_000.0, 100.0), (40_000.0, f64::NAN), (60_000.0, 50.0)]]);
        let scene = Scene::new(&MetricSpec::ALL[0], &data, &FRAME, &[]);
        assert_eq!(scene.points(), 3);
        assert_eq!(scene.traces[0].stretches.len(), 2);
        let [left, top, right, bottom] = scene.plot;
        assert_eq!(scene.traces[0].stretches[0], [(left, bottom), ((left + right) / 2.0, top)]);
        let labels: Vec<_> = scene.time_ticks.iter().map(|tick| tick.text.as_str()).collect();
        assert_eq!(labels, ["0:00", "0:10", "0:20", "0:30", "0:40", "0:50", "1:00"]);
    }

    #[test]
    fn a_flat_line_does_not_fill_the_axis() {
        let scene = Scene::new(&MetricSpec::ALL[1], &data(&[&[(0.0, 0.0), (1.0, 0.0)]]), &FRAME, &[]);
        let labels: Vec<_> = scene.value_ticks.iter().map(|tick| tick.text.as_str()).collect();
        assert_eq!((scene.unit, labels), ("%", vec!["0.00", "0.25", "0.50", "0.75", "1.00"]));
    }

    #[test]
    fn of_many_lines_the_highest_have_colours() {
        let lines: Vec<Vec<(f64, f64)>> = (0..20).map(|n| vec![(0.0, f64::from(n))]).collect();
        let lines: Vec<&[(f64, f64)]> = lines.iter().map(Vec::as_slice).collect();
        let data = data(&lines);
        let names: Vec<String> = (0..20).map(|n| n.to_string()).collect();
        let mut colors: Vec<_> = colored(&data, &names).into_iter().map(|(_, color)| color).collect();
        assert!(colors[..12].iter().all(Option::is_none));
        colors.sort_unstable();
        assert_eq!(colors[12..], (0..8).map(Some).collect::<Vec<_>>());
        let scene = Scene::new(&MetricSpec::ALL[0], &data, &FRAME, &names);
        assert_eq!(scene.traces.first().unwrap().color, None, "the shade is drawn first");
        assert_eq!(scene.traces.last().unwrap().color, Some(0));
    }

    #[test]
    fn a_line_has_the_same_colour_in_charts_with_other_lines() {
        let names = ["2", "0", "1"].map(str::to_owned);
        let of = |data: &ChartData| -> Vec<(String, Option<usize>)> {
            colored(data, &names).into_iter().map(|(line, color)| (line.label.to_owned(), color)).collect()
        };
        let point: &[(f64, f64)] = &[(0.0, 1.0)];
        assert_eq!(of(&data(&[point; 2])), [("0".into(), Some(1)), ("1".into(), Some(2))]);
        let all = of(&data(&[point; 3]));
        assert_eq!(all, [("2".into(), Some(0)), ("0".into(), Some(1)), ("1".into(), Some(2))]);
    }
}
