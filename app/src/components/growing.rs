//! Long lists that come a few entries a frame, so that the page never stands still for them.

use std::sync::Arc;

use leptos::prelude::*;

use crate::format;

/// What a list shows before somebody asks for all of it.
const FIRST: usize = 40;
/// How many entries a frame brings.
const STEP: usize = 4;

/// Makes the entry at a place. Boxed, so that all lists are of one type.
pub type MakeEntry = Arc<dyn Fn(usize) -> AnyView + Send + Sync>;

/// How much of a list is on the page. Copies are the same.
#[derive(Clone, Copy, Debug)]
pub struct Growing {
    total: usize,
    shown: RwSignal<usize>,
    wanted: RwSignal<usize>,
}

impl Growing {
    /// Of a list of so many entries.
    #[must_use]
    pub fn new(total: usize) -> Self {
        let growing =
            Self { total, shown: RwSignal::new(STEP.min(total)), wanted: RwSignal::new(FIRST.min(total)) };
        growing.go_on();
        growing
    }

    /// Each frame asks for the next one, until all that is wanted is there.
    fn go_on(self) {
        request_animation_frame(move || {
            // The list may be gone by now.
            let Some(wanted) = self.wanted.try_get_untracked() else { return };
            let more = self.shown.try_update(|shown| {
                let before = *shown;
                *shown = (before + STEP).min(wanted);
                *shown > before
            });
            if more == Some(true) {
                self.go_on();
            }
        });
    }

    /// The entries that are on the page now, by their places in this order.
    #[must_use]
    pub fn entries(self, order: Signal<Arc<Vec<usize>>>, entry: MakeEntry) -> AnyView {
        let each = move || {
            let shown = self.shown.get();
            order.with(|order| order.iter().take(shown).copied().collect::<Vec<_>>())
        };
        view! { <For each=each key=|place| *place children=move |place| entry(place) /> }.into_any()
    }

    /// A button for all of them, where there are more.
    #[must_use]
    pub fn button(self, noun: &'static str) -> Option<AnyView> {
        let all = format!("Show all {}", format::counted(self.total, noun));
        (self.total > FIRST).then(|| {
            view! {
                <button
                    class="button quiet show-all"
                    hidden=move || { self.wanted.get() >= self.total }
                    on:click=move |_| {
                        self.wanted.set(self.total);
                        self.go_on();
                    }
                >
                    {all}
                </button>
            }
            .into_any()
        })
    }
}
