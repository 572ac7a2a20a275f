//! The report of the conference as a whole: its identity and time, its files, and the summary sentences.

use std::collections::BTreeSet;

use super::{address, grouping};
use crate::clocks::is_restamped;
use crate::extract::Extract;
use crate::judge;
use crate::model::Identity;
use crate::participants::participant_key;
use crate::problems::ProblemKind;
use crate::report::{Clock, Conference, FileReport, Finding, Participant, Server};
use crate::sessions::session_id;
use crate::time_span::TimeSpan;
use crate::wording::duration;

/// The identity, times and counts of a conference. Values of clients precede those of servers.
pub(crate) fn conference(extracts: &[&Extract], participants: &[Participant]) -> Conference {
    // Dumps of clients contain the address and the deployment; those of servers contain the XMPP name of the room.
    let mut ordered: Vec<&&Extract> = extracts.iter().collect();
    ordered.sort_by_key(|extract| !extract.file.is_client);
    let first = |of: fn(&Identity) -> &Option<String>| {
        ordered.iter().find_map(|extract| of(&extract.identity).clone())
    };
    let presences: Vec<TimeSpan> = participants
        .iter()
        .flat_map(|participant| &participant.presences)
        .map(|presence| TimeSpan::new(presence.from_ms, presence.to_ms))
        .collect();
    let whole = presences.iter().copied().reduce(TimeSpan::union);
    let url = first(|identity| &identity.url).map(|url| address::without_query(&url).to_owned());
    let tenant = url.as_deref().and_then(address::tenant);
    let breakout = ordered.iter().find_map(|extract| extract.identity.breakout);
    let customer_id = first(|identity| &identity.customer_id);
    let meeting_id = first(|identity| &identity.meeting_id);
    let room = first(|identity| &identity.room);
    let file_id = extracts.first().map(|extract| participant_key(extract)).unwrap_or_default();
    Conference {
        id: meeting_id.clone().or_else(|| url.clone()).or_else(|| room.clone()).unwrap_or(file_id),
        room,
        url,
        meeting_id,
        start_ms: whole.map(|span| span.from_ms),
        end_ms: whole.map(|span| span.to_ms),
        duration_ms: whole.map(TimeSpan::duration_ms),
        environment: first(|identity| &identity.environment),
        region: first(|identity| &identity.region),
        shard: first(|identity| &identity.shard),
        tenant: tenant.as_ref().map(|(tenant, _)| tenant.clone()),
        customer_id: customer_id.or_else(|| tenant.map(|(_, id)| id)),
        is_breakout: breakout,
        breakout_id: first(|identity| &identity.breakout_id).filter(|_| breakout == Some(true)),
        parent_id: None,
        sender_contradictions: 0,
        participant_count: u32::try_from(participants.len()).unwrap_or(u32::MAX),
        peak_participants: grouping::peak(&presences),
        quality: None,
    }
}

/// The report of a dump's file, with the problems that only a comparison with other dumps shows.
pub(crate) fn file_report(extract: &Extract, clock: Option<Clock>, is_copy: bool) -> FileReport {
    let mut problems = extract.problems.clone();
    if is_restamped(extract) {
        problems.add(ProblemKind::RestampedHeader, 1);
    }
    if is_copy {
        problems.note(ProblemKind::SameContent);
    }
    FileReport {
        name: extract.file.name.clone(),
        format: Some(extract.file.format.clone()),
        bytes: extract.file.bytes,
        text_bytes: extract.file.text_bytes,
        lines: extract.file.lines,
        session_id: session_id(extract),
        clock,
        problems: problems.to_report(),
    }
}

/// The summary of a conference, one sentence an item: size and duration, findings, participants without dumps, damaged dumps.
pub(crate) fn summary(
    conference: &Conference,
    findings: &[Finding],
    servers: &[Server],
    participants: &[Participant],
    files: &[FileReport],
) -> Vec<String> {
    let count = conference.participant_count;
    let participants_text =
        if count == 1 { "1 participant".to_owned() } else { format!("{count} participants") };
    let mut lines = vec![match conference.duration_ms {
        Some(ms) => format!("{participants_text} over {}.", duration(ms)),
        None => format!("{participants_text}."),
    }];
    let with_dumps = participants.iter().filter(|participant| participant.has_dump).count();
    if with_dumps > 0 {
        lines.extend(judge::summary(findings));
    }
    if with_dumps < participants.len() {
        let products: BTreeSet<&str> =
            servers.iter().filter(|server| server.polls > 0).map(product).collect();
        let products: Vec<&str> = products.into_iter().collect();
        let without_dumps = match (participants.len() - with_dumps, with_dumps) {
            (_, 0) => "No participant left a dump".to_owned(),
            (1, _) => "1 of them left no dump".to_owned(),
            (without, _) => format!("{without} of them left no dump"),
        };
        lines
            .push(format!("{without_dumps}: their data comes from the dumps of {}.", products.join(" and ")));
    }
    let lost = files.iter().filter(|file| file.loses_data()).count();
    if lost > 0 {
        let files = if lost == 1 { "1 dump is".to_owned() } else { format!("{lost} dumps are") };
        lines.push(format!("{files} damaged: the report covers only the readable part."));
    }
    lines
}

/// The name of a server's product as Jitsi writes it.
fn product(server: &Server) -> &str {
    match server.kind.as_str() {
        "jvb" => "JVB",
        "jicofo" => "Jicofo",
        "jigasi" => "Jigasi",
        "jibri" => "Jibri",
        other => other,
    }
}
