//! Groups dumps by conference, and assembles the report of each.

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
    ConferenceDump, EndpointIndex, ParticipantRecord, Senders, ServerDump, dumps, participant_records,
    server_dumps,
};
use crate::report::{Participant, REPORT_VERSION, Report, Stream};
use crate::sessions::{Extracts, Sessions};
use log_summaries::log_summaries;

/// The data of a conference that queries use beside its report.
#[derive(Debug)]
pub(crate) struct ConferenceIndex {
    /// The indexes of its extracts, copies last.
    pub(crate) dump_indexes: Vec<usize>,
    pub(crate) records: Vec<ParticipantRecord>,
    pub(crate) senders: Senders,
    /// The trends of all participants, see [`trends::trends`].
    pub(crate) trends: Vec<f32>,
    pub(crate) servers: Vec<ServerDump>,
}

impl ConferenceIndex {
    /// All dumps of the conference without copies, in the order of participants, servers last.
    pub(crate) fn dumps<'a>(&'a self, extracts: &'a Extracts) -> Vec<ConferenceDump<'a>> {
        dumps(extracts, &self.records, &self.servers)
    }
}

/// Computes the report of the conference of these extracts. `copies` maps each copy of a file to the one that is used.
pub(crate) fn assemble(
    extracts: &Extracts,
    mut dump_indexes: Vec<usize>,
    sessions: &Sessions,
    copies: &BTreeMap<usize, usize>,
) -> (ConferenceIndex, Report) {
    let clocks = ServerClocks::new(extracts, &dump_indexes, sessions);
    let records = participant_records(extracts, &dump_indexes, &clocks, sessions);
    let in_conference: Vec<&Extract> = dump_indexes.iter().filter_map(|index| extracts.get(*index)).collect();
    let senders = Senders::new(extracts, &dump_indexes, &records);
    let keys: Vec<String> = records.iter().map(|record| record.key.clone()).collect();
    let report = |(index, record): (usize, &ParticipantRecord)| {
        let sender = |extract, stream: &Stream| keys.get(senders.of(index, extract, stream)?).cloned();
        record.report(extracts, sessions, &sender)
    };
    let mut participants: Vec<Participant> = records.iter().enumerate().map(report).collect();
    let server_dumps = server_dumps(extracts, &dump_indexes, &clocks);
    let index = EndpointIndex::new(dumps(extracts, &records, &server_dumps), &participants);
    let (events, activities) = events_and_activities(&index, &senders, &participants);
    let logs = log_summaries(&index.dumps);
    drop(index);
    for (participant, activity) in participants.iter_mut().zip(activities) {
        participant.activity = activity;
    }
    let samples = samples::conference_samples(extracts, &records, &participants, &senders);
    let findings = judge::judge(&samples, &samples::labels(&participants));
    let mut conference = details::conference(&in_conference, &participants);
    conference.sender_contradictions = senders.contradictions(extracts, &records);
    let servers = servers::servers(extracts, &dump_indexes, &clocks, sessions);
    let trends = trends::trends(&samples, conference.start_ms, conference.end_ms);
    let clock_of = |index: &usize| {
        let presences = records.iter().flat_map(|record| &record.presences);
        let own =
            presences.into_iter().find(|presence| presence.extract == *index).map(|presence| &presence.clock);
        own.or_else(|| clocks.of(*index)).cloned()
    };
    let copied: Vec<usize> =
        copies.iter().filter(|(_, first)| dump_indexes.contains(first)).map(|(copy, _)| *copy).collect();
    dump_indexes.extend(&copied);
    let files = dump_indexes
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
        links: links::links(extracts, &records, &senders),
        impact: Vec::new(),
        events,
        findings,
        logs,
        rules: judge::codes(),
        files,
    };
    (ConferenceIndex { dump_indexes, records, senders, trends, servers: server_dumps }, report)
}
