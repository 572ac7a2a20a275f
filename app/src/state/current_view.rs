//! The conference, participant and finding of an open call that a selection refers to.

use analyzer_wasm::report::{FileReport, Finding, Participant, Presence};
use analyzer_wasm::wire::{Overview, Trend};

use super::load::Call;
use super::time_window::TimeWindow;
use crate::state::selection::Selection;

/// A selection resolved in an open call.
#[derive(Clone, Debug, PartialEq)]
pub struct CurrentView {
    call: Call,
    conference: usize,
    participant: usize,
    finding: Option<usize>,
    sample: bool,
}

/// A dump of a participant.
#[derive(Clone, Debug, PartialEq)]
pub struct Dump {
    /// The number of the file in this instance.
    pub number: u32,
    /// The name of the file.
    pub name: String,
    /// What has to be added to its times to get the clock of the conference.
    pub offset_ms: f64,
}

impl CurrentView {
    /// Resolves a selection. A missing or unknown participant is that of the finding, else that of the worst finding,
    /// else the first.
    #[must_use]
    pub fn new(call: Call, selection: &Selection) -> Self {
        let wanted = selection.conference.as_deref();
        let conference =
            call.conferences().iter().position(|one| Some(one.conference.id.as_str()) == wanted).unwrap_or(0);
        let participants = call.conferences().get(conference).map_or(&[][..], |one| &one.participants);
        let findings = call.conferences().get(conference).map_or(&[][..], |one| &one.findings);
        let wanted = selection.finding.as_deref();
        let finding = findings.iter().position(|one| Some(one.id.as_str()) == wanted);
        let of_finding = finding.and_then(|at| findings.get(at)?.participant.as_deref());
        let index_of = |key: Option<&str>| participants.iter().position(|one| Some(one.key.as_str()) == key);
        let of_worst = findings.first().and_then(|worst| worst.participant.as_deref());
        let participant = index_of(selection.participant.as_deref())
            .or_else(|| index_of(of_finding))
            .or_else(|| index_of(of_worst))
            .unwrap_or(0);
        let sample = selection.sample;
        Self { call, conference, participant, finding, sample }
    }

    /// All conferences.
    #[must_use]
    pub fn conferences(&self) -> &[Overview] {
        self.call.conferences()
    }

    /// The index of the conference.
    #[must_use]
    pub fn conference_index(&self) -> usize {
        self.conference
    }

    /// The conference.
    #[must_use]
    pub fn overview(&self) -> Option<&Overview> {
        self.call.conferences().get(self.conference)
    }

    /// The participant.
    #[must_use]
    pub fn participant(&self) -> Option<&Participant> {
        self.overview()?.participants.get(self.participant)
    }

    /// The participant so many positions after this one in the conference.
    #[must_use]
    pub fn neighbor(&self, step: isize) -> Option<&Participant> {
        self.overview()?.participants.get(self.participant.checked_add_signed(step)?)
    }

    /// The time of the whole conference; `None` where its duration is unknown.
    #[must_use]
    pub fn whole(&self) -> Option<TimeWindow> {
        TimeWindow::new(0.0, self.overview()?.conference.duration_ms?)
    }

    /// The index of the participant in the conference.
    #[must_use]
    pub fn participant_index(&self) -> usize {
        self.participant
    }

    /// The selected finding.
    #[must_use]
    pub fn finding(&self) -> Option<&Finding> {
        self.overview()?.findings.get(self.finding?)
    }

    /// The participant's dumps, in the order of their presences.
    #[must_use]
    pub fn dumps(&self) -> Vec<Dump> {
        let (Some(overview), Some(participant)) = (self.overview(), self.participant()) else {
            return Vec::new();
        };
        let files = || overview.files.iter().zip(&overview.numbers);
        let of_presence = |presence: &Presence| {
            let is_its =
                |file: &FileReport| file.name == presence.file && file.session_id == presence.session_id;
            let (file, number) = files().find(|(file, _)| is_its(file))?;
            let offset_ms = file.clock.as_ref().map_or(0.0, |clock| clock.offset_ms);
            Some(Dump { number: *number, name: file.name.clone(), offset_ms })
        };
        participant.presences.iter().filter_map(of_presence).collect()
    }

    /// A trend of a participant, by its index in the conference.
    #[must_use]
    pub fn trend(&self, participant: usize, trend: Trend) -> &[f32] {
        self.call.trend(self.conference, participant, trend)
    }

    /// The selection of a participant.
    #[must_use]
    pub fn select_participant(&self, key: &str) -> Selection {
        let participant = Some(key.to_owned());
        Selection { sample: self.sample, conference: self.id(), participant, finding: None }
    }

    /// The selection of a finding and its participant.
    #[must_use]
    pub fn select_finding(&self, finding: &Finding) -> Selection {
        Selection {
            sample: self.sample,
            conference: self.id(),
            participant: finding.participant.clone().or_else(|| Some(self.participant()?.key.clone())),
            finding: Some(finding.id.clone()),
        }
    }

    /// The selection of the conference at an index.
    #[must_use]
    pub fn select_conference(&self, index: usize) -> Selection {
        let id = self.call.conferences().get(index).map(|one| one.conference.id.clone());
        Selection { sample: self.sample, conference: id, participant: None, finding: None }
    }

    fn id(&self) -> Option<String> {
        // A single conference needs no id in the address.
        (self.call.conferences().len() > 1)
            .then(|| self.overview().map(|one| one.conference.id.clone()))
            .flatten()
    }
}

#[cfg(test)]
mod tests {
    use analyzer_wasm::report::FindingSeverity;

    use super::*;
    use crate::state::samples::{call, finding, overview};

    fn selection(conference: Option<&str>, participant: Option<&str>) -> Selection {
        Selection {
            conference: conference.map(str::to_owned),
            participant: participant.map(str::to_owned),
            ..Selection::default()
        }
    }

    #[test]
    fn unknown_ids_give_the_first() {
        let call = call(vec![overview("new", &["a", "b"]), overview("old", &["c"])]);
        for (conference, participant, shown) in [
            (None, None, ("new", "a")),
            (None, Some("b"), ("new", "b")),
            (Some("old"), Some("b"), ("old", "c")),
            (Some("gone"), Some("b"), ("new", "b")),
        ] {
            let current_view = CurrentView::new(call.clone(), &selection(conference, participant));
            let found = (
                current_view.overview().unwrap().conference.id.as_str(),
                current_view.participant().unwrap().key.as_str(),
            );
            assert_eq!(found, shown);
        }
    }

    #[test]
    fn without_a_selection_the_participant_of_the_worst_finding_is_shown() {
        let mut one = overview("call", &["calm", "broken"]);
        one.findings = vec![finding("uplink-loss", "broken", FindingSeverity::Critical, 0.0, 1.0)];
        let call = call(vec![one]);
        let shown = |selection: &Selection| {
            CurrentView::new(call.clone(), selection).participant().unwrap().key.clone()
        };
        assert_eq!(shown(&Selection::default()), "broken");
        assert_eq!(shown(&selection(None, Some("calm"))), "calm");
    }

    #[test]
    fn a_selection_resolves_to_what_it_was_made_from() {
        let call = call(vec![overview("new", &["a", "b"]), overview("old", &["c", "d"])]);
        let old = CurrentView::new(
            call.clone(),
            &CurrentView::new(call.clone(), &Selection::default()).select_conference(1),
        );
        assert_eq!(old.conference_index(), 1);
        let current_view = CurrentView::new(call, &old.select_participant("d"));
        assert_eq!(current_view.participant().unwrap().key, "d");
    }

    #[test]
    fn a_conference_without_participants_has_no_selected_one() {
        assert!(
            CurrentView::new(call(vec![overview("new", &[])]), &Selection::default()).participant().is_none()
        );
    }
}
