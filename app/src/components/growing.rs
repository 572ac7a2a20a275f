//! Long lists that are rendered a few entries per frame, so that the page stays responsive.

use std::sync::Arc;

use leptos::prelude::*;

use crate::format;

/// The number of entries before the user asks for all.
const FIRST: usize = 40;
/// Entries per frame.
const STEP: usize = 4;

/// Renders the entry at an index. Boxed, so that all lists have one type.
pub type MakeEntry = Arc<dyn Fn(usize) -> AnyView + Send + Sync>;

/// How much of a list is rendered. Copies are the same.
#[derive(Clone, Copy, Debug)]
pub struct Growing {
    total: usize,
    shown: RwSignal<usize>,
    wanted: RwSignal<usize>,
}

impl Growing {
    /// Starts a list of `total` entries.
    #[must_use]
    pub fn new(total: usize) -> Self {
        let growing =
            Self { total, shown: RwSignal::new(STEP.min(total)), wanted: RwSignal::new(FIRST.min(total)) };
        growing.grow();
        growing
    }

    /// Each frame requests the next one, until all wanted entries are rendered.
    fn grow(self) {
        request_animation_frame(move || {
            // The list may be unmounted by now.
            let Some(wanted) = self.wanted.try_get_untracked() else { return };
            let more = self.shown.try_update(|shown| {
                let before = *shown;
                *shown = (before + STEP).min(wanted);
                *shown > before
            });
            if more == Some(true) {
                self.grow();
            }
        });
    }

    /// The entries that are rendered so far, in this order of indices.
    #[must_use]
    pub fn entries(self, order: Signal<Arc<Vec<usize>>>, entry: MakeEntry) -> AnyView {
        let each = move || {
            let shown = self.shown.get();
            order.with(|order| order.iter().take(shown).copied().collect::<Vec<_>>())
        };
        view! { <For each=each key=|index| *index children=move |index| entry(index) /> }.into_any()
    }

    /// A button that shows all entries; nothing where all are shown.
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
                        self.grow();
                    }
                >
                    {all}
                </button>
            }
            .into_any()
        })
    }
}
