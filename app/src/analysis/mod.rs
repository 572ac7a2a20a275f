//! The connection between the page and the analyzer: opening files, workers, and queries to them.
//!
//! Views use [`Analysis`] to open and close calls, and [`queries::use_query`] to get answers.

mod failures;
mod loading;
pub mod queries;
mod sample;
pub mod sources;
mod timing;
pub mod workers;

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use crate::shell::address::AddressBar;
use crate::shell::routes::Route;
use crate::state::load::{Call, Load, Phase, Step};
use crate::state::selection::Selection;
use crate::state::time_window::TimeWindow;
use workers::registry::WorkerRegistry;

/// How long a stretch of time stands before the address says it.
const ADDRESS_RESTS: Duration = Duration::from_millis(250);

/// The open call and everything that can be done with it. Copies refer to the same call.
#[derive(Clone, Copy, Debug)]
pub struct Analysis {
    /// The open call, and the load that is being read.
    pub load: RwSignal<Load>,
    /// What is looked at.
    pub selection: RwSignal<Selection>,
    /// When; `None` is the whole call. Lanes and charts share it.
    pub window: RwSignal<Option<TimeWindow>>,
    /// The moment under the pointer, in ms after the conference's start. Lanes and charts share it.
    pub hover: RwSignal<Option<f64>>,
    address: AddressBar,
    address_timer: StoredValue<Option<TimeoutHandle>>,
    /// Whether progress will be shown with the next frame.
    frame_requested: StoredValue<bool>,
    registry: StoredValue<Rc<RefCell<WorkerRegistry>>, LocalStorage>,
}

impl Analysis {
    /// Begins with nothing open and what the address selects.
    #[must_use]
    pub fn new(address: AddressBar) -> Self {
        let Route { selection, window } = address.route();
        Self {
            address,
            load: RwSignal::new(Load::default()),
            selection: RwSignal::new(selection),
            window: RwSignal::new(window),
            hover: RwSignal::new(None),
            address_timer: StoredValue::new(None),
            frame_requested: StoredValue::new(false),
            registry: StoredValue::new_local(Rc::default()),
        }
    }

    /// Takes a notice off the page.
    pub fn dismiss(self, notice: u32) {
        self.step(Step::Dismissed(notice));
    }

    /// Looks at something else at the same time, and says so in the address.
    pub fn select(self, selection: Selection) {
        self.look(selection, self.window.get_untracked());
    }

    /// Looks at something else at another time, and says so in the address; the way back stays open.
    pub fn look(self, selection: Selection, window: Option<TimeWindow>) {
        let same = self.selection.with_untracked(|current| *current == selection);
        if same && self.window.get_untracked() == window {
            return;
        }
        self.drop_address_timer();
        self.address.push(&Route { selection: selection.clone(), window });
        self.selection.set(selection);
        self.window.set(window);
    }

    /// Shows another stretch of time. The address follows once it rests: browsers allow only so many changes.
    pub fn show(self, window: Option<TimeWindow>) {
        if self.window.get_untracked() == window {
            return;
        }
        self.window.set(window);
        self.drop_address_timer();
        let write = move || {
            let selection = self.selection.get_untracked();
            self.address.replace(&Route { selection, window });
        };
        let timer = set_timeout_with_handle(write, ADDRESS_RESTS);
        self.address_timer.set_value(timer.ok());
    }

    /// Looks at what the address says, after the user went back or edited it.
    pub fn follow_address(self) {
        self.drop_address_timer();
        let Route { selection, window } = self.address.route();
        let selection = self.settle_sample(selection, window);
        let sample = selection.sample;
        self.selection.set(selection);
        self.window.set(window);
        if sample {
            self.open_sample();
        }
    }

    fn drop_address_timer(self) {
        if let Some(timer) = self.address_timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    /// The open call.
    #[must_use]
    pub fn call(self) -> Memo<Option<Call>> {
        Memo::new(move |_| self.load.with(|load| load.call().cloned()))
    }

    /// Whether the sample call is open or being read.
    #[must_use]
    pub fn is_sample(self) -> bool {
        self.selection.with(|selection| selection.sample) && !self.is_empty()
    }

    /// Whether no call is open and none is being read.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.load.with(|load| *load.phase() == Phase::Empty)
    }

    /// Accesses the workers. `work` must not change signals: their subscribers may access the workers, too.
    fn registry<T>(self, work: impl FnOnce(&mut WorkerRegistry) -> T) -> T {
        self.registry.with_value(|registry| work(&mut registry.borrow_mut()))
    }
}
