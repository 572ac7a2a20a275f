//! User input on a page: choose files, drop files, click, resize and rotate the screen.

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
    /// Whether the system prefers the dark colour scheme.
    pub dark: bool,
}

/// A key that is held while the mouse does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// None.
    Nothing,
    /// Ctrl.
    Ctrl,
    /// Shift.
    Shift,
}

impl Held {
    fn modifiers(self) -> u8 {
        match self {
            Self::Nothing => 0,
            Self::Ctrl => 2,
            Self::Shift => 8,
        }
    }
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

    /// Where an element is on the screen, after it was scrolled to: left, top, width, height.
    ///
    /// # Errors
    /// When nothing matches the selector.
    pub fn place(&self, selector: &str) -> Result<[f64; 4]> {
        self.middle(selector)?;
        let place = self.evaluate(&format!(
            "(() => {{ const box = document.querySelector({}).getBoundingClientRect(); \
             return [box.x, box.y, box.width, box.height]; }})()",
            json!(selector)
        ))?;
        let at = |index: usize| place.get(index).and_then(Value::as_f64).context("no place on the screen");
        Ok([at(0)?, at(1)?, at(2)?, at(3)?])
    }

    /// Moves the mouse there.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn point(&self, at: (f64, f64)) -> Result<()> {
        self.mouse("mouseMoved", at, "none", Held::Nothing)
    }

    /// Presses the button, moves, and lets go unless `release` is false.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn drag(&self, from: (f64, f64), to: (f64, f64), held: Held, release: bool) -> Result<()> {
        self.mouse("mouseMoved", from, "none", held)?;
        self.mouse("mousePressed", from, "left", held)?;
        let between = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
        self.mouse("mouseMoved", between, "left", held)?;
        self.mouse("mouseMoved", to, "left", held)?;
        if release { self.mouse("mouseReleased", to, "left", held) } else { Ok(()) }
    }

    /// Clicks twice.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn double_click(&self, (x, y): (f64, f64)) -> Result<()> {
        for count in [1, 2] {
            for kind in ["mousePressed", "mouseReleased"] {
                let event = json!({"type": kind, "x": x, "y": y, "button": "left", "clickCount": count});
                self.call("Input.dispatchMouseEvent", event)?;
            }
        }
        Ok(())
    }

    /// Turns the wheel there; positive is down.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn wheel(&self, (x, y): (f64, f64), down: f64, held: Held) -> Result<()> {
        let modifiers = held.modifiers();
        let event = json!({"type": "mouseWheel", "x": x, "y": y, "deltaX": 0, "deltaY": down, "modifiers": modifiers});
        self.call("Input.dispatchMouseEvent", event).map(drop)
    }

    /// Presses a key, by its DOM name, and lets it go.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn key(&self, key: &str) -> Result<()> {
        for kind in ["keyDown", "keyUp"] {
            self.call("Input.dispatchKeyEvent", json!({"type": kind, "key": key}))?;
        }
        Ok(())
    }

    /// Types text into whatever has the focus.
    ///
    /// # Errors
    /// When the browser refuses.
    pub fn write(&self, text: &str) -> Result<()> {
        self.call("Input.insertText", json!({"text": text})).map(drop)
    }

    fn mouse(&self, kind: &str, (x, y): (f64, f64), button: &str, held: Held) -> Result<()> {
        let buttons = u8::from(button == "left");
        let event = json!({
            "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": buttons,
            "modifiers": held.modifiers(),
        });
        self.call("Input.dispatchMouseEvent", event).map(drop)
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
