//! Opening, cancelling and closing, and the steps of the load state machine that follow from it.

use leptos::prelude::*;
use web_sys::File;

use super::workers::registry::WorkerRegistry;
use super::{Analysis, failures, timing};
use crate::analysis::sources::PickedFiles;
use crate::shell::browser;
use crate::state::batch::{Batch, Given};
use crate::state::load::{Next, Phase, Step};
use crate::state::selection::Selection;

impl Analysis {
    /// Reads files and adds them to the open call. An open sample call is closed first.
    pub fn open(self, picked: PickedFiles) {
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

    /// Reads files that were opened at this time of the page's own clock.
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

    /// Cancels fetching, reading or making the report at once. A call that was open before stays as it was.
    pub fn cancel(self) {
        let open = self.load.with_untracked(|load| load.call().is_some());
        // If no call was open, the coordinator holds extracts of this load only.
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

    /// Ends all workers and closes the call; the address stays.
    pub(super) fn end_call(self) {
        drop(self.registry(WorkerRegistry::end_all));
        timing::clear();
        self.step(Step::Closed);
    }

    /// Whether no call is open and none is being read, without tracking the signal.
    pub(super) fn is_empty_untracked(self) -> bool {
        self.load.with_untracked(|load| *load.phase() == Phase::Empty)
    }

    /// Applies a step to the state machine and carries out what it requires next. Progress is shown with the next
    /// frame: hundreds of files report more of it than can be drawn.
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
            self.notify_with_next_frame();
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

    fn notify_with_next_frame(self) {
        if self.frame_requested.get_value() {
            return;
        }
        self.frame_requested.set_value(true);
        request_animation_frame(move || {
            self.frame_requested.try_set_value(false);
            self.load.notify();
        });
    }
}

/// The size of a file in bytes.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size is a whole number")]
pub(super) fn size_of(file: &File) -> u64 {
    file.size() as u64
}
