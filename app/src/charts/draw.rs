//! Draws a scene on any plotters backend.
//!
//! Text is positioned by anchors only: plotters' own layout measures it with inline styles, which the page's content
//! security policy forbids.

use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, IntoFont, RGBColor, ShapeStyle, TextStyle};
use plotters_backend::{BackendCoord, DrawingBackend, DrawingErrorKind};

use super::picked::Ink;
use super::scene::Scene;
use super::theme::Theme;

const FONT: &str = "system-ui, sans-serif";
const FONT_PX: f64 = 11.0;
const LINE_PX: f64 = 1.6;
const GRID_PX: f64 = 1.0;
const DOT_PX: f64 = 2.0;
const DASH_PX: f64 = 4.0;

/// Draws a scene; `scale` is the number of backend units per CSS pixel.
///
/// # Errors
/// If the backend fails.
pub fn draw<B: DrawingBackend>(
    scene: &Scene,
    theme: &Theme,
    scale: f64,
    backend: &mut B,
) -> Result<(), DrawingErrorKind<B::ErrorType>> {
    let mut pen = Pen { backend, scale };
    let [left, _, right, bottom] = scene.plot;
    for tick in &scene.value_ticks {
        // On whole pixels, so that hairlines are crisp.
        let y = tick.px.round() + 0.5;
        pen.path(&[(left, y), (right, y)], theme.grid, GRID_PX)?;
        pen.text(&tick.text, theme.text, (HPos::Right, VPos::Center), (left - 8.0, y))?;
    }
    for tick in &scene.time_ticks {
        let x = tick.px.round() + 0.5;
        pen.path(&[(x, bottom), (x, bottom + 4.0)], theme.grid, GRID_PX)?;
        pen.text(&tick.text, theme.text, (HPos::Center, VPos::Top), (x, bottom + 8.0))?;
    }
    for limit in &scene.limits {
        let y = limit.px.round() + 0.5;
        let color = if limit.critical { theme.critical } else { theme.warning };
        pen.dashes((left, right), y, color)?;
    }
    for trace in &scene.traces {
        let color = match trace.ink {
            Ink::Color(color) => theme.lines.get(color).copied().unwrap_or(theme.other),
            Ink::Beside => theme.text,
            Ink::Rest => theme.other,
        };
        let width = if trace.ink == Ink::Beside { GRID_PX } else { LINE_PX };
        for run in &trace.runs {
            match run.as_slice() {
                [alone] => pen.dot(*alone, color)?,
                points => pen.path(points, color, width)?,
            }
        }
    }
    pen.backend.present()
}

struct Pen<'a, B> {
    backend: &'a mut B,
    scale: f64,
}

impl<B: DrawingBackend> Pen<'_, B> {
    fn path(
        &mut self,
        points: &[(f64, f64)],
        color: RGBColor,
        width: f64,
    ) -> Result<(), DrawingErrorKind<B::ErrorType>> {
        let style = ShapeStyle::from(&color).stroke_width(self.units(width));
        let points: Vec<BackendCoord> = points.iter().map(|point| self.coord(*point)).collect();
        self.backend.draw_path(points, &style)
    }

    /// A thin dashed line across the plot.
    fn dashes(
        &mut self,
        (left, right): (f64, f64),
        y: f64,
        color: RGBColor,
    ) -> Result<(), DrawingErrorKind<B::ErrorType>> {
        let mut x = left;
        while x < right {
            self.path(&[(x, y), ((x + DASH_PX).min(right), y)], color, GRID_PX)?;
            x += 2.0 * DASH_PX;
        }
        Ok(())
    }

    fn dot(&mut self, at: (f64, f64), color: RGBColor) -> Result<(), DrawingErrorKind<B::ErrorType>> {
        let (center, radius) = (self.coord(at), self.units(DOT_PX));
        self.backend.draw_circle(center, radius, &color.filled(), true)
    }

    fn text(
        &mut self,
        text: &str,
        color: RGBColor,
        (horizontal, vertical): (HPos, VPos),
        at: (f64, f64),
    ) -> Result<(), DrawingErrorKind<B::ErrorType>> {
        let style = TextStyle::from((FONT, FONT_PX * self.scale).into_font())
            .color(&color)
            .pos(Pos::new(horizontal, vertical));
        let at = self.coord(at);
        self.backend.draw_text(text, &style, at)
    }

    #[expect(clippy::cast_possible_truncation, reason = "a screen has far fewer pixels")]
    fn coord(&self, (x, y): (f64, f64)) -> BackendCoord {
        ((x * self.scale).round() as i32, (y * self.scale).round() as i32)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "widths are small and positive"
    )]
    fn units(&self, px: f64) -> u32 {
        (px * self.scale).round().max(1.0) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::scene::{LimitLine, Tick, Trace};
    use plotters_backend::{BackendColor, BackendStyle, BackendTextStyle};
    use std::convert::Infallible;

    /// Records what is drawn.
    #[derive(Default)]
    struct Paper {
        paths: Vec<(Vec<BackendCoord>, u32)>,
        dots: Vec<(BackendCoord, u32)>,
        texts: Vec<(String, BackendCoord)>,
    }

    impl DrawingBackend for Paper {
        type ErrorType = Infallible;

        fn get_size(&self) -> (u32, u32) {
            (200, 100)
        }

        fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
            Ok(())
        }

        fn present(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
            Ok(())
        }

        fn draw_pixel(
            &mut self,
            _: BackendCoord,
            _: BackendColor,
        ) -> Result<(), DrawingErrorKind<Infallible>> {
            Ok(())
        }

        fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
            &mut self,
            path: I,
            style: &S,
        ) -> Result<(), DrawingErrorKind<Infallible>> {
            self.paths.push((path.into_iter().collect(), style.stroke_width()));
            Ok(())
        }

        fn draw_circle<S: BackendStyle>(
            &mut self,
            center: BackendCoord,
            radius: u32,
            _: &S,
            _: bool,
        ) -> Result<(), DrawingErrorKind<Infallible>> {
            self.dots.push((center, radius));
            Ok(())
        }

        fn draw_text<S: BackendTextStyle>(
            &mut self,
            text: &str,
            _: &S,
            at: BackendCoord,
        ) -> Result<(), DrawingErrorKind<Infallible>> {
            self.texts.push((text.to_owned(), at));
            Ok(())
        }
    }

    #[test]
    fn everything_is_drawn_once_and_scaled() {
        let scene = Scene {
            width: 200.0,
            height: 100.0,
            plot: [50.0, 10.0, 190.0, 80.0],
            value_ticks: vec![Tick { px: 80.0, text: "0".into() }],
            time_ticks: vec![Tick { px: 50.0, text: "0:00".into() }],
            unit: "ms",
            limits: vec![LimitLine { px: 40.0, critical: true }],
            traces: vec![Trace {
                ink: Ink::Color(0),
                runs: vec![vec![(50.0, 70.25), (60.5, 20.0)], vec![(90.0, 30.0)]],
            }],
        };
        let mut paper = Paper::default();
        draw(&scene, &Theme::from_tokens(|_| None), 4.0, &mut paper).unwrap();
        assert_eq!(paper.paths.last().unwrap(), &(vec![(200, 281), (242, 80)], 6));
        assert_eq!(paper.paths.len(), 21, "a grid line, a tick, a run and 18 dashes");
        assert_eq!(paper.dots, [((360, 120), 8)], "a sample between gaps is a dot");
        assert_eq!(paper.texts, [("0".into(), (168, 322)), ("0:00".into(), (202, 352))]);
    }
}
