//! The senders of received streams, from all dumps, and from one client's dump with the servers' dumps.

use analyzer_wasm::report::{Direction, Report};

use simulator::TrueSource;

use super::{Mismatches, SimulatedCase, cases, report_of};

/// The report of one person's dumps and the servers' dumps. Lines of the client dump that name other endpoints are
/// removed.
fn one_and_servers(case: &SimulatedCase, person: usize) -> Report {
    let others: Vec<&str> = case
        .call
        .truth
        .people
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != person)
        .flat_map(|(_, other)| other.presences.iter().map(|presence| presence.endpoint_id.as_str()))
        .collect();
    let own: Vec<(&String, Vec<u8>)> = case
        .call
        .dumps
        .iter()
        .filter(|dump| dump.person == person)
        .map(|dump| {
            let text = std::str::from_utf8(&dump.bytes).unwrap();
            let kept = text.lines().filter(|line| !others.iter().any(|id| line.contains(id)));
            (&dump.name, kept.collect::<Vec<_>>().join("\n").into_bytes())
        })
        .collect();
    let own = own.iter().map(|(name, bytes)| (*name, bytes));
    report_of(own.chain(case.call.servers.iter().map(|dump| (&dump.name, &dump.bytes))))
}

/// Whether a server's dump contains a source: a poll of the focus after the announcement of its owner, for a screen one
/// while it was shared.
fn is_reported(case: &SimulatedCase, source: &TrueSource) -> bool {
    let member = case.truth.members.iter().find(|member| member.endpoint_id == source.endpoint_id).unwrap();
    let shares = |at_ms: u64| member.screen.iter().any(|time| (time.from_ms..time.to_ms).contains(&at_ms));
    let is_screen = source.video_type.as_deref() == Some("desktop");
    let polls = case.truth.focus.polls.iter().filter(|poll| poll.written).map(|poll| poll.at_ms);
    let there = member.published_ms..member.left_ms;
    polls.filter(|at_ms| there.contains(at_ms)).any(|at_ms| !is_screen || shares(at_ms))
}

/// Compares the sender of every received stream. Returns the number of right and of unknown senders.
fn compare(
    case: &SimulatedCase,
    report: &Report,
    reported: &dyn Fn(&TrueSource) -> bool,
    what: &str,
    wrong: &mut Mismatches,
) -> (usize, usize) {
    let (mut right, mut unknown) = (0, 0);
    for participant in &report.participants {
        let streams = participant.connections.iter().flat_map(|connection| &connection.streams);
        for stream in streams.filter(|stream| stream.direction == Direction::Inbound) {
            let ssrc = stream.ssrc.unwrap();
            let mut sources = case.truth.sources.iter().filter(|source| source.ssrc == ssrc);
            let source = sources.next().unwrap_or_else(|| panic!("{what}: no source has {ssrc}"));
            let Some(sender) = &stream.sender else {
                unknown += 1;
                wrong.unless(!reported(source), || format!("{what}: {ssrc}, {}, is unknown", source.name));
                continue;
            };
            let sender = report.participants.iter().find(|person| person.key == *sender).unwrap();
            let is = sender.endpoint_ids.contains(&source.endpoint_id);
            wrong.unless(is, || {
                format!("{what}: {ssrc} of {} is attributed to {}", source.endpoint_id, sender.key)
            });
            right += usize::from(is);
        }
    }
    (right, unknown)
}

#[test]
fn with_all_dumps_every_stream_has_its_sender() {
    let (mut compared, mut wrong) = (0, Mismatches::default());
    for case in cases() {
        let what = format!("seed {}", case.seed);
        let (right, _) = compare(case, &case.all, &|_| true, &what, &mut wrong);
        compared += right;
        let contradictions = case.all.conference.sender_contradictions;
        wrong.unless(contradictions == 0, || format!("{what}: {contradictions} contradictions"));
    }
    wrong.conclude();
    assert!(compared > 500, "{compared}");
}

#[test]
fn with_one_dump_senders_come_from_the_servers() {
    let (mut compared, mut unknown, mut wrong) = (0, 0, Mismatches::default());
    for case in cases() {
        for person in [0, case.scenario.people.len() - 1] {
            if !case.call.dumps.iter().any(|dump| dump.person == person) {
                continue;
            }
            let report = one_and_servers(case, person);
            let what = format!("seed {}, only {person}", case.seed);
            let (right, not_known) =
                compare(case, &report, &|source| is_reported(case, source), &what, &mut wrong);
            compared += right;
            unknown += not_known;
            let contradictions = report.conference.sender_contradictions;
            wrong.unless(contradictions == 0, || format!("{what}: {contradictions} contradictions"));
            wrong.unless(report.participants.len() == case.were_there().len(), || {
                format!("{what}: {} people", report.participants.len())
            });
        }
    }
    wrong.conclude();
    println!("{compared} senders are known from the servers, {unknown} are not");
    assert!(compared > 200 && unknown * 20 < compared, "{compared}, {unknown} unknown");
}
