//! Lines of the loggers in browsers: `2023-09-27T12:55:35.891Z [LEVEL] [module:Class] <function>:  message`.
//!
//! Loggers up to 2.0 leave out the level, interceptors of the console the function, old collectors the time.

use super::{LogParts, LogTime, head};
use crate::civil_date;
use crate::report::LogLevel;

/// The longest name of a function.
const LONGEST_FUNCTION: usize = 200;

/// Parses a line; missing parts are `None`.
pub(super) fn parts(text: &str) -> LogParts<'_> {
    let mut rest = text;
    let mut time = None;
    if let Some((at_ms, behind)) = civil_date::parse_start(text, b'T')
        && let Some(behind) = behind.strip_prefix('Z')
    {
        (time, rest) = (Some(LogTime::Utc(at_ms)), behind.trim_start_matches(' '));
    }
    let mut level = None;
    if let Some((word, behind)) = bracket(rest)
        && let Some(stated) = level_in_brackets(word, behind)
    {
        (level, rest) = (Some(stated), behind);
    }
    let mut module = None;
    if let Some((name, behind)) = bracket(rest) {
        (module, rest) = (Some(name), behind);
    }
    let of_logger = time.is_some() || level.is_some() || module.is_some();
    let function = of_logger.then(|| function(rest)).flatten();
    let message = function.map_or(rest, |(_, message)| message);
    let (component, class) = match module.map(|module| module.split_once(':').unwrap_or((module, ""))) {
        Some((component, class)) => (nonempty(component), nonempty(class)),
        None => (None, None),
    };
    LogParts {
        time,
        context: None,
        level: level.unwrap_or_else(|| match head::level(message) {
            LogLevel::Info if !of_logger => LogLevel::Unknown,
            level => level,
        }),
        level_stated: level.is_some(),
        component,
        class,
        function: function.map(|(name, _)| name),
        message,
    }
}

/// `[name] rest`.
fn bracket(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.strip_prefix('[')?.split_once(']')?;
    Some((name, rest.trim_start_matches(' ')))
}

/// The level in brackets. An unknown word in capitals is one only if a module follows.
fn level_in_brackets(word: &str, behind: &str) -> Option<LogLevel> {
    let known = [
        ("TRACE", LogLevel::Trace),
        ("DEBUG", LogLevel::Debug),
        ("INFO", LogLevel::Info),
        ("LOG", LogLevel::Info),
        ("WARN", LogLevel::Warn),
        ("WARNING", LogLevel::Warn),
        ("ERROR", LogLevel::Error),
        ("FATAL", LogLevel::Fatal),
    ];
    let found = known.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(word));
    let foreign = || {
        let capitals = !word.is_empty() && word.chars().all(char::is_uppercase);
        (capitals && behind.starts_with('[')).then_some(LogLevel::Unknown)
    };
    found.map(|(_, level)| level).or_else(foreign)
}

/// `<name>:  message`; the name may contain angle brackets.
fn function(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix('<')?;
    let at = rest.find(">:").filter(|at| *at <= LONGEST_FUNCTION)?;
    Some((rest.get(..at)?, rest.get(at + 2..)?.trim_start_matches(' ')))
}

fn nonempty(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Level, whether it is stated, component, class, function, message.
    type Parts<'a> = (LogLevel, bool, Option<&'a str>, Option<&'a str>, Option<&'a str>, &'a str);

    #[test]
    fn every_generation_is_taken_apart() {
        let cases: &[(&str, Parts<'_>)] = &[
            (
                "2023-09-27T12:55:35.894Z [modules/connectivity/NetworkInfo.js] <Xr.updateNetworkInfo>:  updateNetworkInfo [object Object]",
                (
                    LogLevel::Info,
                    false,
                    Some("modules/connectivity/NetworkInfo.js"),
                    None,
                    Some("Xr.updateNetworkInfo"),
                    "updateNetworkInfo [object Object]",
                ),
            ),
            (
                "2025-03-01T08:00:00.000Z [DEBUG] [videosipgw:VideoSIPGW] <new qu>: creating",
                (LogLevel::Debug, true, Some("videosipgw"), Some("VideoSIPGW"), Some("new qu"), "creating"),
            ),
            (
                "2023-09-27T12:55:36.148Z [modules/RTC/RTCUtils.js] <Xr.<anonymous>>:  Got media constraints:  {}",
                (
                    LogLevel::Info,
                    false,
                    Some("modules/RTC/RTCUtils.js"),
                    None,
                    Some("Xr.<anonymous>"),
                    "Got media constraints:  {}",
                ),
            ),
            (
                "2023-09-27T12:55:36.038Z [modules/RTC/RTCUtils.js] Audio output device set to default",
                (
                    LogLevel::Info,
                    false,
                    Some("modules/RTC/RTCUtils.js"),
                    None,
                    None,
                    "Audio output device set to default",
                ),
            ),
            ("2023-09-27T12:55:36.038Z alone", (LogLevel::Info, false, None, None, None, "alone")),
            ("[warn] [app] late", (LogLevel::Warn, true, Some("app"), None, None, "late")),
            (
                "2025-03-01T08:00:00.000Z [NOTICE] [app:x] so",
                (LogLevel::Unknown, true, Some("app"), Some("x"), None, "so"),
            ),
            ("2025-03-01T08:00:00.000Z [P2P] so", (LogLevel::Info, false, Some("P2P"), None, None, "so")),
            ("bare text", (LogLevel::Unknown, false, None, None, None, "bare text")),
            ("<a>: bare", (LogLevel::Unknown, false, None, None, None, "<a>: bare")),
            ("Error: bare", (LogLevel::Error, false, None, None, None, "Error: bare")),
        ];
        for (text, expect) in cases {
            let parts = parts(text);
            let found = (
                parts.level,
                parts.level_stated,
                parts.component,
                parts.class,
                parts.function,
                parts.message,
            );
            assert_eq!(found, *expect, "{text}");
            assert_eq!(parts.time.is_some(), text.starts_with("20"), "{text}");
        }
    }
}
