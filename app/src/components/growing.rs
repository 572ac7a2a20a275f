//! Long lists that come a few entries a frame, so that the page never stands still for them.

use leptos::prelude::*;

use crate::format;

/// What a list shows before somebody asks for all of it.
const FIRST: usize = 40;
/// How many entries a frame brings.
const STEP: usize = 10;

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
        let growing = Self {
            total,
            shown: RwSignal::new(STEP.min(total)),
            wanted: RwSignal::new(FIRST.min(total)),
        };
        // Each frame asks for the next one, until all that is wanted is there.
        Effect::new(move || {
            if growing.shown.get() < growing.wanted.get() {
                request_animation_frame(move || {
                    growing.shown.try_update(|shown| *shown = (*shown + STEP).min(total));
                });
            }
        });
        growing
    }

    /// How many entries are on the page now.
    #[must_use]
    pub fn shown(self) -> usize {
        self.shown.get()
    }

    /// A button for all of them, where there are more.
    pub fn button(self, noun: &'static str) -> impl IntoView {
        let all = format!("Show all {}", format::counted(self.total, noun));
        (self.total > FIRST).then(|| {
            view! {
                <button
                    class="button quiet show-all"
                    hidden=move || self.wanted.get() >= self.total
                    on:click=move |_| self.wanted.set(self.total)
                >
                    {all}
                </button>
            }
        })
    }
}
