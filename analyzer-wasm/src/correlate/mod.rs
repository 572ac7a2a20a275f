//! Makes calls of dumps: which belong together, who is who, and what time it was for everybody.

mod alignment;
mod chart;
mod clock;
mod conference;
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
use crate::protocol::{ChartMetric, Overview};
use crate::report::{Event, REPORT_VERSION, Report, Reports, Server};
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
        let conference = conference::conference(&extracts, &participants);
        let servers: Vec<Server> =
            extracts.iter().filter_map(|extract| conference::server(extract)).collect();
        let summary = conference::summary(&conference, &findings, &servers, &extracts);
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
            files: extracts.iter().map(|extract| conference::file_report(extract)).collect(),
        }
    }
}
