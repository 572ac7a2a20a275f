//! The sample call: fetched from the page's server and opened like any other call, but never together with other files.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Analysis, failures};
use crate::analysis::sources::{Fetch, FetchError, fetch_sample};
use crate::shell::browser;
use crate::shell::routes::Route;
use crate::state::load::{Fetched, Step};
use crate::state::selection::Selection;
use crate::state::time_window::TimeWindow;

impl Analysis {
    /// Opens the sample, unless a call is open. If the address already selects the sample, its selection is kept.
    pub fn open_sample(self) {
        if !self.is_empty_untracked() {
            return;
        }
        if !self.selection.with_untracked(|selection| selection.sample) {
            self.look(Selection { sample: true, ..Selection::default() }, None);
        }
        let given_ms = browser::now_ms();
        let Some(fetch) = Fetch::new() else { return };
        let signal = fetch.signal();
        self.registry(|registry| registry.fetch = Some(fetch));
        self.step(Step::Fetching(Fetched::default()));
        spawn_local(async move {
            let aborted = signal.clone();
            let on_progress = move |bytes, of_bytes| {
                if !aborted.aborted() {
                    self.step(Step::Fetching(Fetched { bytes, of_bytes }));
                }
            };
            let files = fetch_sample(signal.clone(), on_progress).await;
            if signal.aborted() {
                return;
            }
            match files {
                Ok(files) => self.read(files, given_ms),
                Err(FetchError::Unreachable) => self.abort(failures::sample_unreachable()),
                Err(FetchError::Missing) => self.abort(failures::sample_missing()),
            }
        });
    }

    /// Applies a change of the address to or from the sample. An open sample is closed if the address no longer selects
    /// it. An open call of the user's own is not replaced by the sample: the address is corrected instead.
    pub(super) fn settle_sample(self, mut selection: Selection, window: Option<TimeWindow>) -> Selection {
        let is_sample = self.selection.with_untracked(|selection| selection.sample);
        if !self.is_empty_untracked() && is_sample != selection.sample {
            if is_sample {
                self.end_call();
            } else {
                selection.sample = false;
                self.address.replace(&Route { selection: selection.clone(), window });
            }
        }
        selection
    }
}
