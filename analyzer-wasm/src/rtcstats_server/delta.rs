//! The stats of a connection after each poll, rebuilt from the deltas that clients send in the way of the server.

use indexmap::map::Entry;

use super::value::{Object, Value, truthy};
use crate::limits::MAX_REPORTS;

/// The member of a poll that holds its time; a report with this time sends 0 instead.
const TIME: &str = "timestamp";

/// All reports of one connection after the last poll.
#[derive(Debug, Default)]
pub(super) struct PolledReports(Option<Object>);

impl PolledReports {
    /// Applies a poll. Returns all reports, and whether none was beyond the limit.
    pub(super) fn apply(&mut self, poll: Object) -> (&mut Object, bool) {
        let mut whole = true;
        let base = match &mut self.0 {
            Some(base) => {
                whole = merge(base, poll);
                base
            }
            // The first poll is kept unchanged: with zero times, and with the poll's time among the reports.
            first => first.insert(poll),
        };
        (base, whole)
    }
}

fn merge(base: &mut Object, mut poll: Object) -> bool {
    let time = poll.0.shift_remove(TIME);
    let mut whole = true;
    // A report that is absent from a poll is removed.
    base.0.retain(|id, _| truthy(poll.get(id)));
    for (id, mut report) in poll.0 {
        if base.0.len() >= MAX_REPORTS && !base.0.contains_key(&id) {
            whole = false;
            continue;
        }
        match base.0.entry(id) {
            Entry::Vacant(place) => {
                restore_time(&mut report, time.as_ref());
                place.insert(report);
            }
            Entry::Occupied(mut place) => match (place.get_mut(), report) {
                (Value::Object(known), Value::Object(mut fields)) => {
                    if is_zero(fields.get(TIME)) {
                        fields.0.extend(time.clone().map(|time| (TIME.to_owned(), time)));
                    } else if !truthy(fields.get(TIME)) {
                        let before = known.get(TIME).cloned();
                        fields.0.extend(before.map(|before| (TIME.to_owned(), before)));
                    }
                    known.0.extend(fields.0);
                }
                (known, report) => *known = report,
            },
        }
    }
    whole
}

fn restore_time(report: &mut Value, time: Option<&Value>) {
    if let (Value::Object(fields), Some(time)) = (report, time)
        && is_zero(fields.get(TIME))
    {
        fields.set(TIME, time);
    }
}

fn is_zero(value: Option<&Value>) -> bool {
    value.and_then(Value::as_number) == Some(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rtcstats_server::json_text::read;

    fn after(polls: &[&str]) -> String {
        let mut polled = PolledReports::default();
        let mut text = String::new();
        for poll in polls {
            let Some(Value::Object(poll)) = read(poll) else { panic!("{poll}") };
            text = polled.apply(poll).0.to_string();
        }
        text
    }

    #[test]
    fn the_first_poll_is_kept_unchanged() {
        let poll = r#"{"A":{"timestamp":0,"x":1},"timestamp":5}"#;
        assert_eq!(after(&[poll]), poll);
    }

    #[test]
    fn fields_are_updated_and_absent_reports_removed() {
        assert_eq!(
            after(&[
                r#"{"B":{"timestamp":0,"x":1,"y":1},"A":{"timestamp":4,"z":1},"timestamp":5}"#,
                r#"{"C":{"timestamp":0},"A":{},"B":{"timestamp":0,"x":2},"timestamp":6}"#,
            ]),
            r#"{"B":{"timestamp":6,"x":2,"y":1},"A":{"timestamp":4,"z":1},"C":{"timestamp":6}}"#
        );
    }

    #[test]
    fn a_report_that_returns_is_new_and_last() {
        assert_eq!(
            after(&[
                r#"{"A":{"x":1},"B":{"x":1},"timestamp":5}"#,
                r#"{"B":{},"timestamp":6}"#,
                r#"{"A":{"y":1},"B":{},"timestamp":7}"#,
            ]),
            r#"{"B":{"x":1},"A":{"y":1}}"#
        );
    }
}
