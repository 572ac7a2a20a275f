//! Logs that were saved as files: of Jitsi's servers, of Prosody, of a browser's console.

use super::GIVE_JITSI;
use crate::error::Refused;
use crate::input::formats::Unsupported;
use crate::input::logs::{LogParts, LogTime, starts_record, without_collector_prefix};

/// The log of JVB, Jicofo, Jigasi or Jibri.
pub(in crate::input) static SERVER: Unsupported = Unsupported {
    refused: Refused {
        name: "server-log",
        title: "this is the log of a Jitsi server, which is not read yet",
        hint: GIVE_JITSI,
    },
    signature: |start| starts_record(start.line),
};

/// The log of the XMPP server.
pub(in crate::input) static PROSODY: Unsupported = Unsupported {
    refused: Refused {
        name: "prosody-log",
        title: "this is the log of a Prosody server, which is not read yet",
        hint: GIVE_JITSI,
    },
    signature: |start| {
        let line = String::from_utf8_lossy(without_collector_prefix(start.line));
        is_prosody(&line)
    },
};

/// A browser's console as lib-jitsi-meet's logger writes it.
pub(in crate::input) static BROWSER: Unsupported = Unsupported {
    refused: Refused {
        name: "browser-log",
        title: "this is a browser's console saved as text, which is not read yet",
        hint: GIVE_JITSI,
    },
    signature: |start| {
        let line = String::from_utf8_lossy(start.line);
        let parts = LogParts::of(&line);
        matches!(parts.time, Some(LogTime::Utc(_))) && parts.level_stated && parts.component.is_some()
    },
};

/// `[Aug 07 06:08:51] <module> <spaces> <level> <spaces> <message>`: module and level are padded to columns.
fn is_prosody(line: &str) -> bool {
    if !line.starts_with(|c: char| c.is_alphanumeric()) {
        return false;
    }
    let mut words = line.split_ascii_whitespace().skip_while(|word| {
        matches!(word.len(), 2 | 3 | 8)
            && (MONTHS.contains(word) || word.bytes().all(|b| b.is_ascii_digit() || b == b':'))
    });
    let (module, level) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let is_padded =
        line.split_once(module).is_some_and(|(_, rest)| rest.starts_with("  ") || rest.starts_with('\t'));
    !module.is_empty() && is_padded && matches!(level, "debug" | "info" | "warn" | "error")
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
