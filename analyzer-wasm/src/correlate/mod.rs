//! Makes calls of dumps: which belong together, who is who, and what time it was for everybody.

mod alignment;
mod chart;
mod clock;
mod frame;
mod group;
mod links;
mod name;
mod participant;
mod person;
mod senders;

pub use chart::ChartColumn;

use crate::extract::Extract;
use crate::judge;
use crate::model::SourceKind;
use crate::protocol::{ChartMetric, Overview};
use crate::report::{Conference, Event, FileReport, Finding, REPORT_VERSION, Report, Reports, Server};
use person::Person;
use senders::Senders;

/// Every dump that was given, and the reports made of them.
#[derive(Debug, Default)]
pub struct Calls {
    extracts: Vec<Extract>,
    calls: Vec<Call>,
    reports: Vec<Report>,
}

/// One conference's dumps, as indexes of the extracts.
#[derive(Debug)]
struct Call {
    people: Vec<Person>,
}

impl Calls {
    /// Adds a dump; the order does not matter.
    pub fn add(&mut self, extract: Extract) {
        self.extracts.push(extract);
    }

    /// Builds the reports, newest conference first.
    pub fn conclude(&mut self) {
        // The order in which files finish must not show anywhere.
        self.extracts.sort_by(|a, b| {
            let key =
                |extract: &Extract| (extract.file.name.clone(), extract.file.bytes, extract.file.text_bytes);
            // Of equal files in all of this, such as parts of one name from two folders, the content decides.
            key(a).cmp(&key(b)).then_with(|| a.to_bytes().cmp(&b.to_bytes()))
        });
        let mut made: Vec<(Call, Report)> = group::conferences(&self.extracts)
            .into_iter()
            .map(|members| {
                let people = person::people(&self.extracts, &members);
                let report = self.report(&members, &people);
                (Call { people }, report)
            })
            .collect();
        made.sort_by(|(_, a), (_, b)| {
            let start = |report: &Report| report.conference.start_ms.unwrap_or(f64::NEG_INFINITY);
            start(b).total_cmp(&start(a)).then_with(|| a.conference.id.cmp(&b.conference.id))
        });
        (self.calls, self.reports) = made.into_iter().unzip();
    }

    /// The reports that [`Self::conclude`] built.
    #[must_use]
    pub fn reports(&self) -> &[Report] {
        &self.reports
    }

    /// The conferences' ids, in the reports' order.
    #[must_use]
    pub fn conference_ids(&self) -> Vec<&str> {
        self.reports.iter().map(|report| report.conference.id.as_str()).collect()
    }

    /// Leaves only the report of this conference; says whether there is one.
    pub fn keep_only(&mut self, conference_id: &str) -> bool {
        let Some(at) = self.reports.iter().position(|report| report.conference.id == conference_id) else {
            return false;
        };
        self.reports = vec![self.reports.swap_remove(at)];
        self.calls = vec![self.calls.swap_remove(at)];
        true
    }

    /// What the page shows.
    #[must_use]
    pub fn overviews(&self) -> Vec<Overview> {
        self.reports
            .iter()
            .map(|report| Overview {
                conference: report.conference.clone(),
                summary: report.summary.clone(),
                participants: report.participants.clone(),
                files: report.files.clone(),
            })
            .collect()
    }

    /// The report, or the list of reports, as JSON text; `null` where there is none.
    #[must_use]
    pub fn report_json(&self) -> String {
        let text = match self.reports.as_slice() {
            [one] => serde_json::to_string_pretty(one),
            many => {
                serde_json::to_string_pretty(&Reports { version: REPORT_VERSION, reports: many.to_vec() })
            }
        };
        text.unwrap_or_else(|_| "null".to_owned())
    }

    /// One chart's lines; none where the conference or the participant is not there.
    #[must_use]
    pub fn chart(&self, conference: usize, participant: &str, metric: ChartMetric) -> Vec<ChartColumn> {
        let person = self
            .calls
            .get(conference)
            .and_then(|call| call.people.iter().find(|person| person.key == participant));
        person.map(|person| chart::columns(&self.extracts, person, metric)).unwrap_or_default()
    }

    fn report(&self, members: &[usize], people: &[Person]) -> Report {
        let extracts: Vec<&Extract> = members.iter().filter_map(|index| self.extracts.get(*index)).collect();
        let participants: Vec<_> = people.iter().map(|person| person.report(&self.extracts)).collect();
        let mut events: Vec<Event> = people.iter().flat_map(|person| person.events(&self.extracts)).collect();
        events.sort_by(|a, b| {
            let key = |event: &Event| (event.file.clone(), event.line);
            a.at_ms.total_cmp(&b.at_ms).then_with(|| key(a).cmp(&key(b)))
        });
        let senders = Senders::new(&self.extracts, people);
        let findings = judge::judge(&frame::frame(&self.extracts, people, &participants, &senders));
        let conference = conference(&extracts, &participants);
        let servers: Vec<Server> = extracts.iter().filter_map(|extract| server(extract)).collect();
        let summary = summary(&conference, &findings, &servers, &extracts);
        Report {
            version: REPORT_VERSION,
            generator: format!("rtcscope {}", env!("CARGO_PKG_VERSION")),
            summary,
            conference,
            participants,
            servers,
            links: links::links(&self.extracts, people, &senders),
            impact: Vec::new(),
            events,
            findings,
            rules: judge::rules(),
            files: extracts.iter().map(|extract| file_report(extract)).collect(),
        }
    }
}

fn conference(extracts: &[&Extract], participants: &[crate::report::Participant]) -> Conference {
    // Clients know the address and the deployment; servers know the room by its XMPP name.
    let mut ordered: Vec<&&Extract> = extracts.iter().collect();
    ordered.sort_by_key(|extract| !extract.file.is_client);
    let first = |of: fn(&crate::model::Identity) -> &Option<String>| {
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

fn server(extract: &Extract) -> Option<Server> {
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

fn file_report(extract: &Extract) -> FileReport {
    let mut problems = extract.problems.clone();
    if clock::is_restamped(extract) {
        problems.add(crate::problems::ProblemKind::RestampedHeader, 1);
    }
    FileReport {
        name: extract.file.name.clone(),
        format: extract.file.format.clone(),
        bytes: extract.file.bytes,
        text_bytes: extract.file.text_bytes,
        lines: extract.file.lines,
        session_id: name::session_id(extract),
        problems: problems.to_report(),
    }
}

/// The call in words.
fn summary(
    conference: &Conference,
    findings: &[Finding],
    servers: &[Server],
    extracts: &[&Extract],
) -> Vec<String> {
    let people = conference.participant_count;
    let who = if people == 1 { "1 participant".to_owned() } else { format!("{people} participants") };
    let mut lines = vec![match conference.duration_ms {
        Some(ms) => format!("{who} over {}.", name::duration(ms)),
        None => format!("{who}."),
    }];
    if people > 0 {
        lines.extend(judge::summary(findings));
    }
    let lost = extracts.iter().filter(|extract| file_report(extract).loses_data()).count();
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
