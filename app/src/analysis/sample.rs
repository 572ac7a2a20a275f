//! The sample call: fetched from the page's own server and opened like any other, but never mixed with one.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Analysis, failures};
use crate::analysis::sources::{Fetch, Refused, fetch_sample};
use crate::shell::browser;
use crate::shell::routes::Route;
use crate::state::load::{Fetched, Step};
use crate::state::selection::Selection;
use crate::state::time_window::TimeWindow;

impl Analysis {
    /// Opens the sample, unless something is open. An address that says so keeps its sight of it.
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
            let still = signal.clone();
            let tell = move |bytes, of_bytes| {
                if !still.aborted() {
                    self.step(Step::Fetching(Fetched { bytes, of_bytes }));
                }
            };
            let files = fetch_sample(signal.clone(), tell).await;
            if signal.aborted() {
                return;
            }
            match files {
                Ok(files) => self.read(files, given_ms),
                Err(Refused::Unreachable) => self.abort(failures::sample_unreachable()),
                Err(Refused::Missing) => self.abort(failures::sample_missing()),
            }
        });
    }

    /// The address may ask for the sample, or for it no longer. Somebody's own call is not closed for it: then the
    /// address is put right instead.
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
