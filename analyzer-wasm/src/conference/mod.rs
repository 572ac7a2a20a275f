//! Assembly of one conference: its report, and what queries need beside it.

mod address;
mod breakouts;
mod details;
mod grouping;
mod links;
mod log_summaries;
mod samples;
mod servers;
mod trends;

pub(crate) use breakouts::Breakouts;
pub(crate) use grouping::conferences;

use std::collections::BTreeMap;

use crate::clocks::ServerClocks;
use crate::events::events_and_activities;
use crate::extract::Extract;
use crate::judge;
use crate::participants::{
    ConferenceDump, EndpointIndex, ParticipantRecord, Senders, ServerDump, dumps, people, server_dumps,
};
use crate::report::{Participant, REPORT_VERSION, Report, Stream};
use crate::sessions::{Extracts, Sessions};
use log_summaries::log_summaries;

/// One conference's dumps, as indexes of the extracts, and what the report does not hold of it.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) members: Vec<usize>,
    pub(crate) people: Vec<ParticipantRecord>,
    pub(crate) senders: Senders,
    pub(crate) trends: Vec<f32>,
    pub(crate) servers: Vec<ServerDump>,
}

impl Call {
    pub(crate) fn dumps<'a>(&'a self, extracts: &'a Extracts) -> Vec<ConferenceDump<'a>> {
        dumps(extracts, &self.people, &self.servers)
    }
}

/// The report of a conference and what its queries need.
pub(crate) fn assemble(
    extracts: &Extracts,
    mut members: Vec<usize>,
    sessions: &Sessions,
    copies: &BTreeMap<usize, usize>,
) -> (Call, Report) {
    let clocks = ServerClocks::new(extracts, &members, sessions);
    let people = people(extracts, &members, &clocks, sessions);
    let of_members: Vec<&Extract> = members.iter().filter_map(|index| extracts.get(*index)).collect();
    let senders = Senders::new(extracts, &members, &people);
    let keys: Vec<String> = people.iter().map(|person| person.key.clone()).collect();
    let report = |(index, person): (usize, &ParticipantRecord)| {
        let sender = |extract, stream: &Stream| keys.get(senders.of(index, extract, stream)?).cloned();
        person.report(extracts, sessions, &sender)
    };
    let mut participants: Vec<Participant> = people.iter().enumerate().map(report).collect();
    let server_dumps = server_dumps(extracts, &members, &clocks);
    let index = EndpointIndex::new(dumps(extracts, &people, &server_dumps), &participants);
    let (events, activities) = events_and_activities(&index, &senders, &participants);
    let logs = log_summaries(&index.dumps);
    drop(index);
    for (participant, activity) in participants.iter_mut().zip(activities) {
        participant.activity = activity;
    }
    let frame = samples::frame(extracts, &people, &participants, &senders);
    let findings = judge::judge(&frame, &samples::labels(&participants));
    let mut conference = details::conference(&of_members, &participants);
    conference.sender_contradictions = senders.contradictions(extracts, &people);
    let servers = servers::servers(extracts, &members, &clocks, sessions);
    let trends = trends::trends(&frame, conference.start_ms, conference.end_ms);
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
            let extract = extracts.get(*index)?;
            Some(details::file_report(extract, clock_of(index), copied.contains(index)))
        })
        .collect::<Vec<_>>();
    let summary = details::summary(&conference, &findings, &servers, &participants, &files);
    let report = Report {
        version: REPORT_VERSION,
        generator: format!("rtcscope {}", env!("CARGO_PKG_VERSION")),
        summary,
        conference,
        participants,
        servers,
        links: links::links(extracts, &people, &senders),
        impact: Vec::new(),
        events,
        findings,
        logs,
        rules: judge::codes(),
        files,
    };
    (Call { members, people, senders, trends, servers: server_dumps }, report)
}
