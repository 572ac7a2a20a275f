//! A line of a JVB, Jicofo or Jibri log: `Jicofo 2024-02-11 17:05:58.584 INFO: [24578] [k=v …] Class.method#1: text`.

/// A log line's parts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct LogLine<'a> {
    /// The time in the server's own zone, which is not told, as if it were UTC.
    pub(super) local_ms: Option<f64>,
    /// What is in the brackets before the class: `participant=…`, `epId=…`.
    context: &'a str,
    /// The class, without package.
    pub(super) class: &'a str,
    pub(super) message: &'a str,
}

/// Cuts a line up. What is not in this form is all message.
pub(super) fn parse(text: &str) -> LogLine<'_> {
    let whole = LogLine { message: text, ..LogLine::default() };
    let (head, local_ms) = time(text);
    let Some((_, rest)) = head.split_once(": ") else { return whole };
    let rest = after_bracket(rest).map_or(rest, |(_, rest)| rest);
    let (context, rest) = match after_bracket(rest) {
        Some((inner, rest)) if inner.contains('=') => (inner, rest),
        _ => ("", rest),
    };
    let Some((place, message)) = rest.split_once(": ") else {
        return LogLine { local_ms, context, message: rest, ..whole };
    };
    let method = place.split_once('#').map_or(place, |(method, _)| method);
    let class = method.rsplit_once('.').map_or(method, |(class, _)| class);
    LogLine { local_ms, context, class: class.rsplit('.').next().unwrap_or(class), message: message.trim() }
}

impl<'a> LogLine<'a> {
    /// A value of the context.
    pub(super) fn context(&self, key: &str) -> Option<&'a str> {
        let mut pairs = self.context.split(' ').filter_map(|pair| pair.split_once('='));
        pairs.find(|(name, value)| *name == key && !value.is_empty()).map(|(_, value)| value)
    }
}

/// `[inner] rest`.
fn after_bracket(text: &str) -> Option<(&str, &str)> {
    let (inner, rest) = text.strip_prefix('[')?.split_once(']')?;
    Some((inner, rest.trim_start()))
}

/// The line behind its time, and the time; a program's name may stand before it.
fn time(text: &str) -> (&str, Option<f64>) {
    let mut rest = text;
    for _ in 0..2 {
        if let Some(at_ms) = rest.get(..DATE_LEN).and_then(date_ms) {
            return (rest.get(DATE_LEN..).unwrap_or_default(), Some(at_ms));
        }
        rest = rest.split_once(' ').map_or("", |(_, rest)| rest);
    }
    (text, None)
}

/// `2024-02-11 17:05:58.584`.
const DATE_LEN: usize = 23;

fn date_ms(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let marks = [(4, b'-'), (7, b'-'), (10, b' '), (13, b':'), (16, b':'), (19, b'.')];
    if marks.iter().any(|(at, mark)| bytes.get(*at) != Some(mark)) {
        return None;
    }
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    let (hour, minute, second, ms) = (part(11, 13)?, part(14, 16)?, part(17, 19)?, part(20, 23)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    // Days since 1970 in the Gregorian calendar, years counted from March.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year.checked_sub(1)?, month + 9) };
    let (year, month) = (f64::from(year), f64::from(month));
    let leaps = (year / 4.0).floor() - (year / 100.0).floor() + (year / 400.0).floor();
    let days =
        365.0 * year + leaps + ((153.0 * month + 2.0) / 5.0).floor() + f64::from(day) - 1.0 - 719_468.0;
    let seconds = f64::from(hour * 3_600 + minute * 60 + second);
    Some((days * 86_400.0 + seconds) * 1_000.0 + f64::from(ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_line() {
        let text = "Jicofo 2024-02-11 17:05:58.584 INFO: [24578] [room=r@c.example meeting_id=87eb participant=a1] \
                    Participant$JingleRequestHandlerImpl.onSessionOrTransportAccept#418: Received session-accept";
        let line = parse(text);
        assert_eq!(line.local_ms, Some(1_707_671_158_584.0));
        assert_eq!(line.context("participant"), Some("a1"));
        assert_eq!((line.context("bridge"), line.class), (None, "Participant$JingleRequestHandlerImpl"));
        assert_eq!(line.message, "Received session-accept");
    }

    #[test]
    fn parts_may_be_missing() {
        let line =
            parse("2020-04-01 23:54:25.045 INFO: [30] Videobridge.createConference#326: create_conf, id=4");
        assert_eq!((line.class, line.message), ("Videobridge", "create_conf, id=4"));
        assert_eq!(line.local_ms, Some(1_585_785_265_045.0));
        let line = parse("WARNING: [3] [x=] org.eclipse.jetty.Server.doStart: [no] context: here");
        assert_eq!((line.local_ms, line.class, line.message), (None, "Server", "[no] context: here"));
        assert_eq!(parse("\tat java.lang.Thread.run").message, "\tat java.lang.Thread.run");
        assert_eq!(parse("").message, "");
        assert_eq!(date_ms("2024-02-30x17:05:58.584"), None);
        assert_eq!(date_ms("2000-02-29 00:00:00.000"), Some(951_782_400_000.0));
    }
}
