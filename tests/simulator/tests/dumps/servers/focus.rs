//! The merged states of the focus' dump match the truth on members, mutes and shares; its log has local times.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use simulator::{Call, Direction, Lines, Scenario, Spelling, TrueMember, TrueServers, TrueTime};

use super::stored::{Line, all_lines, states};
use super::{of, simulated, with_join_and_leave};

fn scenario(seed: u64) -> Scenario {
    with_join_and_leave(seed, 5, Lines::Enveloped, Spelling::Stats)
}

/// The merged states with the times of their polls and their changes.
fn room(call: &Call, truth: &TrueServers) -> Vec<(u64, Value, Value)> {
    let server = &truth.focus.server;
    let lines = all_lines(call, server, &server.dumps[0]);
    let written: Vec<u64> =
        truth.focus.polls.iter().filter(|poll| poll.written).map(|poll| poll.at_ms).collect();
    let states = states(&lines);
    assert_eq!(states.len(), written.len());
    written.into_iter().zip(states).map(|(at_ms, (state, change))| (at_ms, state, change.clone())).collect()
}

fn contains(times: &[TrueTime], at_ms: u64) -> bool {
    times.iter().any(|time| (time.from_ms..time.to_ms).contains(&at_ms))
}

fn is_there(member: &TrueMember, at_ms: u64) -> bool {
    (member.joined_ms..member.left_ms).contains(&at_ms)
}

#[test]
fn members_and_mutes_match_the_truth() {
    for lines in [Lines::Enveloped, Lines::Requests, Lines::Bare] {
        let mut scenario = scenario(41);
        of(&mut scenario).focus.host.lines = lines;
        of(&mut scenario).focus.host.clock_ahead_ms = 90;
        let (call, truth) = simulated(&scenario);
        let mut muted = BTreeSet::new();
        for (at_ms, state, change) in room(&call, &truth) {
            let poll = truth.focus.polls.iter().find(|poll| poll.at_ms == at_ms).unwrap();
            assert_eq!(state["participant_count"], poll.participants);
            assert_eq!(state["chat_room"]["audio_senders_count"], poll.audio_senders);
            assert_eq!(state["chat_room"]["video_senders_count"], poll.video_senders);
            assert_eq!(change["timestamp"], at_ms + 90);
            for member in &truth.members {
                let row = &state["chat_room"]["members"][&member.endpoint_id];
                assert_eq!(
                    !row.is_null(),
                    member.joined_ms <= at_ms,
                    "members remain after the leave, which is not in the changes"
                );
                if is_there(member, at_ms) {
                    let early = at_ms < member.published_ms;
                    let flags = [&member.audio_muted, &member.video_muted]
                        .map(|times| early || contains(times, at_ms));
                    assert_eq!(
                        [&row["is_audio_muted"], &row["is_video_muted"]],
                        flags.map(Value::from).each_ref()
                    );
                    assert_eq!(row["stats_id"], *member.stats_id);
                    assert_eq!(row["region"], *member.region);
                    muted.insert(flags[0]);
                }
            }
            for bridge in &poll.bridges {
                let row = &state["colibri_session_manager"]["sessions"][&bridge.bridge]["bridge"];
                assert_eq!(row["stress"], bridge.stress);
                assert_eq!(row["overloaded"], bridge.overloaded);
            }
        }
        assert_eq!(muted.len(), 2, "muted and unmuted members");
    }
}

#[test]
fn first_seen_and_first_missed_polls_are_right() {
    let (call, truth) = simulated(&scenario(42));
    let room = room(&call, &truth);
    for member in &truth.members {
        let with =
            room.iter().find(|(_, state, _)| !state["chat_room"]["members"][&member.endpoint_id].is_null());
        assert_eq!(with.map(|(at_ms, ..)| *at_ms), member.first_seen_ms);
        assert!(member.first_seen_ms.unwrap() - member.joined_ms < 10_100);
        let without = room.iter().find(|(at_ms, ..)| *at_ms >= member.left_ms);
        assert_eq!(without.map(|(at_ms, ..)| *at_ms), member.first_missed_ms);
    }
    assert_eq!(truth.members.iter().filter(|member| member.first_missed_ms.is_some()).count(), 1);
}

/// The change of a leave is an empty object, a smaller count, and a list whose later items have moved up.
#[test]
fn a_leave_changes_counts_and_lists_only() {
    let (call, truth) = simulated(&scenario(43));
    let gone = &truth.members[1];
    let room = room(&call, &truth);
    let place = room.iter().position(|(at_ms, ..)| Some(*at_ms) == gone.first_missed_ms).unwrap();
    let ((.., before, _), (.., change)) = (&room[place - 1], &room[place]);
    assert_eq!(change["chat_room"]["members"], json!({}));
    assert_eq!(change["participants"], json!({}));
    assert_eq!(change["conference_sources"], json!({}));
    assert_eq!(change["participant_count"], 4);
    assert_eq!(before["participant_count"], 5);
    let session = |state: &Value| state["colibri_session_manager"]["sessions"]["one"]["participants"].clone();
    let listed = session(before);
    let listed = listed.as_array().unwrap();
    let left = listed.iter().position(|id| *id == *gone.endpoint_id).unwrap();
    let moved: BTreeMap<String, &Value> =
        (left..listed.len() - 1).map(|place| (place.to_string(), &listed[place + 1])).collect();
    assert_eq!(session(change), serde_json::to_value(moved).unwrap());
}

#[test]
fn the_end_of_a_share_is_an_empty_object() {
    let (call, truth) = simulated(&scenario(44));
    let member = &truth.members[0];
    let [share] = member.screen.as_slice() else { panic!("{:?}", member.screen) };
    let desktop = |state: &Value| {
        let sources = state["conference_sources"][&member.endpoint_id]["sources"].as_array().unwrap().clone();
        sources.iter().any(|source| source["videoType"] == "desktop")
    };
    for (at_ms, state, change) in room(&call, &truth) {
        if at_ms < share.from_ms {
            assert!(!desktop(&state));
        } else {
            assert!(
                desktop(&state),
                "the source remains, because a shorter array is not visible in the changes"
            );
        }
        if (share.to_ms..share.to_ms + 10_000).contains(&at_ms) {
            let sources = &change["conference_sources"][&member.endpoint_id]["sources"];
            assert_eq!(*sources, json!({}));
        }
    }
}

#[test]
fn streams_have_the_right_owners() {
    let (call, truth) = simulated(&scenario(45));
    let owners: BTreeMap<u32, (String, Option<String>)> = truth
        .sources
        .iter()
        .map(|source| (source.ssrc, (source.endpoint_id.clone(), source.video_type.clone())))
        .collect();
    assert_eq!(owners.len(), truth.sources.len());
    let mut seen = BTreeSet::new();
    for (_, state, _) in room(&call, &truth) {
        for (endpoint, sources) in state["conference_sources"].as_object().unwrap() {
            for source in sources["sources"].as_array().unwrap() {
                let ssrc = source["ssrc"].as_u64().unwrap() as u32;
                let (owner, kind) = &owners[&ssrc];
                assert_eq!(
                    (owner, kind.as_deref().unwrap_or("null")),
                    (endpoint, source["videoType"].as_str().unwrap())
                );
                assert!(source["name"].as_str().unwrap().starts_with(endpoint.as_str()));
                seen.insert(ssrc);
            }
        }
    }
    assert_eq!(seen.len(), owners.len());
    for dump in &call.dumps {
        let person = &call.truth.people[dump.person];
        let presence = person.presences.iter().find(|presence| presence.file == dump.name).unwrap();
        let sent = dump.counted.iter().filter(|row| row.direction == Direction::Outbound);
        for row in sent {
            assert_eq!(owners[&row.ssrc].0, presence.endpoint_id);
        }
    }
}

/// The log lines on joins and leaves: the time in the text, and the event.
fn member_lines(call: &Call, truth: &TrueServers) -> Vec<(String, String)> {
    let server = &truth.focus.server;
    let lines = all_lines(call, server, &server.dumps[0]).into_iter();
    let texts =
        lines.filter_map(|(_, line)| if let Line::Logs(texts, _) = line { Some(texts) } else { None });
    let words = texts.flatten().filter_map(|text| {
        let (_, message) = text.split_once("Member ")?;
        let stamp: Vec<&str> = text.split(' ').skip(1).take(2).collect();
        Some((stamp.join(" "), message.split(' ').next().unwrap().to_owned()))
    });
    words.collect()
}

/// The ms after midnight of a log time.
fn time_of_day(stamp: &str) -> u64 {
    let (_, time) = stamp.split_once(' ').unwrap();
    let numbers: Vec<u64> = time.split([':', '.']).map(|number| number.parse().unwrap()).collect();
    ((numbers[0] * 60 + numbers[1]) * 60 + numbers[2]) * 1_000 + numbers[3]
}

#[test]
fn log_lines_have_local_time() {
    let mut scenario = scenario(46);
    of(&mut scenario).focus.host.utc_offset_min = -300;
    of(&mut scenario).focus.host.clock_ahead_ms = 1_300;
    let (call, truth) = simulated(&scenario);
    let lines = member_lines(&call, &truth);
    assert_eq!(lines.len(), 6, "five joins, and one leave before the last poll: {lines:?}");
    for member in &truth.members {
        let (stamp, _) =
            lines.iter().find(|(_, event)| *event == format!("joined:{}", member.endpoint_id)).unwrap();
        let utc_ms = (i64::try_from(time_of_day(stamp)).unwrap() + 300 * 60_000).rem_euclid(86_400_000);
        assert_eq!(utc_ms, i64::try_from((member.joined_ms + 1_300) % 86_400_000).unwrap());
        assert!(member.join_logged);
        assert_eq!(
            member.leave_logged,
            lines.iter().any(|(_, event)| *event == format!("left:{}", member.endpoint_id))
        );
    }
    assert_eq!((truth.focus.server.utc_offset_min, truth.focus.server.clock_offset_ms), (-300, -1_300));
}

#[test]
fn log_lines_on_joins_and_leaves_may_be_missing() {
    let mut some = 0;
    for seed in 0..6 {
        let mut scenario = scenario(50 + seed);
        of(&mut scenario).focus.unlogged = 1.0;
        let (call, truth) = simulated(&scenario);
        assert_eq!(member_lines(&call, &truth), []);
        assert!(truth.members.iter().all(|member| !member.join_logged && !member.leave_logged));
        of(&mut scenario).focus.unlogged = 0.5;
        let (call, truth) = simulated(&scenario);
        let lines = member_lines(&call, &truth);
        for member in &truth.members {
            let has_line = |word: &str| {
                lines.iter().any(|(_, event)| *event == format!("{word}:{}", member.endpoint_id))
            };
            assert_eq!((has_line("joined"), has_line("left")), (member.join_logged, member.leave_logged));
        }
        some += lines.len();
    }
    assert!((8..28).contains(&some), "{some} of 36");
}
