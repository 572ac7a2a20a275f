//! What is opened, stopped and closed, and the steps of the load machine that follow.

use leptos::prelude::*;
use web_sys::File;

use super::workers::registry::WorkerRegistry;
use super::{Analysis, failures, timing};
use crate::analysis::sources::Picked;
use crate::shell::browser;
use crate::state::batch::{Batch, Given};
use crate::state::load::{Next, Phase, Step};
use crate::state::selection::Selection;

impl Analysis {
    /// Reads what somebody gave, beside what is open; only the sample makes place for it.
    pub fn open(self, picked: Picked) {
        if picked.files.is_empty() && picked.unread.is_empty() {
            self.step(Step::Noticed(failures::nothing_given()));
            return;
        }
        if !picked.files.is_empty() {
            if self.selection.with_untracked(|selection| selection.sample) {
                self.close();
            }
            self.read(picked.files, picked.given_ms);
        }
        for name in picked.unread {
            self.step(Step::Noticed(failures::not_opened(name)));
        }
    }

    /// Reads files that were given at this moment.
    pub(super) fn read(self, files: Vec<File>, given_ms: f64) {
        let numbers: Vec<u32> =
            files.iter().map(|file| self.registry(|registry| registry.keep(file))).collect();
        let given = numbers.iter().zip(&files).map(|(number, file)| Given {
            number: *number,
            name: file.name(),
            bytes: size_of(file),
        });
        self.step(Step::Begin(Batch::new(given, given_ms)));
        self.start_coordinator();
        let orders = self.registry(|registry| registry.scheduler.begin(numbers, browser::cores()));
        self.execute(orders);
    }

    /// Stops fetching, reading or making the report, at once; what was open before stays as it was.
    pub fn cancel(self) {
        let open = self.load.with_untracked(|load| load.call().is_some());
        // A coordinator that has parts of this load already is of no use for the next one.
        let ended = self.registry(|registry| registry.end_reading(!open));
        drop(ended);
        self.step(Step::Cancelled);
        if self.is_empty_untracked() && self.selection.with_untracked(|selection| selection.sample) {
            self.look(Selection::default(), None);
        }
    }

    /// Closes the call and ends all workers.
    pub fn close(self) {
        self.end_call();
        self.look(Selection::default(), None);
    }

    /// Ends all workers and forgets the call; the address stays.
    pub(super) fn end_call(self) {
        drop(self.registry(WorkerRegistry::end_all));
        timing::forget();
        self.step(Step::Closed);
    }

    /// Whether nothing is open and nothing is being read, for whoever does not follow it.
    pub(super) fn is_empty_untracked(self) -> bool {
        self.load.with_untracked(|load| *load.phase() == Phase::Empty)
    }

    /// Moves the machine on and does what it asks for. Mere progress is shown with the next frame: hundreds of
    /// files tell more of it than can be drawn.
    pub(super) fn step(self, step: Step) {
        let progress = matches!(
            step,
            Step::Fetching(_)
                | Step::Started { .. }
                | Step::Progress { .. }
                | Step::Extracted { .. }
                | Step::Failed { .. }
        );
        let moved = self.load.try_maybe_update(|load| {
            let before = std::mem::discriminant(load.phase());
            let next = load.apply(step);
            let later = progress && std::mem::discriminant(load.phase()) == before;
            (!later, (next, later))
        });
        let Some((next, later)) = moved else { return };
        if later {
            self.show_with_next_frame();
        }
        match next {
            Some(Next::Conclude { request }) => {
                self.load.with_untracked(|load| load.batch().map(timing::read));
                self.conclude(request);
            }
            Some(Next::Forget { files }) => self.forget_files(files),
            None => {}
        }
    }

    fn show_with_next_frame(self) {
        if self.frame_asked.get_value() {
            return;
        }
        self.frame_asked.set_value(true);
        request_animation_frame(move || {
            self.frame_asked.try_set_value(false);
            self.load.notify();
        });
    }
}

/// Its size in bytes.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size is a whole number")]
pub(super) fn size_of(file: &File) -> u64 {
    file.size() as u64
}
