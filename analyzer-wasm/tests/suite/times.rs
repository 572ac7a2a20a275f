//! Implausible times are counted and do not affect the start, end or duration of a call.

use e2e::dump::{Dump, START};

use crate::support::{problems, report};

/// A poll with a time of its own.
fn poll(dump: &mut Dump, packets: u32, at_ms: f64) {
    dump.line(&format!(
        r#"["getstats","PC_0",{{"IT":{{"timestamp":0,"type":"inbound-rtp","kind":"audio","ssrc":7,"packetsReceived":{packets}}},"timestamp":{at_ms:?}}},{at_ms:?}]"#
    ));
}

/// The start and the length of the call, and the problems of the dump.
fn measured(dump: &Dump) -> (Option<f64>, Option<f64>, Vec<(String, u64)>) {
    let conference = report(dump.bytes()).conference;
    let problems = problems(dump.bytes()).into_iter().map(|(kind, count, _)| (kind, count)).collect();
    (conference.start_ms, conference.duration_ms, problems)
}

#[test]
fn a_dump_without_plausible_times_has_no_start_and_no_end() {
    // From the page's opening, in seconds, in microseconds.
    for at_ms in [1_000.0, START as f64 / 1_000.0, START as f64 * 1_000.0] {
        let mut dump = Dump::empty();
        (0..5).for_each(|poll_number| poll(&mut dump, 50 * poll_number, at_ms + f64::from(poll_number)));
        let (start_ms, duration_ms, problems) = measured(&dump);
        assert_eq!((start_ms, duration_ms), (None, None), "{at_ms}");
        let expect = [("implausible-time".to_owned(), 5), ("no-plausible-time".to_owned(), 1)];
        assert_eq!(problems, expect, "{at_ms}");
    }
}

#[test]
fn one_implausible_time_is_counted_and_does_not_stretch_the_call() {
    let at_ms = |second: u32| START as f64 + 1_000.0 * f64::from(second);
    let wrong = [1e300, 10.0 * START as f64, 5e-324, 1_234.0, START as f64 - 200.0 * 86_400_000.0, 1.9e12];
    for wrong_ms in wrong {
        for wrong_poll in 0..10 {
            let mut dump = Dump::empty();
            for second in 0..10 {
                poll(&mut dump, 50 * second, if second == wrong_poll { wrong_ms } else { at_ms(second) });
            }
            let (start_ms, duration_ms, problems) = measured(&dump);
            assert_eq!(problems, [("implausible-time".to_owned(), 1)], "{wrong_ms} at {wrong_poll}");
            let first = at_ms(u32::from(wrong_poll == 0));
            assert_eq!(start_ms, Some(first), "{wrong_ms} at {wrong_poll}");
            assert!(duration_ms.is_some_and(|ms| (8_000.0..=9_000.0).contains(&ms)), "{duration_ms:?}");
        }
    }
}

#[test]
fn a_dump_over_months_has_no_length() {
    let mut dump = Dump::empty();
    (0..4)
        .for_each(|month| poll(&mut dump, 50 * month, START as f64 + 40.0 * 86_400_000.0 * f64::from(month)));
    let (start_ms, duration_ms, problems) = measured(&dump);
    assert_eq!((start_ms, duration_ms), (None, None));
    assert_eq!(problems, [("implausible-time".to_owned(), 3), ("no-plausible-time".to_owned(), 1)]);
}

#[test]
fn an_implausible_stamp_of_the_server_is_not_used() {
    let mut dump = Dump::empty();
    dump.line(r#"["connectionInfo",null,{"userAgent":"x"},1.7e308]"#);
    (0..3).for_each(|second| poll(&mut dump, 50 * second, START as f64 + 1_000.0 * f64::from(second)));
    let clock = report(dump.bytes()).participants[0].clock.clone();
    assert_eq!((clock.method.as_str(), clock.offset_ms), ("none", 0.0));
    assert_eq!(problems(dump.bytes()), [("implausible-time".to_owned(), 1, Some(1))]);
}
