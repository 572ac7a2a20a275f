//! Lines of `java.util.logging` as Jitsi's servers format them:
//! `Jicofo 2024-02-11 17:05:58.751 INFO: [24587] [room=… meeting_id=…] Class.method#728: message`.
//!
//! The program and the time may be missing, levels are in the server's language, and before 2021 the caller was
//! `full.Class.method() message`.

use super::{LogParts, LogTime};
use crate::civil_date;
use crate::report::LogLevel;

/// Parses a line, if it is one: it has a level with a colon and the number of a thread in brackets.
pub(super) fn parts(text: &str) -> Option<LogParts<'_>> {
    let (mut rest, mut time) = (text, None);
    if !rest.starts_with(|c: char| c.is_ascii_digit())
        && let Some((program, behind)) = rest.split_once(' ')
        && !program.ends_with(':')
        && program.chars().all(char::is_alphanumeric)
    {
        rest = behind;
    }
    if let Some((at_ms, behind)) = civil_date::parse_start(rest, b' ') {
        (time, rest) = (Some(LogTime::Local(at_ms)), behind.strip_prefix(' ')?);
    }
    let (word, behind) = rest.split_once(": [")?;
    let (thread, mut rest) = behind.split_once("] ")?;
    let is_level = !word.is_empty() && word.chars().all(|c| c.is_alphabetic() && !c.is_lowercase());
    if !is_level || !thread.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut context = None;
    if let Some((inner, behind)) = rest.strip_prefix('[').and_then(|rest| rest.split_once("] "))
        && inner.contains('=')
    {
        (context, rest) = (Some(inner), behind);
    }
    let (caller, message) = caller(rest);
    let (component, function) = match caller {
        Some(caller) => caller
            .rsplit_once('.')
            .map_or((Some(caller), None), |(class, method)| (Some(class), Some(method))),
        None => (None, None),
    };
    Some(LogParts {
        time,
        context,
        level: level(word),
        level_stated: true,
        component,
        class: None,
        function,
        message,
    })
}

fn level(word: &str) -> LogLevel {
    match word {
        "SEVERE" => LogLevel::Error,
        "WARNING" => LogLevel::Warn,
        "INFO" => LogLevel::Info,
        "CONFIG" | "FINE" => LogLevel::Debug,
        "FINER" | "FINEST" => LogLevel::Trace,
        _ => LogLevel::Unknown,
    }
}

/// `Class.method#728: message`, or the older `full.Class.method() message`; the line number is dropped, since it changes
/// with every release.
fn caller(text: &str) -> (Option<&str>, &str) {
    let (first, message) = text.split_once(' ').unwrap_or((text, ""));
    let called = first.strip_suffix(':').or_else(|| first.strip_suffix("()"));
    match called.filter(|called| !called.is_empty()) {
        Some(called) => {
            (Some(called.split_once('#').map_or(called, |(called, _)| called)), message.trim_start())
        }
        None => (None, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_servers_is_taken_apart() {
        type Parts<'a> = (bool, LogLevel, Option<&'a str>, Option<&'a str>, &'a str);
        let cases: &[(&str, Parts<'_>)] = &[
            (
                "Jicofo 2024-02-11 17:05:58.751 INFO: [24587] [room=r@x meeting_id=] RoomImpl.onMemberJoined#728: Member joined:ab12 [x]",
                (true, LogLevel::Info, Some("RoomImpl"), Some("onMemberJoined"), "Member joined:ab12 [x]"),
            ),
            (
                "JVB 2024-05-30 12:59:10.746 WARNING: [42] Endpoint.<init>#336: [a] odd",
                (true, LogLevel::Warn, Some("Endpoint"), Some("<init>"), "[a] odd"),
            ),
            (
                "2020-04-01 23:54:25.045 SEVERE: [30] org.x.server.Server.doStart: begun",
                (true, LogLevel::Error, Some("org.x.server.Server"), Some("doStart"), "begun"),
            ),
            (
                "FINE: [7] Handler$Inner.lambda$new$1#9: done",
                (false, LogLevel::Debug, Some("Handler$Inner"), Some("lambda$new$1"), "done"),
            ),
            (
                "Jicofo 2020-09-23 14:18:44.257 INFO: [29] org.x.Presence.log() Chat room event",
                (true, LogLevel::Info, Some("org.x.Presence"), Some("log"), "Chat room event"),
            ),
            (
                "JVB 2024-05-30 12:59:10.746 WARNUNG: [1] A.b#1: x",
                (true, LogLevel::Unknown, Some("A"), Some("b"), "x"),
            ),
            ("JVB INFO: [1] no caller here", (false, LogLevel::Info, None, None, "no caller here")),
        ];
        for (text, expect) in cases {
            let parts = parts(text).unwrap_or_else(|| panic!("{text}"));
            let found = (parts.time.is_some(), parts.level, parts.component, parts.function, parts.message);
            assert_eq!(found, *expect, "{text}");
        }
    }

    #[test]
    fn what_a_server_adds_is_a_set() {
        let line = "JVB 2024-05-30 12:59:10.746 INFO: [42] [confId=d epId=49 name=] Endpoint.f#3: x";
        let parts = parts(line).unwrap();
        assert_eq!(
            (parts.context("epId"), parts.context("name"), parts.context("x")),
            (Some("49"), None, None)
        );
        assert_eq!(parts.local_ms(), Some(1_717_073_950_746.0));
    }

    #[test]
    fn lines_of_others_are_none() {
        for text in [
            "",
            "2023-09-27T12:55:35.894Z [a] <b>: INFO: [1] x",
            "some INFO: [one] x",
            "2024-05-30 12:59:10.746",
            "a b: [1] x",
            "no level",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
