//! Lists of participants' names in the titles of findings.

/// The names as a list of at most two, for example `Ada`, `Ada and Bo` or `Ada, Bo and 3 more`.
pub(crate) fn names(names: &[&str]) -> String {
    match names {
        [] => "unknown senders".to_owned(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one} and {two}"),
        [one, two, rest @ ..] => format!("{one}, {two} and {} more", rest.len()),
    }
}
