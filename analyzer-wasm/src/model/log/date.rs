//! Dates and times at the begin of console lines.

/// Takes `2023-09-27T12:55:35.891` (or with a space for the `T`); gives epoch ms as if that were UTC, and the rest.
pub(crate) fn take_time(text: &str, separator: u8) -> Option<(f64, &str)> {
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
    let whole_s = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
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

/// Days from 1970-01-01, by the arithmetic of the proleptic Gregorian calendar with years that begin in March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_the_calendar() {
        let utc = |text| take_time(text, b'T');
        assert_eq!(utc("1970-01-01T00:00:00.000Z x"), Some((0.0, "Z x")));
        assert_eq!(utc("2026-11-20T09:40:26.826Z"), Some((1_795_167_626_826.0, "Z")));
        assert_eq!(utc("2000-02-29T23:59:59.000"), Some((951_868_799_000.0, "")));
        assert_eq!(utc("2023-09-27T12:55:35Z"), Some((1_695_819_335_000.0, "Z")));
        assert_eq!(take_time("2024-02-11 17:05:58.584 INFO", b' '), Some((1_707_671_158_584.0, " INFO")));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in
            ["", "2023-13-01T00:00:00.000Z", "2023-09-27 12:55:35.891", "2023-09-27T12:55:35.8", "ä023"]
        {
            assert_eq!(take_time(text, b'T'), None, "{text}");
        }
    }
}
