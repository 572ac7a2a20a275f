//! Ratios and lengths of time as text, the same in findings, on the page and in the terminal.

/// A ratio of 0–1 in percent without the sign: `0.42`, `5.1`, `42`; `<0.01` for less than is shown.
#[must_use]
pub fn percent_number(ratio: f64) -> String {
    let percent = ratio * 100.0;
    if percent > 0.0 && percent < 0.01 {
        return "<0.01".to_owned();
    }
    let decimals = match percent.abs() {
        size if size == 0.0 || size >= 20.0 => 0,
        size if size >= 1.0 => 1,
        _ => 2,
    };
    format!("{percent:.decimals$}")
}

/// A ratio of 0–1 in percent: `0.42 %`, `5.1 %`, `42 %`.
#[must_use]
pub fn percent(ratio: f64) -> String {
    format!("{} %", percent_number(ratio))
}

/// A length of time in words: `under 1 s`, `41 s`, `1 min 40 s`, `2 h 5 min`. Seconds are left out from an hour on.
#[must_use]
pub fn duration(ms: f64) -> String {
    let seconds = whole_seconds(ms.max(0.0));
    match (seconds / 3_600, seconds / 60 % 60, seconds % 60) {
        (0, 0, 0) => "under 1 s".to_owned(),
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, 0, _) => format!("{hours} h"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

/// A length of time as `m:ss` or `h:mm:ss`, with a minus sign before negative ones: `1:31`, `1:02:05`, `−0:05`.
#[must_use]
pub fn clock_duration(ms: f64) -> String {
    let sign = if ms <= -500.0 { "−" } else { "" };
    let seconds = whole_seconds(ms.abs());
    match (seconds / 3_600, seconds / 60 % 60, seconds % 60) {
        (0, minutes, seconds) => format!("{sign}{minutes}:{seconds:02}"),
        (hours, minutes, seconds) => format!("{sign}{hours}:{minutes:02}:{seconds:02}"),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "lengths of calls are far below 2^53")]
fn whole_seconds(ms: f64) -> i64 {
    (ms / 1_000.0).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_loss_is_never_shown_as_none() {
        let shown = [0.0, 0.00001, 0.0042, 0.0512, 0.42, 1.0].map(percent);
        assert_eq!(shown, ["0 %", "<0.01 %", "0.42 %", "5.1 %", "42 %", "100 %"]);
    }

    #[test]
    fn durations_have_units_of_their_size() {
        let shown = [200.0, 41_400.0, 120_000.0, 754_000.0, 7_200_000.0, 3_725_000.0].map(duration);
        assert_eq!(shown, ["under 1 s", "41 s", "2 min", "12 min 34 s", "2 h", "1 h 2 min"]);
        let shown = [0.0, 61_400.0, 3_725_000.0, -5_000.0, -400.0].map(clock_duration);
        assert_eq!(shown, ["0:00", "1:01", "1:02:05", "−0:05", "0:00"]);
    }
}
