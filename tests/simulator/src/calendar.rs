//! Epoch milliseconds as dates, in the ways that logs write them.

/// ISO 8601, in UTC.
pub(super) fn iso(epoch_ms: u64) -> String {
    let [date, time] = parts(epoch_ms);
    format!("{date}T{time}Z")
}

/// A date and a time of day without a zone, so many minutes ahead of UTC.
pub(super) fn local(epoch_ms: u64, utc_offset_min: i64) -> String {
    let [date, time] = parts(epoch_ms.saturating_add_signed(utc_offset_min * 60_000));
    format!("{date} {time}")
}

fn parts(epoch_ms: u64) -> [String; 2] {
    let (days, ms) = (epoch_ms / 86_400_000, epoch_ms % 86_400_000);
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60);
    [format!("{year:04}-{month:02}-{day:02}"), format!("{hour:02}:{minute:02}:{second:02}.{:03}", ms % 1_000)]
}

/// Year, month and day of a day after 1970-01-01, by eras of 400 years that begin in March.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::{iso, local};

    #[test]
    fn stamps_are_dates() {
        assert_eq!(iso(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(iso(1_795_167_626_826), "2026-11-20T09:40:26.826Z");
        assert_eq!(iso(1_709_164_800_000), "2024-02-29T00:00:00.000Z");
        assert_eq!(local(1_709_164_800_000, -300), "2024-02-28 19:00:00.000");
        assert_eq!(local(1_795_167_626_826, 330), "2026-11-20 15:10:26.826");
    }
}
