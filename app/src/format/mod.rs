//! Numbers, rates, durations and times as text. Nothing here knows the browser.

pub mod quantity;
pub mod report;

use analyzer_wasm::civil_date;
use analyzer_wasm::wording;

/// Shown where there is no number.
pub const NO_DATA: &str = "—";

/// Separates groups of three digits; does not break lines.
const THIN_SPACE: char = '\u{202f}';

/// A number with a fixed count of decimals and grouped thousands.
#[must_use]
pub fn number(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return NO_DATA.to_owned();
    }
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(w, f)| (w, Some(f)));
    let mut text = String::new();
    // "-0" is shown as "0".
    if value < 0.0 && plain.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
        text.push('−');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(THIN_SPACE);
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// A number with as many decimals as its size deserves: 0.42, 4.2, 42.
#[must_use]
pub fn short_number(value: f64) -> String {
    let decimals = match value.abs() {
        size if size == 0.0 || size >= 20.0 => 0,
        size if size >= 1.0 => 1,
        _ => 2,
    };
    number(value, decimals)
}

/// A number as in a dump: whole ones in full, others to six significant digits.
#[must_use]
pub fn plain(value: f64) -> String {
    if value.fract() == 0.0 || !value.is_finite() {
        return number(value, 0);
    }
    // As many decimals as six digits leave after those before the point.
    let decimals = (0_u8..12).find(|decimals| value.abs() * 10_f64.powi(i32::from(*decimals)) >= 99_999.5);
    let text = number(value, usize::from(decimals.unwrap_or(12)));
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A number for a narrow axis: from 100 000 on with a letter for its thousands.
#[must_use]
pub fn axis_number(value: f64, decimals: usize) -> String {
    let (worth, letter) = match value.abs() {
        size if size >= 1e12 => (1e12, " T"),
        size if size >= 1e9 => (1e9, " G"),
        size if size >= 1e6 => (1e6, " M"),
        size if size >= 1e5 => (1e3, " k"),
        _ => return number(value, decimals),
    };
    format!("{}{letter}", plain(value / worth))
}

/// A share of 0–1 in percent, without the sign.
#[must_use]
pub fn percent(ratio: f64) -> String {
    if ratio.is_finite() { wording::percent_number(ratio) } else { NO_DATA.to_owned() }
}

/// A count.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "no dump has 2^53 of anything")]
pub fn count(value: u64) -> String {
    number(value as f64, 0)
}

/// A number of bytes, in kB, MB or GB.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "no file has 2^53 bytes")]
pub fn bytes(value: u64) -> String {
    let value = value as f64;
    match value {
        value if value < 1e3 => format!("{} B", number(value, 0)),
        value if value < 1e6 => format!("{} kB", short_number(value / 1e3)),
        value if value < 1e9 => format!("{} MB", short_number(value / 1e6)),
        value => format!("{} GB", number(value / 1e9, 2)),
    }
}

/// A duration as `m:ss` or `h:mm:ss`.
#[must_use]
pub fn duration(ms: f64) -> String {
    if ms.is_finite() { wording::clock_duration(ms) } else { NO_DATA.to_owned() }
}

/// A time span of a call, for example `1:31–3:11`, counted from its start.
#[must_use]
pub fn time_span(from_ms: f64, to_ms: f64) -> String {
    format!("{}–{}", duration(from_ms), duration(to_ms))
}

/// A time of day, `hh:mm:ss`, of an epoch time seen from a zone this many minutes east of UTC.
#[must_use]
pub fn clock(epoch_ms: f64, zone_minutes: i32) -> String {
    civil_date::time_of_day(epoch_ms + f64::from(zone_minutes) * 60_000.0)
}

/// A date, `yyyy-mm-dd`, of an epoch time seen from a zone this many minutes east of UTC.
#[must_use]
pub fn date(epoch_ms: f64, zone_minutes: i32) -> String {
    civil_date::date(epoch_ms + f64::from(zone_minutes) * 60_000.0)
}

/// A zone as `UTC`, `UTC+2` or `UTC−3:30`.
#[must_use]
pub fn zone(zone_minutes: i32) -> String {
    let sign = if zone_minutes < 0 { '−' } else { '+' };
    let (hours, minutes) = (zone_minutes.abs() / 60, zone_minutes.abs() % 60);
    match (hours, minutes) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

/// A count with its noun: `1 file`, `2 files`.
#[must_use]
pub fn counted(value: usize, noun: &str) -> String {
    let ending = if value == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", count(value as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_rounded() {
        assert_eq!(number(1_234_567.0, 0), "1\u{202f}234\u{202f}567");
        assert_eq!(number(999.96, 1), "1\u{202f}000.0");
        assert_eq!(number(-0.04, 1), "0.0");
        assert_eq!(number(-2.5, 1), "−2.5");
        assert_eq!(number(f64::NAN, 1), NO_DATA);
        assert_eq!(short_number(0.424), "0.42");
        assert_eq!(short_number(4.24), "4.2");
        assert_eq!(short_number(42.4), "42");
        assert_eq!(short_number(0.0), "0");
    }

    #[test]
    fn plain_numbers_keep_six_digits() {
        for (value, text) in [
            (5.0, "5"),
            (0.0042, "0.0042"),
            (-12.5, "−12.5"),
            (1.0 / 3.0, "0.333333"),
            (1234.5678, "1\u{202f}234.57"),
            (1e12, "1\u{202f}000\u{202f}000\u{202f}000\u{202f}000"),
        ] {
            assert_eq!(plain(value), text);
        }
    }

    #[test]
    fn axis_numbers_are_short() {
        assert_eq!(
            (axis_number(99_000.0, 0), axis_number(250_000.0, 0)),
            ("99\u{202f}000".into(), "250 k".into())
        );
        assert_eq!((axis_number(1_500_000.0, 0), axis_number(-2e9, 2)), ("1.5 M".into(), "−2 G".into()));
    }

    #[test]
    fn bytes_have_a_fitting_unit() {
        assert_eq!(bytes(0), "0 B");
        assert_eq!(bytes(1_500), "1.5 kB");
        assert_eq!(bytes(12_600_000), "12.6 MB");
        assert_eq!(bytes(2_000_000_000), "2.00 GB");
    }

    #[test]
    fn stretches_and_what_is_no_number() {
        assert_eq!(time_span(-1_000.0, 191_000.0), "−0:01–3:11");
        assert_eq!([percent(f64::NAN), duration(f64::NAN)], [NO_DATA, NO_DATA]);
    }

    #[test]
    fn clock_times_and_dates_follow_the_zone() {
        let leap_day = 1_709_251_199_000.0; // 2024-02-29T23:59:59Z
        assert_eq!((date(leap_day, 0), clock(leap_day, 0)), ("2024-02-29".into(), "23:59:59".into()));
        assert_eq!((date(leap_day, 60), clock(leap_day, 60)), ("2024-03-01".into(), "00:59:59".into()));
        assert_eq!(date(-1.0, 0), "1969-12-31");
        assert_eq!((zone(0), zone(120), zone(-210)), ("UTC".into(), "UTC+2".into(), "UTC−3:30".into()));
    }

    #[test]
    fn counts_agree_with_their_noun() {
        assert_eq!(counted(1, "file"), "1 file");
        assert_eq!(counted(1200, "file"), "1\u{202f}200 files");
    }
}
