//! Where a record of a server's log starts, and what collectors of logs put before each line.

use super::java;

/// Whether a line of a Jitsi server's log starts a record. Lines that do not, such as a stack trace, belong to the
/// record before them: see [`crate::input::framing::LogRecords`].
#[must_use]
pub fn starts_record(line: &[u8]) -> bool {
    let line = String::from_utf8_lossy(without_collector_prefix(line));
    java::parts(&line).is_some() || is_two_line_head(&line)
}

/// The line without the name of its container (`jicofo_1   | `) or the head of a system journal
/// (`Mar 06 03:50:59 host jicofo[123]: `).
#[must_use]
pub fn without_collector_prefix(line: &[u8]) -> &[u8] {
    let after = |divider: &[u8], is_prefix: fn(&u8) -> bool| {
        let at = line.windows(divider.len()).take(LONGEST_PREFIX).position(|window| window == divider)?;
        let (prefix, rest) = line.split_at_checked(at)?;
        if prefix.iter().all(is_prefix) { rest.get(divider.len()..) } else { None }
    };
    let is_container = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-. ".contains(byte);
    let is_journal = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.: []/+".contains(byte);
    after(b"| ", is_container)
        .or_else(|| if starts_with_month(line) { after(b"]: ", is_journal) } else { None })
        .unwrap_or(line)
}

/// No prefix is longer.
const LONGEST_PREFIX: usize = 128;

/// `Aug 07, 2018 6:08:51 AM org.jitsi.Class method`, the first line of a record of `java.util.logging` as it comes; the
/// level and the message stand on the second.
fn is_two_line_head(line: &str) -> bool {
    starts_with_month(line.as_bytes()) && [" AM ", " PM "].iter().any(|half| line.contains(half))
}

fn starts_with_month(line: &[u8]) -> bool {
    const MONTHS: &[u8; 36] = b"JanFebMarAprMayJunJulAugSepOctNovDec";
    let month = line.first_chunk::<3>();
    month.is_some_and(|month| MONTHS.chunks_exact(3).any(|known| known == month))
        && line.get(3) == Some(&b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_start_records_and_traces_do_not() {
        for line in [
            "Jicofo 2024-03-06 03:50:59.501 WARNING: [14] JvbDoctor$Task.run#189: timed out",
            "jicofo_1   | Jicofo 2019-06-05 13:26:14.396 INFO: [38] org.jitsi.Presence.log() Granted owner",
            "Mar 06 03:50:59 host jvb[12]: JVB 2024-03-06 03:50:59.501 INFO: [14] Videobridge.run#1: x",
            "Aug 07, 2018 6:08:51 AM org.jitsi.jicofo.FocusManager error",
        ] {
            assert!(starts_record(line.as_bytes()), "{line}");
        }
        for line in [
            "",
            "java.lang.RuntimeException: no bridge",
            "\tat org.jitsi.jicofo.Bridge.get(Bridge.java:12)",
            "Caused by: java.io.IOException",
            r#"["getstats","PC_0",{"a":"INFO: [1] x"},1700000000000]"#,
            "Marvellous | text",
        ] {
            assert!(!starts_record(line.as_bytes()), "{line}");
        }
    }
}
