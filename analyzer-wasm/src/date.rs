//! Epoch milliseconds as UTC text, by the days-from-civil arithmetic of the proleptic Gregorian calendar.

/// `2026-11-20 10:40:26 UTC`.
#[must_use]
pub fn utc(epoch_ms: f64) -> String {
    format!("{} UTC", sql(epoch_ms))
}

/// `2026-11-20 10:40:26`, as SQL writes it.
#[must_use]
pub fn sql(epoch_ms: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "beyond 2^63 there is no date to show")]
    let seconds = (epoch_ms / 1_000.0).floor() as i64;
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Days since 0000-03-01, in eras of 400 years, each of the same length.
    let since_march = days + 719_468;
    let (era, day_of_era) = (since_march.div_euclid(146_097), since_march.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

/// `2026-11-20T10:40:26.826Z`.
#[must_use]
pub fn instant(epoch_ms: f64) -> String {
    format!("{}.{:03}Z", sql(epoch_ms).replace(' ', "T"), epoch_ms.floor().rem_euclid(1_000.0))
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
        assert_eq!(instant(1_795_167_626_826.0), "2026-11-20T09:40:26.826Z");
        assert_eq!(instant(-1.0), "1969-12-31T23:59:59.999Z");
    }
}
