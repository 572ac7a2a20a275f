//! How amounts are said in titles.

/// A share in percent, without false precision.
pub(crate) fn percent(ratio: f64) -> String {
    let percent = ratio * 100.0;
    if percent < 9.95 { format!("{percent:.1} %") } else { format!("{percent:.0} %") }
}

/// A duration to the second, at least one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a duration, made positive")]
pub(crate) fn duration(ms: f64) -> String {
    let seconds = ((ms / 1_000.0).round().max(1.0)) as u64;
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

/// `Ada`, `Ada and Bo`, `Ada, Bo and 3 more`.
pub(crate) fn names(names: &[&str]) -> String {
    match names {
        [] => "the others".to_owned(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one} and {two}"),
        [one, two, rest @ ..] => format!("{one}, {two} and {} more", rest.len()),
    }
}
