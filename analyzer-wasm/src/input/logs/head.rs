//! The level of a message that does not state one, guessed from its head: the text before its first argument.

use crate::report::LogLevel;

/// Arguments start with one of these.
const ENDS: &[char] = &[':', '=', '{', '[', '(', '"', '\'', '\n', '<'];
/// The longest head.
const LONGEST: usize = 120;

/// The level by the words of a message's head, the most severe one; `Info` if no word stands for a level.
pub(super) fn level(message: &str) -> LogLevel {
    let words = head(message).split(|c: char| !c.is_alphanumeric());
    let most_severe = words.filter_map(level_of_word).max_by_key(|level| match level {
        LogLevel::Error => 3,
        LogLevel::Warn => 2,
        LogLevel::Debug => 1,
        _ => 0,
    });
    most_severe.unwrap_or(LogLevel::Info)
}

/// The level that a word stands for, such as `failed` or `TypeError`.
fn level_of_word(word: &str) -> Option<LogLevel> {
    let is = |known: &str| word.eq_ignore_ascii_case(known);
    let level = match word.len() {
        4 if is("warn") => LogLevel::Warn,
        5 if is("error") || is("fatal") => LogLevel::Error,
        5 if is("debug") => LogLevel::Debug,
        5 if is("trace") => LogLevel::Trace,
        6 if is("failed") => LogLevel::Error,
        7 if is("warning") => LogLevel::Warn,
        7 if is("verbose") => LogLevel::Debug,
        7 if is("exiting") => LogLevel::Trace,
        8 if is("entering") => LogLevel::Trace,
        9 if is("exception") => LogLevel::Error,
        10 if is("deprecated") => LogLevel::Warn,
        // The name of a class of errors, in camel case.
        _ if word.ends_with("Error") || word.ends_with("Exception") => LogLevel::Error,
        _ => return None,
    };
    Some(level)
}

/// The text before the first argument; an object (`JingleSessionPC[session=P2P]`) or a remark (`(TIME)`) at the start is
/// skipped.
fn head(message: &str) -> &str {
    let mut rest = message.trim_start();
    for (opening, closing) in [('[', ']'), ('(', ')')] {
        if let Some(at) = rest.find(opening)
            && rest.get(..at).is_some_and(|name| name.chars().all(char::is_alphanumeric))
            && let Some((_, behind)) = rest.split_once(closing)
        {
            rest = behind.trim_start();
        }
    }
    let end = rest.find(ENDS).unwrap_or(rest.len());
    crate::limits::cut(rest.get(..end).unwrap_or(rest), LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_have_levels_and_arguments_do_not() {
        for (message, expect) in [
            ("Failed to get access to the camera", LogLevel::Error),
            ("TypeError: x is undefined", LogLevel::Error),
            ("JingleSessionPC[session=P2P,sid=9] addIceCandidate failed!", LogLevel::Error),
            ("(TIME) setup failed:\t 12", LogLevel::Error),
            ("Deprecated option used", LogLevel::Warn),
            ("verbose output on", LogLevel::Debug),
            ("Entering the lobby", LogLevel::Trace),
            // Held in a word or in an argument only.
            ("No errors so far", LogLevel::Info),
            ("Sources changed leaving=, entering= at 5", LogLevel::Info),
            (r#"{"type":"error","action":"failed"}"#, LogLevel::Info),
            (r#"Got RESULT for "failed""#, LogLevel::Info),
            ("device list: ice, service", LogLevel::Info),
            ("", LogLevel::Info),
        ] {
            assert_eq!(level(message), expect, "{message}");
        }
    }
}
