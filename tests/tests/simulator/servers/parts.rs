//! How dumps are stored: headers, parts after cuts, and what is lost between them.

use std::collections::BTreeSet;

use analyzer_wasm::report::{Participant, Report};
use e2e::scoring::report_of_files;
use e2e::simulator::{Call, Lines, Scenario, Spelling, Stretch, TrueMember, TrueServer, TrueServers};
use serde_json::{Value, json};

use super::stored::{Line, Stamped, all_lines, lines, text};
use super::{happened, lively, of};

const CUT: Stretch = Stretch { from_ms: 120_000, to_ms: 133_000 };

fn scenario(form: Lines, cut: bool) -> Scenario {
    let mut scenario = lively(61, 4, form, Spelling::Debug);
    let servers = of(&mut scenario);
    servers.bridges[0].logs = true;
    for host in [&mut servers.focus.host, &mut servers.bridges[0].host] {
        host.lines = form;
        host.cuts.extend(cut.then_some(CUT));
    }
    scenario
}

/// What is in a dump beside its headers.
fn content(call: &Call, server: &TrueServer) -> Vec<Stamped> {
    let lines = all_lines(call, server, &server.dumps[0]).into_iter();
    lines.filter(|(_, line)| !matches!(line, Line::Header(_))).collect()
}

#[test]
fn parts_are_the_whole_less_what_was_pushed_into_the_cut() {
    for form in [Lines::Enveloped, Lines::Requests, Lines::Bare] {
        let (whole_call, whole) = happened(&scenario(form, false));
        let (call, truth) = happened(&scenario(form, true));
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
        assert_eq!(call.dumps, whole_call.dumps, "clients do not feel it");
    }
}

/// A pusher goes on after a cut as if nothing had happened: no identity, no whole state.
#[test]
fn a_later_part_begins_in_the_middle() {
    for form in [Lines::Enveloped, Lines::Requests, Lines::Bare] {
        let (call, truth) = happened(&scenario(form, true));
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

fn of_servers(call: &Call) -> Report {
    report_of_files(call.servers.iter().map(|dump| (&dump.name, &dump.bytes))).unwrap()
}

/// Everybody without the names of files.
fn people(report: &Report) -> Vec<Participant> {
    let mut people = report.participants.clone();
    for person in &mut people {
        person.presences.iter_mut().for_each(|presence| presence.file.clear());
        person.bridge.iter_mut().for_each(|bridge| bridge.files.clear());
        person.focus.iter_mut().for_each(|focus| focus.files.clear());
        for interval in &mut person.activity.intervals {
            interval.file.clear();
            interval.line = 0;
        }
    }
    people
}

/// The parts tell what they would in one file, and that is what the uncut dump tells but for the polls in the cut.
#[test]
fn an_analyzer_reads_parts_as_the_whole_less_the_cut() {
    // Nobody comes, leaves or mutes then.
    const QUIET: Stretch = Stretch { from_ms: 103_000, to_ms: 116_000 };
    for form in [Lines::Enveloped, Lines::Requests, Lines::Bare] {
        let uncut = scenario(form, false);
        let mut cut = uncut.clone();
        let servers = of(&mut cut);
        for host in [&mut servers.focus.host, &mut servers.bridges[0].host] {
            host.cuts.push(QUIET);
        }
        let (whole_call, _) = happened(&uncut);
        let (call, truth) = happened(&cut);
        assert_eq!((call.servers.len(), whole_call.servers.len()), (4, 2));
        let parts = of_servers(&call);
        assert!(
            parts
                .files
                .iter()
                .all(|file| file.problems.iter().all(|problem| problem.kind != "no-base-state"))
        );
        let sessions = [&truth.bridges[0].server, &truth.focus.server].map(|server| {
            let files = server.dumps[0].parts.iter().enumerate().map(|(number, part)| {
                let text = text(&call, &part.file);
                let header = number > 0 && form != Lines::Requests;
                if header { text.split_once('\n').unwrap().1 } else { text }
            });
            (server.dumps[0].parts[0].file.as_str(), files.collect::<String>())
        });
        let joined = report_of_files(sessions.iter().map(|(name, text)| (*name, text.as_bytes()))).unwrap();
        assert_eq!(people(&parts), people(&joined), "{form:?}");

        let whole = of_servers(&whole_call);
        assert_eq!(parts.participants.len(), whole.participants.len());
        for (person, before) in people(&parts).iter().zip(&people(&whole)) {
            assert_eq!((&person.key, &person.stats_id), (&before.key, &before.stats_id));
            assert_eq!((&person.presences, &person.focus), (&before.presences, &before.focus), "{form:?}");
            let (bridge, known) = (person.bridge.as_ref().unwrap(), before.bridge.as_ref().unwrap());
            let stay = truth.bridges[0].stays.iter().find(|stay| stay.endpoint_id == person.key).unwrap();
            let lost = stay.polls.iter().filter(|poll| !poll.written).count() as u64;
            assert_eq!(bridge.polls + lost, known.polls);
            assert!(lost >= 2);
            assert_eq!(
                (&bridge.ice_state, &bridge.dtls_state, &bridge.sctp_state, bridge.oversending_ms),
                (&known.ice_state, &known.dtls_state, &known.sctp_state, known.oversending_ms)
            );
            assert_eq!(
                (bridge.messages_received, bridge.messages_sent, bridge.messages_dropped),
                (known.messages_received, known.messages_sent, known.messages_dropped)
            );
            for (rate, known) in [(bridge.receive_bps, known.receive_bps), (bridge.send_bps, known.send_bps)]
            {
                let (rate, known) = (rate.unwrap(), known.unwrap());
                assert!((rate - known).abs() < known * 0.1, "{rate} and {known}");
            }
        }
    }
}

#[test]
fn identities_list_everybody_who_was_ever_there() {
    let (call, truth) = happened(&scenario(Lines::Enveloped, false));
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
    assert_eq!(members(|member| &member.stats_id), listed(0), "bridges name generated ids");
    assert_eq!(members(|member| &member.endpoint_id), listed(1), "the focus names endpoints");
}

#[test]
fn stamps_follow_the_polls() {
    let (call, truth) = happened(&scenario(Lines::Enveloped, false));
    let server = &truth.bridges[0].server;
    let stamps: Vec<u64> = content(&call, server)
        .into_iter()
        .filter_map(|(stamp, line)| matches!(line, Line::Change(_)).then(|| stamp.unwrap()))
        .collect();
    let first = truth.bridges[0].stays.iter().min_by_key(|stay| stay.allocated_ms).unwrap();
    for (stamp, poll) in stamps.iter().zip(&first.polls) {
        assert!((poll.at_ms..poll.at_ms + 50).contains(stamp), "{stamp} {poll:?}");
    }
    for pair in stamps.windows(2) {
        assert!((4_900..5_100).contains(&(pair[1] - pair[0])), "{pair:?}");
    }
}

#[test]
fn a_bridges_lines_name_the_beginning_of_the_meetings_id() {
    let (call, truth) = happened(&scenario(Lines::Enveloped, false));
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
