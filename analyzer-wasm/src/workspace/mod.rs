//! The dumps that were added, and the reports computed from them.

use std::sync::Arc;

use crate::conference::{Breakouts, ConferenceIndex, assemble, conferences};
use crate::extract::Extract;
use crate::report::{FileReport, Report};
use crate::sessions::{Extracts, Sessions, copies};

/// All dumps that were added, and the reports computed from them.
#[derive(Debug, Default)]
pub struct Workspace {
    inputs: Vec<Input>,
    /// Files that were refused, with the caller's numbers.
    refused: Vec<(u32, FileReport)>,
    /// The inputs with the parts of sessions stitched, in the same order.
    extracts: Extracts,
    conferences: Vec<ConferenceIndex>,
    reports: Vec<Report>,
}

/// The extract of one file. It is never changed: [`Workspace::conclude`] computes everything else from it.
#[derive(Debug)]
struct Input {
    /// The caller's number.
    number: u32,
    extract: Arc<Extract>,
}

impl Workspace {
    /// Adds a dump; the order does not matter.
    pub fn add(&mut self, extract: Extract) {
        let last = self.inputs.iter().map(|input| input.number).max();
        self.add_as(last.map_or(0, |last| last.saturating_add(1)), extract);
    }

    /// Adds a dump under the caller's own number.
    pub fn add_as(&mut self, number: u32, extract: Extract) {
        self.inputs.push(Input { number, extract: Arc::new(extract) });
    }

    /// Adds a file that was refused, under the caller's own number: every report lists it among its files.
    pub fn refuse(&mut self, number: u32, file: FileReport) {
        self.refused.push((number, file));
    }

    /// Removes the dumps and the refused files with these numbers, and computes the reports anew.
    pub fn forget(&mut self, numbers: &[u32]) {
        self.refused.retain(|(number, _)| !numbers.contains(number));
        self.inputs.retain(|input| !numbers.contains(&input.number));
        self.conclude();
    }

    /// Computes the reports of all conferences, the newest first.
    pub fn conclude(&mut self) {
        self.sort_inputs();
        let extracts: Extracts = self.inputs.iter().map(|input| Arc::clone(&input.extract)).collect();
        let copies = copies(&extracts);
        let (sessions, extracts) = Sessions::stitch(&extracts, &copies);
        let groups = conferences(&extracts, &sessions, &copies).into_iter();
        let mut assembled: Vec<(ConferenceIndex, Report)> =
            groups.map(|members| assemble(&extracts, members, &sessions, &copies)).collect();
        let mut breakouts = Breakouts::default();
        for (conference, report) in &assembled {
            breakouts.add(&extracts, &conference.dump_indexes, &report.conference.id);
        }
        for (_, report) in &mut assembled {
            report.conference.parent_id = breakouts.parent(&report.conference.id);
        }
        assembled.sort_by(|(_, a), (_, b)| {
            let start = |report: &Report| report.conference.start_ms.unwrap_or(f64::NEG_INFINITY);
            start(b).total_cmp(&start(a)).then_with(|| a.conference.id.cmp(&b.conference.id))
        });
        (self.conferences, self.reports) = assembled.into_iter().unzip();
        self.extracts = extracts;
        self.list_refused_files();
    }

    /// Sorts the inputs so that the order in which files are read changes no report. Files of the same name and size,
    /// such as parts from two folders, are sorted by content.
    fn sort_inputs(&mut self) {
        let key = |input: &Input| {
            let file = &input.extract.file;
            (file.name.clone(), file.bytes, file.text_bytes)
        };
        self.inputs.sort_by(|a, b| {
            key(a).cmp(&key(b)).then_with(|| a.extract.to_bytes().cmp(&b.extract.to_bytes()))
        });
    }

    /// Adds the refused files to every report, since each may belong to any conference.
    fn list_refused_files(&mut self) {
        let mut refused: Vec<&FileReport> = self.refused.iter().map(|(_, file)| file).collect();
        refused.sort_by(|a, b| (&a.name, a.bytes, &a.format).cmp(&(&b.name, b.bytes, &b.format)));
        for report in &mut self.reports {
            report.files.extend(refused.iter().copied().cloned());
        }
    }

    /// The reports that [`Self::conclude`] computed.
    #[must_use]
    pub fn reports(&self) -> &[Report] {
        &self.reports
    }

    /// The data for queries beside each report, in the order of the reports.
    pub(crate) fn conferences(&self) -> &[ConferenceIndex] {
        &self.conferences
    }

    /// The extract of each file, with the parts of sessions stitched.
    pub(crate) fn extracts(&self) -> &Extracts {
        &self.extracts
    }

    /// The caller's number of an extract.
    pub(crate) fn number(&self, extract: usize) -> Option<u32> {
        self.inputs.get(extract).map(|input| input.number)
    }

    /// The conferences' ids, in the reports' order.
    #[must_use]
    pub fn conference_ids(&self) -> Vec<&str> {
        self.reports.iter().map(|report| report.conference.id.as_str()).collect()
    }

    /// Removes the reports of all other conferences. Returns `false`, and changes nothing, if there is no such conference.
    pub fn keep_only(&mut self, conference_id: &str) -> bool {
        let Some(at) = self.reports.iter().position(|report| report.conference.id == conference_id) else {
            return false;
        };
        self.reports = vec![self.reports.swap_remove(at)];
        self.conferences = vec![self.conferences.swap_remove(at)];
        true
    }
}
