//! Numbers, rates, durations and times as text. Nothing here knows the browser.

pub mod report;

/// What stands where there is no number.
pub const NO_DATA: &str = "—";

/// Keeps digits in groups of three apart without a line break.
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
    // "-0" says nothing more than "0".
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

/// A number as it stands in a dump: whole ones in full, others to six significant digits.
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
    let percent = ratio * 100.0;
    if percent > 0.0 && percent < 0.01 { "<0.01".to_owned() } else { short_number(percent) }
}

/// A count.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "no dump has 2^53 of anything")]
pub fn count(value: u64) -> String {
    number(value as f64, 0)
}

/// Bytes in the unit a person would choose.
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

/// A length of time as `m:ss` or `h:mm:ss`.
#[must_use]
pub fn duration(ms: f64) -> String {
    if !ms.is_finite() {
        return NO_DATA.to_owned();
    }
    let sign = if ms <= -500.0 { "−" } else { "" };
    let seconds = whole_seconds(ms.abs());
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{sign}{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{sign}{minutes}:{seconds:02}")
    }
}

/// A length of time in words: `41 s`, `1 min 40 s`, `2 h 5 min`.
#[must_use]
pub fn length(ms: f64) -> String {
    let seconds = whole_seconds(ms.max(0.0));
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, 0) => "under 1 s".to_owned(),
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, 0, _) => format!("{hours} h"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

/// A stretch of a call: `1:31–3:11`, counted from its start.
#[must_use]
pub fn stretch(from_ms: f64, to_ms: f64) -> String {
    format!("{}–{}", duration(from_ms), duration(to_ms))
}

/// A time of day, `hh:mm:ss`, of an epoch time seen from a zone this many minutes east of UTC.
#[must_use]
pub fn clock(epoch_ms: f64, zone_minutes: i32) -> String {
    let (_, second_of_day) = day_and_second(epoch_ms, zone_minutes);
    format!("{:02}:{:02}:{:02}", second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60)
}

/// A date, `yyyy-mm-dd`, of an epoch time seen from a zone this many minutes east of UTC.
#[must_use]
pub fn date(epoch_ms: f64, zone_minutes: i32) -> String {
    let (days, _) = day_and_second(epoch_ms, zone_minutes);
    // Howard Hinnant's `civil_from_days`: eras of 400 years that begin on 1 March.
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
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

#[expect(clippy::cast_possible_truncation, reason = "times of calls are far below 2^53")]
fn whole_seconds(ms: f64) -> i64 {
    (ms / 1000.0).round() as i64
}

#[expect(clippy::cast_possible_truncation, reason = "times of calls are far below 2^53")]
fn day_and_second(epoch_ms: f64, zone_minutes: i32) -> (i64, i64) {
    let seconds = (epoch_ms / 1000.0).floor() as i64 + i64::from(zone_minutes) * 60;
    (seconds.div_euclid(86_400), seconds.rem_euclid(86_400))
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
    fn percents_never_hide_a_small_loss() {
        assert_eq!(percent(0.0), "0");
        assert_eq!(percent(0.00001), "<0.01");
        assert_eq!(percent(0.0512), "5.1");
        assert_eq!(percent(1.0), "100");
    }

    #[test]
    fn bytes_and_durations_have_a_fitting_unit() {
        assert_eq!(bytes(0), "0 B");
        assert_eq!(bytes(1_500), "1.5 kB");
        assert_eq!(bytes(12_600_000), "12.6 MB");
        assert_eq!(bytes(2_000_000_000), "2.00 GB");
        assert_eq!(duration(0.0), "0:00");
        assert_eq!(duration(61_400.0), "1:01");
        assert_eq!(duration(3_725_000.0), "1:02:05");
        assert_eq!(duration(-5_000.0), "−0:05");
    }

    #[test]
    fn lengths_read_as_words() {
        let said = [200.0, 41_400.0, 120_000.0, 754_000.0, 7_200_000.0, 3_725_000.0].map(length);
        assert_eq!(said, ["under 1 s", "41 s", "2 min", "12 min 34 s", "2 h", "1 h 2 min"]);
        assert_eq!(stretch(-1_000.0, 191_000.0), "−0:01–3:11");
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
