//! What a person does to a page: choose files, drop them, click, and turn the screen.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::page::{Page, absolute};

/// A screen to show the page on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewport {
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
    /// Whether the system asks for dark colours.
    pub dark: bool,
}

impl Page {
    /// Chooses files with a file input.
    ///
    /// # Errors
    /// When nothing matches the selector, or a file is not there.
    pub fn choose_files(&self, selector: &str, files: &[PathBuf]) -> Result<()> {
        let expression = format!("document.querySelector({})", json!(selector));
        let answer = self.call("Runtime.evaluate", json!({"expression": expression}))?;
        let object =
            answer.pointer("/result/objectId").with_context(|| format!("no {selector} in the page"))?;
        let params = json!({"files": absolute(files)?, "objectId": object});
        self.call("DOM.setFileInputFiles", params)?;
        // Or the browser keeps the input, and all of its page, for us.
        self.call("Runtime.releaseObject", json!({"objectId": object})).map(drop)
    }

    /// Drags files over the middle of an element and lets them go.
    ///
    /// # Errors
    /// When nothing matches the selector, or a file is not there.
    pub fn drop_files(&self, selector: &str, files: &[PathBuf]) -> Result<()> {
        let (x, y) = self.middle(selector)?;
        let data = json!({"items": [], "files": absolute(files)?, "dragOperationsMask": 1});
        for kind in ["dragEnter", "dragOver", "drop"] {
            let event = json!({"type": kind, "x": x, "y": y, "data": data});
            self.call("Input.dispatchDragEvent", event)?;
        }
        Ok(())
    }

    /// Clicks the middle of an element with the mouse.
    ///
    /// # Errors
    /// When nothing matches the selector.
    pub fn click(&self, selector: &str) -> Result<()> {
        let (x, y) = self.middle(selector)?;
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1});
            self.call("Input.dispatchMouseEvent", event)?;
        }
        Ok(())
    }

    /// Shows the page on another screen.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn show_on(&self, viewport: Viewport) -> Result<()> {
        let Viewport { width, height, dark } = viewport;
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", size)?;
        let scheme = if dark { "dark" } else { "light" };
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.call("Emulation.setEmulatedMedia", media).map(drop)
    }

    fn middle(&self, selector: &str) -> Result<(f64, f64)> {
        let expression = format!(
            "(() => {{ const found = document.querySelector({}); if (!found) return null; \
             found.scrollIntoView({{block: 'center', behavior: 'instant'}}); \
             const box = found.getBoundingClientRect(); \
             return [box.x + box.width / 2, box.y + box.height / 2]; }})()",
            json!(selector)
        );
        let point = self.evaluate(&expression)?;
        ensure!(point.is_array(), "no {selector} in the page");
        let at = |index: usize| point.get(index).and_then(Value::as_f64).context("no place on the screen");
        Ok((at(0)?, at(1)?))
    }
}
