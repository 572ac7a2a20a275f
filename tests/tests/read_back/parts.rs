//! The parts of a server's dump give the report that one file with the same lines gives.

use analyzer_wasm::report::{Participant, Report};
use e2e::driver;
use simulator::{Bridge, Call, Form, Lines, Scenario, Servers, Spelling, TimeRange, simulate};

use crate::short;

/// Four participants on one bridge; one leaves, one joins late, one mutes and shares the screen.
fn scenario(form: Lines) -> Scenario {
    let mut scenario = short(61, 4, false, Some(2_000));
    scenario.people[1].presences[0].time.to_ms = 130_500;
    scenario.people[2].presences[0].time.from_ms = 71_000;
    scenario.people[0].audio_muted.push(TimeRange { from_ms: 60_000, to_ms: 100_000 });
    scenario.people[0].screen.push(TimeRange { from_ms: 90_000, to_ms: 150_000 });
    let mut servers = Servers::without_faults(4, vec![Bridge::new("one", form, Spelling::Debug)]);
    servers.bridges[0].logs = true;
    servers.focus.host.lines = form;
    scenario.servers = Some(servers);
    scenario
}

/// The text of a file.
fn text<'a>(call: &'a Call, file: &str) -> &'a str {
    let dump = call.servers.iter().find(|dump| dump.name == file).unwrap();
    std::str::from_utf8(&dump.bytes).unwrap()
}

fn of_servers(call: &Call) -> Report {
    driver::report(call.servers.iter().map(|dump| (&dump.name, &dump.bytes))).unwrap()
}

/// The participants without the names of files.
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

/// Parts give the report of one file with the same lines: that of the uncut dump, except for the polls in the cut.
#[test]
fn an_analyzer_reads_parts_as_the_whole_less_the_cut() {
    // There are no joins, leaves or mutes in this range.
    const QUIET: TimeRange = TimeRange { from_ms: 103_000, to_ms: 116_000 };
    for form in [Lines::Enveloped, Lines::Requests, Lines::Bare] {
        let uncut = scenario(form);
        let mut cut = uncut.clone();
        let servers = cut.servers.as_mut().unwrap();
        for host in [&mut servers.focus.host, &mut servers.bridges[0].host] {
            host.cuts.push(QUIET);
        }
        let [whole_call, call] = [uncut, cut].map(|scenario| simulate(&scenario, Form::Plain));
        let truth = call.truth.servers.clone().unwrap();
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
        let joined = driver::report(sessions.iter().map(|(name, text)| (*name, text.as_bytes()))).unwrap();
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
