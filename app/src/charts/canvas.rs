//! Paints scenes on a canvas: size, device pixels and drawing context. No other file touches a canvas.

use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::draw::draw;
use super::scene::Scene;
use super::theme::Theme;
use crate::shell::browser::device_pixel_ratio;

/// Backend units per device pixel: plotters places points on whole units only, which would make lines jagged.
const UNITS_PER_DEVICE_PX: f64 = 8.0;

/// Clears the canvas and draws the scene on it; `None` where the browser provides no 2D context.
pub fn paint(canvas: &HtmlCanvasElement, scene: &Scene, theme: &Theme) -> Option<()> {
    let ratio = device_pixel_ratio();
    // Setting a size also clears the canvas and its transformation.
    canvas.set_width(device_px(scene.width, ratio));
    canvas.set_height(device_px(scene.height, ratio));
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.set_line_join("round");
    context.scale(1.0 / UNITS_PER_DEVICE_PX, 1.0 / UNITS_PER_DEVICE_PX).ok()?;
    let mut backend = CanvasBackend::with_canvas_object(canvas.clone())?;
    draw(scene, theme, ratio * UNITS_PER_DEVICE_PX, &mut backend).ok()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size on a screen")]
fn device_px(px: f64, ratio: f64) -> u32 {
    (px * ratio).round() as u32
}
