//! Wording of amounts in titles.

/// A share in percent, without false precision.
pub(crate) fn percent(ratio: f64) -> String {
    let percent = ratio * 100.0;
    if percent < 9.95 { format!("{percent:.1} %") } else { format!("{percent:.0} %") }
}

/// A duration, to the second up to an hour.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a duration, made positive")]
pub(crate) fn duration(ms: f64) -> String {
    let seconds = (ms.max(0.0) / 1_000.0).round() as u64;
    match (seconds / 3_600, seconds / 60 % 60, seconds % 60) {
        (0, 0, 0) => "under 1 s".to_owned(),
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

/// `Ada`, `Ada and Bo`, `Ada, Bo and 3 more`.
pub(crate) fn names(names: &[&str]) -> String {
    match names {
        [] => "unknown senders".to_owned(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one} and {two}"),
        [one, two, rest @ ..] => format!("{one}, {two} and {} more", rest.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_words() {
        let said = [200.0, 41_400.0, 120_000.0, 754_000.0, 3_725_000.0].map(duration);
        assert_eq!(said, ["under 1 s", "41 s", "2 min", "12 min 34 s", "1 h 2 min"]);
    }
}
