//! What happened on servers: joins, bridges, speakers, overloads, failures, each with whom it is about and where it is
//! said.

use std::collections::BTreeMap;

use analyzer_wasm::report::{Event, Report};
use e2e::simulator::{FaultKind, TrueFocusPoll};

use super::focus_side::{members, shown};
use super::{BRIDGE_POLL_MS, STORING_MS, Wrong, cases};

fn events<'a>(report: &'a Report, subtype: &str) -> Vec<&'a Event> {
    report.events.iter().filter(|event| event.subtype == subtype).collect()
}

/// What a line must hold to say it; one of each row.
fn says(event: &Event, ids: &[String]) -> Option<Vec<Vec<String>>> {
    let words = |words: &[&str]| vec![words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()];
    let with = |more: &[&str]| {
        let mut all = words(more);
        all.push(ids.to_vec());
        all
    };
    let last_word = || event.detail.as_deref().unwrap_or("").rsplit(' ').next().unwrap_or("").to_owned();
    Some(match event.subtype.as_str() {
        "join" => with(&["Member joined:", "\"members\":"]),
        // Members of whom nothing is said left as well.
        "leave" => words(&["Member left:", "\"participant_count\":"]),
        "endpoint_joined" => with(&["Created new endpoint", "\"endpoints\":"]),
        "endpoint_left" => with(&["Expired.", "\"endpoints\":"]),
        "bridge_assigned" | "bridge_moved" | "bridge_added" => vec![vec![last_word()]],
        "dominant_speaker_start" => with(&["dominant speaker changed", "\"dominantEndpoint\":"]),
        "dominant_speaker_stop" => words(&["dominant speaker changed", "\"dominantEndpoint\":"]),
        "bridge_overloaded" => words(&["\"overloaded\":true"]),
        "bridge_relieved" => words(&["\"overloaded\":false"]),
        "bridge_draining" => words(&["\"drain\":true"]),
        "audio_limit_reached" => words(&["\"audio_limit_reached\":true"]),
        "audio_limit_over" => words(&["\"audio_limit_reached\":false"]),
        "video_limit_reached" => words(&["\"video_limit_reached\":true"]),
        "video_limit_over" => words(&["\"video_limit_reached\":false"]),
        "ice_failed_reported" => with(&["Received ICE failed"]),
        "bridge_ice_state" => with(&["\"iceConnected\":", "\"iceFailed\":", "ICE connected"]),
        "bridge_dtls_state" => with(&["\"is_connected\":", "DTLS handshake complete"]),
        "audio_mute" => with(&["\"is_audio_muted\":true"]),
        "audio_unmute" => with(&["\"is_audio_muted\":false"]),
        "video_disable" => with(&["\"is_video_muted\":true"]),
        "video_enable" => with(&["\"is_video_muted\":false"]),
        "sources_suspended" | "sources_resumed" => {
            with(&["\"suspended_sources\":", "\"has_suspended_sources\":"])
        }
        "oversending_start" | "oversending_stop" => with(&["\"oversending\":"]),
        "endpoint_inactive" => with(&["is considered disconnected"]),
        "endpoint_active" => with(&["has reconnected"]),
        "session_initiate" => with(&["Sending session-initiate"]),
        "session_accept" => with(&["Received session-accept"]),
        "session_terminate" => with(&["Terminating "]),
        "conference_created" => words(&["create_conf"]),
        "bridge_removed" => words(&["was removed from the conference"]),
        "recorder_joined" | "sip_joined" | "transcriber_joined" => words(&["Member joined:", "\"members\":"]),
        "recorder_left" | "sip_left" | "transcriber_left" => words(&["Member left:", "_count\":"]),
        _ => return None,
    })
}

#[test]
fn every_event_is_said_by_the_line_that_it_names() {
    let mut wrong = Wrong::default();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for case in cases() {
        let text = |file: &str| {
            let dump = case.call.servers.iter().find(|dump| dump.name == file)?;
            let text = std::str::from_utf8(&dump.bytes).unwrap().replace("\\\"", "\"");
            Some(text.lines().map(str::to_owned).collect::<Vec<_>>())
        };
        let texts: BTreeMap<&str, Vec<String>> =
            case.call.servers.iter().map(|dump| (dump.name.as_str(), text(&dump.name).unwrap())).collect();
        for (what, report) in case.reports() {
            for event in report.events.iter().filter(|event| event.server.is_some()) {
                *kinds.entry(&event.subtype).or_default() += 1;
                let what = || format!("seed {}, {what}: {event:?}", case.seed);
                let server = case.server_of(&event.file);
                wrong.unless(event.server.as_ref() == Some(&server.name), || format!("server {}", what()));
                let line = usize::try_from(event.line)
                    .ok()
                    .and_then(|line| texts[event.file.as_str()].get(line - 1));
                let Some(line) = line else {
                    wrong.unless(false, || format!("no such line {}", what()));
                    continue;
                };
                let key = event.participant.as_ref();
                let person = report.participants.iter().find(|person| Some(&person.key) == key);
                let Some(needed) =
                    says(event, person.map(|person| person.endpoint_ids.as_slice()).unwrap_or_default())
                else {
                    wrong.unless(false, || format!("nothing could say {}", what()));
                    continue;
                };
                for row in needed {
                    let is = row.iter().any(|word| line.contains(word));
                    wrong.unless(is, || {
                        format!("{row:?} is not in {} {}", line.chars().take(300).collect::<String>(), what())
                    });
                }
            }
        }
    }
    println!("{kinds:?}");
    wrong.conclude();
}

#[test]
fn joins_and_leaves_are_told_once() {
    let mut wrong = Wrong::default();
    let mut compared = 0;
    for case in cases() {
        let cut = case.is_cut(&case.truth.focus.server);
        let first_ms =
            case.truth.focus.polls.iter().filter(|poll| poll.written).map(|poll| poll.at_ms).min().unwrap();
        for person in case.were_there() {
            let own = members(case, person);
            let key = &case.participant(&case.alone, person).key;
            let of = |subtype: &str| -> Vec<f64> {
                let told = events(&case.alone, subtype).into_iter();
                told.filter(|event| event.participant.as_ref() == Some(key))
                    .map(|event| event.at_ms - case.ahead_ms(&event.file))
                    .collect()
            };
            // Who is there at the first poll may have been there before, if no line says when they came.
            let came: Vec<u64> = own
                .iter()
                .filter_map(|member| match member.first_seen_ms {
                    _ if member.join_logged => Some(member.joined_ms),
                    Some(seen_ms) if seen_ms > first_ms => Some(seen_ms),
                    _ => None,
                })
                .collect();
            let left: Vec<u64> = own
                .iter()
                .filter_map(|member| match member.first_missed_ms {
                    _ if member.leave_logged => Some(member.left_ms),
                    missed_ms => missed_ms,
                })
                .collect();
            for (what, told, truly) in [("join", of("join"), came), ("leave", of("leave"), left)] {
                let near = told.len() == truly.len()
                    && told
                        .iter()
                        .zip(&truly)
                        .all(|(told, truly)| (told - *truly as f64).abs() <= STORING_MS);
                // A later part does not know who was there.
                wrong.unless(near || cut, || {
                    format!("seed {}, {key}, {what}: {told:?}, truly {truly:?}", case.seed)
                });
                compared += truly.len();
            }
            let key = &case.participant(&case.all, person).key;
            let stays = case.call.dumps.iter().filter(|dump| dump.person == person).count();
            for subtype in ["join", "leave"] {
                let told = events(&case.all, subtype)
                    .into_iter()
                    .filter(|event| event.participant.as_ref() == Some(key));
                let times: Vec<_> = told.map(|event| (event.at_ms, &event.file)).collect();
                wrong.unless(times.len() == stays, || {
                    format!("seed {}, all, {key}, {subtype}: {times:?}", case.seed)
                });
            }
        }
    }
    wrong.conclude();
    assert!(compared > 60, "{compared}");
}

#[test]
fn bridges_of_everybody_are_told_as_they_changed() {
    let (mut wrong, mut moves) = (Wrong::default(), 0);
    for case in cases() {
        let servers = case.scenario.servers.as_ref().unwrap();
        for (what, report) in case.reports() {
            for person in case.were_there() {
                let key = &case.participant(report, person).key;
                let mut truly: Vec<(f64, String)> = Vec::new();
                for member in members(case, person) {
                    let mut before: Option<usize> = None;
                    for at_ms in shown(case, member) {
                        let now = servers.bridge_of(person, at_ms - case.scenario.start_ms);
                        let name = |place: usize| servers.bridges[place].host.name.clone();
                        match before.replace(now) {
                            None => truly.push((at_ms as f64, name(now))),
                            Some(before) if before != now => {
                                moves += 1;
                                truly.push((at_ms as f64, format!("{} to {}", name(before), name(now))));
                            }
                            _ => {}
                        }
                    }
                }
                let told = report.events.iter().filter(|event| {
                    matches!(event.subtype.as_str(), "bridge_assigned" | "bridge_moved")
                        && event.participant.as_ref() == Some(key)
                });
                let told: Vec<(f64, String)> = told
                    .map(|event| (event.at_ms - case.ahead_ms(&event.file), event.detail.clone().unwrap()))
                    .collect();
                let near = told.len() == truly.len()
                    && told.iter().zip(&truly).all(|(a, b)| (a.0 - b.0).abs() <= STORING_MS && a.1 == b.1);
                wrong
                    .unless(near, || format!("seed {}, {what}, {key}: {told:?}, truly {truly:?}", case.seed));
            }
        }
    }
    wrong.conclude();
    assert!(moves > 4, "{moves}");
}

/// Overloads and drains.
const BRIDGES_STATES: &[&str] = &["bridge_overloaded", "bridge_relieved", "bridge_draining"];

#[test]
fn overloads_and_drains_are_told_when_the_focus_saw_them() {
    let (mut wrong, mut compared) = (Wrong::default(), 0);
    for case in cases().iter().filter(|case| !case.is_cut(&case.truth.focus.server)) {
        let mut truly: Vec<(f64, &str, &str)> = Vec::new();
        let mut before: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
        let written = case.truth.focus.polls.iter().filter(|poll| poll.written);
        let rows = |poll: &'static TrueFocusPoll| poll.bridges.iter().map(|row| (poll.at_ms as f64, row));
        for (at_ms, row) in written.flat_map(rows) {
            let was = before.insert(&row.bridge, (row.overloaded, row.draining)).unwrap_or_default();
            if was.0 != row.overloaded {
                let subtype = if row.overloaded { "bridge_overloaded" } else { "bridge_relieved" };
                truly.push((at_ms, subtype, &row.bridge));
            }
            if !was.1 && row.draining {
                truly.push((at_ms, "bridge_draining", &row.bridge));
            }
        }
        compared += truly.len();
        for (what, report) in case.reports() {
            let told = report.events.iter().filter(|event| BRIDGES_STATES.contains(&event.subtype.as_str()));
            let told: Vec<(f64, &str, &str)> = told
                .map(|event| {
                    let at_ms = event.at_ms - case.ahead_ms(&event.file);
                    (at_ms, event.subtype.as_str(), event.detail.as_deref().unwrap())
                })
                .collect();
            let near = told.len() == truly.len()
                && told
                    .iter()
                    .zip(&truly)
                    .all(|(a, b)| (a.0 - b.0).abs() <= STORING_MS && (a.1, a.2) == (b.1, b.2));
            wrong.unless(near, || format!("seed {}, {what}: {told:?}, truly {truly:?}", case.seed));
        }
    }
    wrong.conclude();
    assert!(compared > 1, "{compared}");
}

#[test]
fn limits_are_told_when_the_focus_saw_them() {
    const SUBTYPES: [[&str; 2]; 2] =
        [["audio_limit_reached", "audio_limit_over"], ["video_limit_reached", "video_limit_over"]];
    let (mut wrong, mut compared) = (Wrong::default(), 0);
    for case in cases().iter().filter(|case| !case.is_cut(&case.truth.focus.server)) {
        let limits = case.scenario.servers.as_ref().unwrap().focus.limits;
        for (limit, subtypes) in limits.into_iter().zip(SUBTYPES) {
            for (subtype, at_ms) in
                subtypes.into_iter().zip(limit.map_or([None; 2], |l| [Some(l.from_ms), Some(l.to_ms)]))
            {
                let mut polls =
                    case.truth.focus.polls.iter().filter(|poll| poll.written).map(|poll| poll.at_ms);
                let truly =
                    at_ms.and_then(|at_ms| polls.find(|poll| *poll >= case.scenario.start_ms + at_ms));
                compared += truly.iter().len();
                for (what, report) in case.reports() {
                    let told = events(report, subtype);
                    let near = told.len() == truly.iter().len()
                        && told.iter().zip(truly).all(|(event, truly)| {
                            (event.at_ms - case.ahead_ms(&event.file) - truly as f64).abs() <= STORING_MS
                        });
                    wrong.unless(near, || {
                        format!("seed {}, {what}, {subtype}: {told:?}, truly {truly:?}", case.seed)
                    });
                }
            }
        }
    }
    wrong.conclude();
    assert!(compared > 8, "{compared}");
}

#[test]
fn dominant_speakers_are_told_to_a_poll() {
    let (mut wrong, mut compared) = (Wrong::default(), 0);
    for case in cases() {
        let late_ms = BRIDGE_POLL_MS + STORING_MS + case.skew_ms();
        let told: Vec<(f64, &str)> = events(&case.alone, "dominant_speaker_start")
            .into_iter()
            .map(|event| (event.at_ms, event.participant.as_deref().unwrap()))
            .collect();
        let ids = |key: &str| {
            &case.alone.participants.iter().find(|person| person.key == key).unwrap().endpoint_ids
        };
        let start_ms = case.scenario.start_ms as f64;
        for (at_ms, key) in &told {
            let is = case.truth.speakers.iter().any(|speaker| {
                let begins = at_ms - speaker.time.from_ms as f64;
                ids(key).contains(&speaker.endpoint_id)
                    && (-STORING_MS - case.skew_ms()..=late_ms).contains(&begins)
            });
            // What had begun before a later part, or before another bridge's dump, is told by its first poll.
            let mut begins = case.servers().flat_map(|server| &server.dumps).flat_map(|dump| &dump.parts);
            let anew =
                begins.any(|part| (at_ms - part.from_ms as f64).abs() <= BRIDGE_POLL_MS + case.skew_ms());
            wrong
                .unless(is || anew, || format!("seed {}: invented {key} at {}", case.seed, at_ms - start_ms));
            compared += 1;
        }
        let cut = case.truth.bridges.iter().any(|bridge| case.is_cut(&bridge.server));
        let restarts = case.scenario.servers.as_ref().unwrap().restarts().count() > 0;
        for speaker in case.truth.speakers.iter().filter(|s| (s.time.to_ms - s.time.from_ms) as f64 > late_ms)
        {
            let is = told.iter().any(|(at_ms, key)| {
                let begins = at_ms - speaker.time.from_ms as f64;
                ids(key).contains(&speaker.endpoint_id)
                    && (-STORING_MS - case.skew_ms()..=late_ms).contains(&begins)
            });
            let from_ms = speaker.time.from_ms - case.scenario.start_ms;
            wrong.unless(is || cut || restarts, || {
                format!("seed {}: missed {} at {from_ms}", case.seed, speaker.endpoint_id)
            });
        }
    }
    wrong.conclude();
    assert!(compared > 60, "{compared}");
}

#[test]
fn ice_failures_are_told_by_focus_and_bridge() {
    let (mut wrong, mut compared) = (Wrong::default(), 0);
    for case in cases() {
        let failures = case.scenario.faults.iter().filter(|fault| fault.kind == FaultKind::IceFailure);
        let mut people: Vec<usize> = failures.map(|fault| fault.person).collect();
        people.dedup();
        for (what, report) in case.reports() {
            let told: Vec<&str> = events(report, "ice_failed_reported")
                .into_iter()
                .map(|event| event.participant.as_deref().unwrap())
                .collect();
            let by_bridge = report.events.iter().filter(|event| {
                event.subtype == "bridge_ice_state" && event.detail.as_deref() == Some("failed")
            });
            let by_bridge: Vec<&str> = by_bridge.map(|event| event.participant.as_deref().unwrap()).collect();
            let truly: Vec<&str> =
                people.iter().map(|person| case.participant(report, *person).key.as_str()).collect();
            compared += truly.len();
            wrong.unless(told == truly && by_bridge == truly, || {
                format!("seed {}, {what}: {told:?} {by_bridge:?}, truly {truly:?}", case.seed)
            });
        }
    }
    wrong.conclude();
    assert!(compared > 1, "{compared}");
}
