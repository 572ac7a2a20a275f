//! Names of participants in titles.

/// `Ada`, `Ada and Bo`, `Ada, Bo and 3 more`.
pub(crate) fn names(names: &[&str]) -> String {
    match names {
        [] => "unknown senders".to_owned(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one} and {two}"),
        [one, two, rest @ ..] => format!("{one}, {two} and {} more", rest.len()),
    }
}
