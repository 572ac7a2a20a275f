//! What the report says of the call as a whole: its name and time, its servers, its files, the call in words.

use super::{clock as stamps, group, name};
use crate::extract::Extract;
use crate::judge;
use crate::model::{Identity, SourceKind};
use crate::problems::ProblemKind;
use crate::report::{Clock, Conference, FileReport, Finding, Participant, Server};

pub(super) fn conference(extracts: &[&Extract], participants: &[Participant]) -> Conference {
    // Clients know the address and the deployment; servers know the room by its XMPP name.
    let mut ordered: Vec<&&Extract> = extracts.iter().collect();
    ordered.sort_by_key(|extract| !extract.file.is_client);
    let first = |of: fn(&Identity) -> &Option<String>| {
        ordered.iter().find_map(|extract| of(&extract.identity).clone())
    };
    let presences: Vec<(f64, f64)> = participants
        .iter()
        .flat_map(|participant| &participant.presences)
        .map(|presence| (presence.from_ms, presence.to_ms))
        .collect();
    let start_ms = presences.iter().map(|(from, _)| *from).reduce(f64::min);
    let end_ms = presences.iter().map(|(_, to)| *to).reduce(f64::max);
    let url = first(|identity| &identity.url).map(|url| name::without_query(&url).to_owned());
    let meeting_id = first(|identity| &identity.meeting_id);
    let room = first(|identity| &identity.room);
    let file_id = extracts.first().map(|extract| name::participant_key(extract)).unwrap_or_default();
    Conference {
        id: meeting_id.clone().or_else(|| url.clone()).or_else(|| room.clone()).unwrap_or(file_id),
        room,
        url,
        meeting_id,
        start_ms,
        end_ms,
        duration_ms: start_ms.zip(end_ms).map(|(start, end)| end - start),
        environment: first(|identity| &identity.environment),
        region: first(|identity| &identity.region),
        shard: first(|identity| &identity.shard),
        participant_count: u32::try_from(participants.len()).unwrap_or(u32::MAX),
        peak_participants: group::peak(&presences),
        quality: None,
    }
}

pub(super) fn server(extract: &Extract) -> Option<Server> {
    let kind = match extract.identity.kind? {
        SourceKind::Client => return None,
        SourceKind::Jvb => "jvb",
        SourceKind::Jicofo => "jicofo",
        SourceKind::Jigasi => "jigasi",
        SourceKind::Jibri => "jibri",
    };
    Some(Server {
        kind: kind.to_owned(),
        name: extract.identity.display_name.clone(),
        version: extract.identity.release.clone(),
        region: extract.identity.region.clone(),
        file: extract.file.name.clone(),
    })
}

pub(super) fn file_report(extract: &Extract, clock: Option<Clock>) -> FileReport {
    let mut problems = extract.problems.clone();
    if stamps::is_restamped(extract) {
        problems.add(ProblemKind::RestampedHeader, 1);
    }
    FileReport {
        name: extract.file.name.clone(),
        format: extract.file.format.clone(),
        bytes: extract.file.bytes,
        text_bytes: extract.file.text_bytes,
        lines: extract.file.lines,
        session_id: name::session_id(extract),
        clock,
        problems: problems.to_report(),
    }
}

/// The call in words.
pub(super) fn summary(
    conference: &Conference,
    findings: &[Finding],
    servers: &[Server],
    files: &[FileReport],
) -> Vec<String> {
    let people = conference.participant_count;
    let who = if people == 1 { "1 participant".to_owned() } else { format!("{people} participants") };
    let mut lines = vec![match conference.duration_ms {
        Some(ms) => format!("{who} over {}.", judge::duration(ms)),
        None => format!("{who}."),
    }];
    if people > 0 {
        lines.extend(judge::summary(findings));
    }
    let lost = files.iter().filter(|file| file.loses_data()).count();
    if lost > 0 {
        let files = if lost == 1 { "1 dump is".to_owned() } else { format!("{lost} dumps are") };
        lines.push(format!("{files} damaged: what follows rests on what could be read."));
    }
    lines.extend(servers.iter().map(|server| {
        let name = server.name.as_ref().map(|name| format!(" of {name}")).unwrap_or_default();
        let product = name::product(&server.kind);
        format!("{} is a {product} dump{name}: it is listed, not analyzed yet.", server.file)
    }));
    lines
}
