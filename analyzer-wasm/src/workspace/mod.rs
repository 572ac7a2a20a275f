//! The dumps that were given and the reports made of them: add, forget, conclude.

use crate::conference::{Breakouts, Call, assemble, conferences};
use crate::extract::Extract;
use crate::model::Identity;
use crate::report::{FileReport, Report};
use crate::sessions::{Alone, Sessions, copies};

/// Every dump that was given, and the reports made of them.
#[derive(Debug, Default)]
pub struct Workspace {
    extracts: Vec<Extract>,
    /// The giver's numbers of the extracts.
    numbers: Vec<u32>,
    /// What parts of sessions said of themselves, before they were told what the others say; by number.
    said: Vec<(u32, Identity)>,
    /// What was read of them alone, before they were read with others; by number.
    alone: Vec<(u32, Alone)>,
    /// Files that were refused, with the giver's numbers.
    refused: Vec<(u32, FileReport)>,
    calls: Vec<Call>,
    reports: Vec<Report>,
}

impl Workspace {
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

    /// Adds a file that was refused, under the giver's own number: every report lists it among its files.
    pub fn refuse(&mut self, number: u32, file: FileReport) {
        self.refused.push((number, file));
    }

    /// Drops the dumps of these numbers, and builds the reports without them.
    pub fn forget(&mut self, numbers: &[u32]) {
        self.refused.retain(|(number, _)| !numbers.contains(number));
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
        let copies = copies(&self.extracts);
        let (sessions, before) = Sessions::stitch(&mut self.extracts, &copies);
        let number = |at: usize| self.numbers.get(at).copied();
        self.said = before.said.into_iter().filter_map(|(at, said)| Some((number(at)?, said))).collect();
        self.alone = before.alone.into_iter().filter_map(|(at, alone)| Some((number(at)?, alone))).collect();
        let conferences = conferences(&self.extracts, &sessions, &copies).into_iter();
        let mut made: Vec<(Call, Report)> =
            conferences.map(|members| assemble(&self.extracts, members, &sessions, &copies)).collect();
        let mut parents = Breakouts::default();
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
        self.list_refused_files();
    }

    /// Adds the files that were refused to every report, since they may belong to any conference.
    fn list_refused_files(&mut self) {
        let mut refused: Vec<&FileReport> = self.refused.iter().map(|(_, file)| file).collect();
        refused.sort_by(|a, b| (&a.name, a.bytes, &a.format).cmp(&(&b.name, b.bytes, &b.format)));
        for report in &mut self.reports {
            report.files.extend(refused.iter().copied().cloned());
        }
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

    /// What queries need beside the reports, in the same order.
    pub(crate) fn calls(&self) -> &[Call] {
        &self.calls
    }

    /// What was read of each file, in the order of the calls' indexes.
    pub(crate) fn extracts(&self) -> &[Extract] {
        &self.extracts
    }

    /// The giver's number of an extract.
    pub(crate) fn number(&self, extract: usize) -> Option<u32> {
        self.numbers.get(extract).copied()
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
}
