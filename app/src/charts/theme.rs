//! The colours of a chart, from the custom properties of the stylesheet.

use plotters::style::RGBColor;

use super::scene::COLORS;

/// Used where a custom property is missing.
const FALLBACK: RGBColor = RGBColor(0x80, 0x80, 0x80);

/// The colours of a chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theme {
    /// Labels of the axes.
    pub text: RGBColor,
    /// Lines of the grid.
    pub grid: RGBColor,
    /// Lines of the data.
    pub lines: [RGBColor; COLORS],
    /// All other lines.
    pub other: RGBColor,
    /// Warning thresholds.
    pub warning: RGBColor,
    /// Critical thresholds.
    pub critical: RGBColor,
}

impl Theme {
    /// Reads each colour from the custom property of that name.
    #[must_use]
    pub fn from_tokens(token: impl Fn(&str) -> Option<String>) -> Self {
        let color = |name: &str| token(name).as_deref().and_then(parse_hex).unwrap_or(FALLBACK);
        Self {
            text: color("--text-dim"),
            grid: color("--line-soft"),
            lines: std::array::from_fn(|index| color(&format!("--series-{index}"))),
            other: color("--series-other"),
            warning: color("--warning"),
            critical: color("--error"),
        }
    }
}

/// `#rrggbb`; minifiers may shorten it to `#rgb`.
fn parse_hex(text: &str) -> Option<RGBColor> {
    let digits = text.trim().strip_prefix('#')?;
    let value = u32::from_str_radix(digits, 16).ok()?;
    let byte = |shift: u32| u8::try_from(value >> shift & 0xff).ok();
    let nibble = |shift: u32| u8::try_from((value >> shift & 0xf) * 0x11).ok();
    match digits.len() {
        6 => Some(RGBColor(byte(16)?, byte(8)?, byte(0)?)),
        3 => Some(RGBColor(nibble(8)?, nibble(4)?, nibble(0)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_become_colours() {
        let theme = Theme::from_tokens(|name| match name {
            "--text-dim" => Some(" #1a2B3c".into()),
            "--series-0" => Some("#0f8".into()),
            "--series-1" => Some("red".into()),
            _ => None,
        });
        assert_eq!(theme.text, RGBColor(0x1a, 0x2b, 0x3c));
        assert_eq!(theme.lines[0], RGBColor(0, 0xff, 0x88));
        assert_eq!(theme.lines[1], FALLBACK);
    }
}
