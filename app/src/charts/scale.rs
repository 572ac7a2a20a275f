//! How a chart's numbers are written: units that suit their size.

use analyzer_wasm::catalog::{Fold, Quantity, Unit};

use crate::format;

/// What the numbers are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Milliseconds.
    Ms,
    /// Milliseconds that may be seconds.
    LongMs,
    /// Shares of one, shown in percent.
    Share,
    /// Bits per second.
    Bits,
    /// Numbers of a unit, as they are.
    Of(&'static str),
    /// Numbers of a dump's field, as they are; the axis need not begin at zero.
    Field(&'static str),
}

/// A unit for values up to some size: its name, and what one of it is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleUnit {
    /// Its name.
    pub name: &'static str,
    /// In the scale's own unit.
    pub worth: f64,
}

impl Scale {
    /// The scale of a quantity.
    #[must_use]
    pub const fn of_quantity(quantity: Quantity) -> Self {
        let info = quantity.info();
        match (info.unit, info.fold) {
            (Unit::Milliseconds, Fold::Sum) => Self::LongMs,
            (Unit::Milliseconds, _) => Self::Ms,
            (Unit::Ratio, _) => Self::Share,
            (Unit::BitsPerSecond, _) => Self::Bits,
            (unit, _) => Self::Of(unit.symbol()),
        }
    }

    /// The unit that suits values up to `max`.
    #[must_use]
    pub fn unit(self, max: f64) -> ScaleUnit {
        let (name, worth) = match self {
            Self::LongMs if max >= 1e3 => ("s", 1e3),
            Self::Ms | Self::LongMs => ("ms", 1.0),
            Self::Share => ("%", 0.01),
            Self::Bits if max >= 1e6 => ("Mbit/s", 1e6),
            Self::Bits => ("kbit/s", 1e3),
            Self::Of(unit) | Self::Field(unit) => (unit, 1.0),
        };
        ScaleUnit { name, worth }
    }

    /// The scale of a field, by its unit.
    #[must_use]
    pub fn of_field(unit: Option<&str>) -> Self {
        let known = ["s", "ms", "B", "bit/s", "px", "1/s"];
        Self::Field(known.into_iter().find(|known| Some(*known) == unit).unwrap_or_default())
    }

    /// A value with its unit.
    #[must_use]
    pub fn text(self, value: f64) -> String {
        let unit = self.unit(value.abs());
        let number = match self {
            Self::Share => format::percent(value),
            Self::Field(_) => format::plain(value),
            _ => format::short_number(value / unit.worth),
        };
        if unit.name.is_empty() { number } else { format!("{number} {}", unit.name) }
    }

    /// Whether the axis begins at zero, whatever is shown.
    #[must_use]
    pub fn begins_at_zero(self) -> bool {
        !matches!(self, Self::Field(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_with_a_unit_of_their_size() {
        assert_eq!(Scale::Ms.text(45.2), "45 ms");
        assert_eq!(Scale::Share.text(0.0213), "2.1 %");
        assert_eq!(Scale::Bits.text(32_400.0), "32 kbit/s");
        assert_eq!(Scale::Bits.text(2_540_000.0), "2.5 Mbit/s");
        assert_eq!(
            (Scale::LongMs.text(400.0), Scale::LongMs.text(2_400.0)),
            ("400 ms".into(), "2.4 s".into())
        );
        assert_eq!(Scale::of_field(None).text(-12.5), "−12.5");
        assert_eq!(Scale::of_field(Some("s")).text(0.0042), "0.0042 s");
    }
}
