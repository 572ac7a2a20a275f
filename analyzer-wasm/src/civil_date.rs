//! Dates of the proleptic Gregorian calendar: epoch milliseconds to UTC text and back.

const MS_PER_DAY: i64 = 86_400_000;

/// Days from 0000-03-01 to 1970-01-01. Years that begin in March have their leap day at the end, which makes the
/// arithmetic below regular (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
const DAYS_TO_EPOCH: i64 = 719_468;
const DAYS_PER_400_YEARS: i64 = 146_097;

/// `2026-11-20`.
#[must_use]
pub fn date(epoch_ms: f64) -> String {
    let (days, _) = days_and_ms(epoch_ms);
    let (year, month, day) = civil_from_days(days);
    format!("{year:04}-{month:02}-{day:02}")
}

/// `10:40:26`.
#[must_use]
pub fn time_of_day(epoch_ms: f64) -> String {
    let (_, ms) = days_and_ms(epoch_ms);
    let seconds = ms / 1_000;
    format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// `2026-11-20 10:40:26 UTC`.
#[must_use]
pub fn utc(epoch_ms: f64) -> String {
    format!("{} UTC", sql(epoch_ms))
}

/// `2026-11-20 10:40:26`, as SQL writes it.
#[must_use]
pub fn sql(epoch_ms: f64) -> String {
    format!("{} {}", date(epoch_ms), time_of_day(epoch_ms))
}

/// `2026-11-20T10:40:26.826Z`, as ISO 8601 writes it.
#[must_use]
pub fn iso(epoch_ms: f64) -> String {
    let (_, ms) = days_and_ms(epoch_ms);
    format!("{}T{}.{:03}Z", date(epoch_ms), time_of_day(epoch_ms), ms % 1_000)
}

/// Parses `2023-09-27T12:55:35.891` at the start of a text, with this byte for the `T` and the milliseconds optional.
/// Returns the time in epoch ms, read as UTC, and the rest of the text.
pub(crate) fn parse_start(text: &str, separator: u8) -> Option<(f64, &str)> {
    let bytes = text.as_bytes().first_chunk::<19>()?;
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, between, rest @ ..] = *bytes else { return None };
    let [h0, h1, b':', i0, i1, b':', s0, s1] = rest else { return None };
    if between != separator {
        return None;
    }
    let (year, month, day) = (number(&[y0, y1, y2, y3])?, number(&[m0, m1])?, number(&[d0, d1])?);
    let (hour, minute, second) = (number(&[h0, h1])?, number(&[i0, i1])?, number(&[s0, s1])?);
    let in_range = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60;
    if !in_range || second > 60 {
        return None;
    }
    let whole_s = days_from_civil(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
    let rest = text.get(19..)?;
    let (ms, rest) = match rest.strip_prefix('.') {
        Some(fraction) => (number(fraction.as_bytes().get(..3)?)?, fraction.get(3..)?),
        None => (0, rest),
    };
    #[expect(clippy::cast_precision_loss, reason = "the year 9999 is below 2^53 ms")]
    Some(((whole_s * 1_000 + ms) as f64, rest))
}

fn number(digits: &[u8]) -> Option<i64> {
    digits
        .iter()
        .try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0')))
}

/// Days since 1970-01-01, and milliseconds since midnight.
#[expect(clippy::cast_possible_truncation, reason = "beyond 2^63 there is no date to show")]
fn days_and_ms(epoch_ms: f64) -> (i64, i64) {
    let ms = epoch_ms.floor() as i64;
    (ms.div_euclid(MS_PER_DAY), ms.rem_euclid(MS_PER_DAY))
}

/// Year, month and day of a day since 1970-01-01.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let since_march = days + DAYS_TO_EPOCH;
    let (era, day_of_era) =
        (since_march.div_euclid(DAYS_PER_400_YEARS), since_march.rem_euclid(DAYS_PER_400_YEARS));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// Days since 1970-01-01 of a year, month and day.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    era * DAYS_PER_400_YEARS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
        - DAYS_TO_EPOCH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!(utc(0.0), "1970-01-01 00:00:00 UTC");
        assert_eq!(sql(951_782_399_999.0), "2000-02-28 23:59:59");
        assert_eq!(sql(951_868_799_000.0), "2000-02-29 23:59:59");
        assert_eq!(sql(1_795_167_626_826.0), "2026-11-20 09:40:26");
        assert_eq!(sql(-1.0), "1969-12-31 23:59:59");
        assert_eq!(iso(1_795_167_626_826.0), "2026-11-20T09:40:26.826Z");
        assert_eq!((date(-1.0), time_of_day(1e15)), ("1969-12-31".into(), "01:46:40".into()));
        assert_eq!(iso(-1.0), "1969-12-31T23:59:59.999Z");
    }

    #[test]
    fn times_are_those_of_the_calendar() {
        let utc = |text| parse_start(text, b'T');
        assert_eq!(utc("1970-01-01T00:00:00.000Z x"), Some((0.0, "Z x")));
        assert_eq!(utc("2026-11-20T09:40:26.826Z"), Some((1_795_167_626_826.0, "Z")));
        assert_eq!(utc("2000-02-29T23:59:59.000"), Some((951_868_799_000.0, "")));
        assert_eq!(utc("2023-09-27T12:55:35Z"), Some((1_695_819_335_000.0, "Z")));
        assert_eq!(parse_start("2024-02-11 17:05:58.584 INFO", b' '), Some((1_707_671_158_584.0, " INFO")));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in
            ["", "2023-13-01T00:00:00.000Z", "2023-09-27 12:55:35.891", "2023-09-27T12:55:35.8", "ä023"]
        {
            assert_eq!(parse_start(text, b'T'), None, "{text}");
        }
    }
}
