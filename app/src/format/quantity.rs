//! How tables show the quantities of the catalog: units that suit a cell, numbers without false precision.

use analyzer_wasm::catalog::{Fold, Quantity, Unit};
use analyzer_wasm::wire::Trend;

/// The unit in the head of a quantity's column; empty for a count.
#[must_use]
pub const fn unit(quantity: Quantity) -> &'static str {
    let info = quantity.info();
    match (info.unit, info.fold) {
        _ if is_clock(quantity) => "m:ss",
        (Unit::Milliseconds, Fold::Sum) => Unit::Seconds.symbol(),
        (Unit::Ratio, _) => "%",
        (Unit::BitsPerSecond, _) => "kbit/s",
        (unit, _) => unit.symbol(),
    }
}

/// A value of a quantity in that unit, without it.
#[must_use]
pub fn number(quantity: Quantity, value: f64) -> String {
    let info = quantity.info();
    match (info.unit, info.fold) {
        _ if is_clock(quantity) => super::duration(value),
        (Unit::Milliseconds, Fold::Sum) => super::short_number(value / 1e3),
        (Unit::Ratio, _) => super::percent(value),
        (Unit::BitsPerSecond, _) if value >= 1e4 => super::number(value / 1e3, 0),
        (Unit::BitsPerSecond, _) => super::short_number(value / 1e3),
        (Unit::Pixels | Unit::Count, _) => super::number(value, 0),
        _ => super::short_number(value),
    }
}

/// A value of a trend with its unit: milliseconds of the round-trip time, of all others a share.
#[must_use]
pub fn trend(trend: Trend, value: f64) -> String {
    match trend {
        Trend::Rtt => format!("{} ms", super::short_number(value)),
        Trend::LossDown | Trend::LossUp | Trend::Frozen => format!("{} %", super::percent(value)),
    }
}

/// What a quantity is, in a sentence, with the field that it is read from.
#[must_use]
pub fn explanation(quantity: Quantity) -> String {
    let info = quantity.info();
    format!("{} ({})", info.explanation, info.source)
}

/// Whether it is a length of time that is read as a clock.
const fn is_clock(quantity: Quantity) -> bool {
    matches!(quantity, Quantity::Present)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_and_times_are_scaled_to_their_unit() {
        let text = |quantity, value| format!("{} {}", number(quantity, value), unit(quantity));
        assert_eq!(text(Quantity::BitrateSent, 2_540_400.0), "2\u{202f}540 kbit/s");
        assert_eq!(text(Quantity::BitrateReceived, 1_250.0), "1.2 kbit/s");
        assert_eq!(text(Quantity::FreezeTime, 61_400.0), "61 s");
        assert_eq!(text(Quantity::RoundTripTime, 45.2), "45 ms");
        assert_eq!(text(Quantity::DownlinkLoss, 0.021), "2.1 %");
        assert_eq!(text(Quantity::FrameHeight, 719.6), "720 px");
    }
}
