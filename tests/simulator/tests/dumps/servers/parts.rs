//! The storage of servers' dumps: headers, parts after cuts, and the entries that are lost between them.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use simulator::{Call, Lines, Scenario, Spelling, TimeRange, TrueMember, TrueServer, TrueServers};

use super::stored::{Line, Stamped, all_lines, lines, text};
use super::{of, simulated, with_join_and_leave};

const CUT: TimeRange = TimeRange { from_ms: 120_000, to_ms: 133_000 };

fn scenario(form: Lines, cut: bool) -> Scenario {
    let mut scenario = with_join_and_leave(61, 4, form, Spelling::Debug);
    let servers = of(&mut scenario);
    servers.bridges[0].logs = true;
    for host in [&mut servers.focus.host, &mut servers.bridges[0].host] {
        host.lines = form;
        host.cuts.extend(cut.then_some(CUT));
    }
    scenario
}

/// The lines of a dump without headers.
fn content(call: &Call, server: &TrueServer) -> Vec<Stamped> {
    let lines = all_lines(call, server, &server.dumps[0]).into_iter();
    lines.filter(|(_, line)| !matches!(line, Line::Header(_))).collect()
}

#[test]
fn parts_are_the_complete_dump_without_the_entries_of_the_cut() {
    for form in [Lines::Enveloped, Lines::Requests, Lines::Bare] {
        let (whole_call, whole) = simulated(&scenario(form, false));
        let (call, truth) = simulated(&scenario(form, true));
        let bridge = |truth: &TrueServers| truth.bridges[0].server.clone();
        let focus = |truth: &TrueServers| truth.focus.server.clone();
        for (server, before) in [(bridge(&truth), bridge(&whole)), (focus(&truth), focus(&whole))] {
            let (all, kept) = (content(&whole_call, &before), content(&call, &server));
            let [first, second] = server.dumps[0].parts.as_slice() else { panic!("{:?}", server.dumps) };
            let headers = usize::from(form != Lines::Requests);
            let of_first = usize::try_from(first.lines).unwrap() - headers;
            let of_second = usize::try_from(second.lines).unwrap() - headers;
            assert!(of_first > 5 && of_second > 5);
            assert_eq!(kept[..of_first], all[..of_first], "{form:?}");
            assert_eq!(kept[of_first..], all[all.len() - of_second..], "{form:?}");
            let lost = all.len() - kept.len();
            assert!((1..8).contains(&lost), "{lost}");
            let id = &server.dumps[0].session_id;
            assert_eq!([first.file.clone(), second.file.clone()], [format!("{id}.gz"), format!("{id}_1.gz")]);
        }
        let lost = truth.bridges[0].stays[0].polls.iter().filter(|poll| !poll.written);
        let lost: Vec<u64> = lost.map(|poll| poll.at_ms - call.truth.start_ms).collect();
        assert!(lost.len() >= 2 && lost.iter().all(|at_ms| CUT.contains(*at_ms)), "{lost:?}");
        assert_eq!(call.dumps, whole_call.dumps, "client dumps do not change");
    }
}

/// The entries after a cut continue as before: no identity, no complete state.
#[test]
fn a_later_part_has_no_identity_and_no_complete_state() {
    for form in [Lines::Enveloped, Lines::Requests, Lines::Bare] {
        let (call, truth) = simulated(&scenario(form, true));
        for server in [&truth.bridges[0].server, &truth.focus.server] {
            let [first, second] =
                [0, 1].map(|part| lines(text(&call, &server.dumps[0].parts[part].file), form));
            let begin = usize::from(form != Lines::Requests);
            assert!(matches!(first[begin].1, Line::Identity(_)));
            let Line::Change(change) = &second[begin].1 else { panic!("{:?}", second[begin]) };
            assert_eq!(change.get("meeting_id"), None);
            if begin == 1 {
                let Line::Header(header) = &second[0].1 else { panic!("{:?}", second[0]) };
                assert_eq!(header.get("clientType").is_some(), form == Lines::Enveloped);
                assert_eq!(header["origin"], *server.name);
            }
        }
    }
}

#[test]
fn identities_list_all_endpoints_so_far() {
    let (call, truth) = simulated(&scenario(Lines::Enveloped, false));
    let mut by_endpoint = Vec::new();
    for (server, program) in [(&truth.bridges[0].server, "JVB"), (&truth.focus.server, "Jicofo")] {
        let identities: Vec<Value> = content(&call, server)
            .into_iter()
            .filter_map(|(_, line)| if let Line::Identity(identity) = line { Some(identity) } else { None })
            .collect();
        assert_eq!(identities[0]["endpoints"], json!([]));
        for identity in &identities {
            assert_eq!(identity["applicationName"], program);
            assert_eq!(identity["meetingUniqueId"], *call.truth.meeting_id);
        }
        let counts: Vec<usize> =
            identities.iter().map(|row| row["endpoints"].as_array().unwrap().len()).collect();
        assert!(counts.is_sorted() && counts.last() == Some(&4), "{counts:?}");
        by_endpoint.push(identities.last().unwrap()["endpoints"].as_array().unwrap().clone());
    }
    let members = |of: fn(&TrueMember) -> &String| -> BTreeSet<&str> {
        truth.members.iter().map(|member| of(member).as_str()).collect()
    };
    let listed = |place: usize| by_endpoint[place].iter().map(|id| id.as_str().unwrap()).collect();
    assert_eq!(members(|member| &member.stats_id), listed(0), "bridges list stats ids");
    assert_eq!(members(|member| &member.endpoint_id), listed(1), "the focus lists endpoint ids");
}

#[test]
fn timestamps_follow_the_polls() {
    let (call, truth) = simulated(&scenario(Lines::Enveloped, false));
    let server = &truth.bridges[0].server;
    let stamps: Vec<u64> = content(&call, server)
        .into_iter()
        .filter_map(|(stamp, line)| matches!(line, Line::Change(_)).then(|| stamp.unwrap()))
        .collect();
    let first = truth.bridges[0].stays.iter().min_by_key(|presence| presence.allocated_ms).unwrap();
    for (stamp, poll) in stamps.iter().zip(&first.polls) {
        assert!((poll.at_ms..poll.at_ms + 50).contains(stamp), "{stamp} {poll:?}");
    }
    for pair in stamps.windows(2) {
        assert!((4_900..5_100).contains(&(pair[1] - pair[0])), "{pair:?}");
    }
}

#[test]
fn log_lines_of_bridges_have_the_prefix_of_the_meeting_id() {
    let (call, truth) = simulated(&scenario(Lines::Enveloped, false));
    let lines = content(&call, &truth.bridges[0].server).into_iter();
    let texts: Vec<String> = lines
        .filter_map(|(_, line)| if let Line::Logs(texts, _) = line { Some(texts) } else { None })
        .flatten()
        .collect();
    let (begin, _) = call.truth.meeting_id.split_once('-').unwrap();
    let short = format!("meeting_id={begin}]");
    let connected: Vec<&String> = texts.iter().filter(|text| text.ends_with(": ICE connected")).collect();
    assert_eq!(connected.len(), 4);
    assert!(texts.iter().all(|text| text.starts_with("JVB ")));
    assert!(texts.iter().filter(|text| text.contains("Recent speakers")).all(|text| text.contains(&short)));
    assert!(texts.iter().any(|text| text.ends_with("Expired.")));
}
