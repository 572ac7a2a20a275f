//! Makes calls of dumps: which belong together, who is who, and what time it was for everybody.

mod agreement;
mod alignment;
mod cast;
mod chart;
mod clock;
mod conference;
mod dump;
mod facets;
mod frame;
mod group;
mod intervals;
mod links;
mod logs;
mod marks;
mod name;
mod parents;
mod participant;
mod person;
mod reporters;
mod resume;
mod seen;
mod senders;
mod server_clock;
mod server_witness;
mod servers;
mod source_names;
mod stitch;
mod timeline;
mod trend;

pub use chart::ChartColumn;

use std::collections::BTreeMap;

use crate::extract::Extract;
use crate::judge;
use crate::model::Identity;
use crate::report::{
    Connection, LogPage, LogQuery, LogSummary, Participant, REPORT_VERSION, Report, Reports, Stream,
};
use crate::wire::{ChartMetric, Overview};
use cast::Cast;
use dump::Dump;
use parents::Parents;
use person::Person;
use resume::Alone;
use senders::Senders;
use server_clock::ServerClocks;
use stitch::Sessions;

/// Every dump that was given, and the reports made of them.
#[derive(Debug, Default)]
pub struct Calls {
    extracts: Vec<Extract>,
    /// The giver's numbers of the extracts.
    numbers: Vec<u32>,
    /// What parts of sessions said of themselves, before they were told what the others say; by number.
    said: Vec<(u32, Identity)>,
    /// What was read of them alone, before they were read with others; by number.
    alone: Vec<(u32, Alone)>,
    calls: Vec<Call>,
    reports: Vec<Report>,
}

/// One conference's dumps, as indexes of the extracts, and what the report does not hold of it.
#[derive(Debug)]
struct Call {
    members: Vec<usize>,
    people: Vec<Person>,
    senders: Senders,
    trends: Vec<f32>,
    servers: Vec<servers::ServerDump>,
}

impl Call {
    fn dumps<'a>(&'a self, extracts: &'a [Extract]) -> Vec<Dump<'a>> {
        dump::dumps(extracts, &self.people, &self.servers)
    }
}

impl Calls {
    /// Adds a dump; the order does not matter.
    pub fn add(&mut self, extract: Extract) {
        let number = self.numbers.iter().max().map_or(0, |last| last.saturating_add(1));
        self.add_as(number, extract);
    }

    /// Adds a dump under the giver's own number.
    pub fn add_as(&mut self, number: u32, extract: Extract) {
        self.extracts.push(extract);
        self.numbers.push(number);
    }

    /// Drops the dumps of these numbers, and builds the reports without them.
    pub fn forget(&mut self, numbers: &[u32]) {
        let dumps = std::mem::take(&mut self.extracts).into_iter().zip(std::mem::take(&mut self.numbers));
        (self.extracts, self.numbers) = dumps.filter(|(_, number)| !numbers.contains(number)).unzip();
        self.conclude();
    }

    /// Builds the reports, newest conference first.
    pub fn conclude(&mut self) {
        self.take_back();
        // The order in which files finish must not show anywhere.
        let mut dumps: Vec<(Extract, u32)> =
            std::mem::take(&mut self.extracts).into_iter().zip(std::mem::take(&mut self.numbers)).collect();
        dumps.sort_by(|(a, _), (b, _)| {
            let key =
                |extract: &Extract| (extract.file.name.clone(), extract.file.bytes, extract.file.text_bytes);
            // Of equal files in all of this, such as parts of one name from two folders, the content decides.
            key(a).cmp(&key(b)).then_with(|| a.to_bytes().cmp(&b.to_bytes()))
        });
        (self.extracts, self.numbers) = dumps.into_iter().unzip();
        let copies = stitch::copies(&self.extracts);
        let (sessions, before) = Sessions::stitch(&mut self.extracts, &copies);
        let number = |at: usize| self.numbers.get(at).copied();
        self.said = before.said.into_iter().filter_map(|(at, said)| Some((number(at)?, said))).collect();
        self.alone = before.alone.into_iter().filter_map(|(at, alone)| Some((number(at)?, alone))).collect();
        let conferences = group::conferences(&self.extracts, &sessions, &copies).into_iter();
        let mut made: Vec<(Call, Report)> =
            conferences.map(|members| self.made(members, &sessions, &copies)).collect();
        let mut parents = Parents::default();
        for (call, report) in &made {
            parents.add(&self.extracts, &call.members, &report.conference.id);
        }
        for (_, report) in &mut made {
            report.conference.parent_id = parents.of(&report.conference.id);
        }
        made.sort_by(|(_, a), (_, b)| {
            let start = |report: &Report| report.conference.start_ms.unwrap_or(f64::NEG_INFINITY);
            start(b).total_cmp(&start(a)).then_with(|| a.conference.id.cmp(&b.conference.id))
        });
        (self.calls, self.reports) = made.into_iter().unzip();
    }

    /// A part's sibling may be gone since it was last concluded.
    fn take_back(&mut self) {
        for (number, said) in std::mem::take(&mut self.said) {
            let extract = self.numbers.iter().position(|known| *known == number);
            if let Some(extract) = extract.and_then(|at| self.extracts.get_mut(at)) {
                extract.identity = said;
            }
        }
        for (number, alone) in std::mem::take(&mut self.alone) {
            let extract = self.numbers.iter().position(|known| *known == number);
            if let Some(extract) = extract.and_then(|at| self.extracts.get_mut(at)) {
                alone.put_back(extract);
            }
        }
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

    /// What the page shows; [`Self::trends`] go with it.
    #[must_use]
    pub fn overviews(&self) -> Vec<Overview> {
        let pairs = self.reports.iter().zip(&self.calls);
        pairs
            .map(|(report, call)| Overview {
                conference: report.conference.clone(),
                summary: report.summary.clone(),
                findings: report.findings.clone(),
                rules: report.rules.clone(),
                limits: judge::limits(),
                participants: report.participants.iter().map(without_connections).collect(),
                servers: report.servers.clone(),
                marks: marks::of(report),
                files: report.files.clone(),
                numbers: call.members.iter().filter_map(|index| self.numbers.get(*index)).copied().collect(),
            })
            .collect()
    }

    /// The trends of all conferences, as [`crate::wire::Trend`] orders them.
    pub fn trends(&self) -> impl Iterator<Item = f32> + '_ {
        self.calls.iter().flat_map(|call| &call.trends).copied()
    }

    /// A participant's connections; none where the conference or the participant is not there.
    #[must_use]
    pub fn connections(&self, conference: usize, participant: &str) -> Vec<Connection> {
        let report = self.reports.get(conference);
        let person = report.and_then(|report| report.participants.iter().find(|one| one.key == participant));
        person.map(|person| person.connections.clone()).unwrap_or_default()
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
        let Some(call) = self.calls.get(conference) else { return Vec::new() };
        let Some(index) = call.people.iter().position(|person| person.key == participant) else {
            return Vec::new();
        };
        chart::columns(&self.extracts, &call.people, index, &call.senders, metric)
    }

    /// Console lines of a conference; none where it is not there.
    #[must_use]
    pub fn search_logs(&self, conference: usize, query: &LogQuery) -> LogPage {
        let call = self.calls.get(conference);
        call.map(|call| logs::search(&call.dumps(&self.extracts), query)).unwrap_or_default()
    }

    fn made(
        &self,
        mut members: Vec<usize>,
        sessions: &Sessions,
        copies: &BTreeMap<usize, usize>,
    ) -> (Call, Report) {
        let clocks = ServerClocks::new(&self.extracts, &members, sessions);
        let people = person::people(&self.extracts, &members, &clocks, sessions);
        let extracts: Vec<&Extract> = members.iter().filter_map(|index| self.extracts.get(*index)).collect();
        let senders = Senders::new(&self.extracts, &members, &people);
        let keys: Vec<String> = people.iter().map(|person| person.key.clone()).collect();
        let report = |(index, person): (usize, &Person)| {
            let sender = |extract, stream: &Stream| keys.get(senders.of(index, extract, stream)?).cloned();
            person.report(&self.extracts, sessions, &sender)
        };
        let mut participants: Vec<Participant> = people.iter().enumerate().map(report).collect();
        let server_dumps = servers::dumps(&self.extracts, &members, &clocks);
        let cast = Cast::new(dump::dumps(&self.extracts, &people, &server_dumps), &participants);
        let told = timeline::told(&cast);
        let activities = intervals::intervals(&cast, &told, &senders, &participants);
        let events = timeline::events(&cast, told);
        let logs = log_summaries(&cast.dumps);
        drop(cast);
        for (participant, activity) in participants.iter_mut().zip(activities) {
            participant.activity = activity;
        }
        let frame = frame::frame(&self.extracts, &people, &participants, &senders);
        let findings = judge::judge(&frame);
        let mut conference = conference::conference(&extracts, &participants);
        conference.sender_contradictions = senders.contradictions(&self.extracts, &people);
        let servers = servers::servers(&self.extracts, &members, &clocks, sessions);
        let trends = trend::trends(&frame, conference.start_ms, conference.end_ms);
        let clock_of = |index: &usize| {
            let stays = people.iter().flat_map(|person| &person.stays);
            let own = stays.into_iter().find(|stay| stay.extract == *index).map(|stay| &stay.clock);
            own.or_else(|| clocks.of(*index)).cloned()
        };
        let copied: Vec<usize> =
            copies.iter().filter(|(_, first)| members.contains(first)).map(|(copy, _)| *copy).collect();
        members.extend(&copied);
        let files = members
            .iter()
            .filter_map(|index| {
                let extract = self.extracts.get(*index)?;
                Some(conference::file_report(extract, clock_of(index), copied.contains(index)))
            })
            .collect::<Vec<_>>();
        let summary = conference::summary(&conference, &findings, &servers, &participants, &files);
        let report = Report {
            version: REPORT_VERSION,
            generator: format!("rtcscope {}", env!("CARGO_PKG_VERSION")),
            summary,
            conference,
            participants,
            servers,
            links: links::links(&self.extracts, &people, &senders),
            impact: Vec::new(),
            events,
            findings,
            logs,
            rules: judge::rules(),
            files,
        };
        (Call { members, people, senders, trends, servers: server_dumps }, report)
    }
}

/// A call's people are listed at once, their connections when they are looked at.
fn without_connections(participant: &Participant) -> Participant {
    Participant { connections: Vec::new(), ..participant.clone() }
}

/// How much each person and server logged; those who logged nothing are left out.
fn log_summaries(dumps: &[Dump<'_>]) -> Vec<LogSummary> {
    let mut summaries: Vec<LogSummary> = Vec::new();
    for dump in dumps {
        let (participant, server) = (dump.participant.map(str::to_owned), dump.server.map(str::to_owned));
        let levels = dump.extract.logs.levels();
        match summaries.iter_mut().find(|known| known.participant == participant && known.server == server) {
            Some(known) => known.levels.merge(&levels),
            None if levels.total() > 0 => summaries.push(LogSummary { participant, server, levels }),
            None => {}
        }
    }
    summaries
}
