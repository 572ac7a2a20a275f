//! One analyzer in a document: its root element, its element ids, and whether it is the one in use.

use std::cell::RefCell;
use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};

static NEXT_NUMBER: AtomicU32 = AtomicU32::new(0);

thread_local! {
    /// The mounted instances; the one that was used last is the last.
    static MOUNTED: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

/// An analyzer that is mounted in a document. Copies are the same instance.
#[derive(Clone, Copy, Debug)]
pub struct Instance {
    number: u32,
    root: StoredValue<HtmlElement, LocalStorage>,
}

impl Instance {
    /// Registers an instance until the current reactive owner is disposed of.
    #[must_use]
    pub fn register(root: HtmlElement) -> Self {
        let number = NEXT_NUMBER.fetch_add(1, Ordering::Relaxed);
        // A new instance does not take the keyboard away from the one in use.
        MOUNTED.with_borrow_mut(|mounted| mounted.insert(0, number));
        on_cleanup(move || MOUNTED.with_borrow_mut(|mounted| mounted.retain(|one| *one != number)));
        Self { number, root: StoredValue::new_local(root) }
    }

    /// The instance that the current component belongs to.
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }

    /// An element id that no other instance in the document has.
    #[must_use]
    pub fn id(self, name: &str) -> String {
        format!("rtcscope-{}-{name}", self.number)
    }

    /// The element that the instance is mounted in; `None` once it is unmounted.
    #[must_use]
    pub fn root(self) -> Option<HtmlElement> {
        self.root.try_get_value()
    }

    /// The first element of this instance that matches a selector.
    #[must_use]
    pub fn find(self, selector: &str) -> Option<Element> {
        self.root.try_with_value(|root| root.query_selector(selector).ok().flatten()).flatten()
    }

    /// Scrolls an element of this instance into the middle of the screen. The keyboard focus stays where it is.
    pub fn scroll_to(self, selector: &str) {
        if let Some(element) = self.find(selector) {
            scroll(&element, ScrollLogicalPosition::Center);
        }
    }

    /// Scrolls an element to the top of the screen and moves the keyboard focus to it.
    pub fn jump_to(self, element: &Element) {
        scroll(element, ScrollLogicalPosition::Start);
        if let Some(element) = element.dyn_ref::<HtmlElement>() {
            // Focusable from script only: it adds no stop for the Tab key.
            let _ = element.set_attribute("tabindex", "-1");
            let _ = element.focus();
        }
    }

    /// Makes this the instance in use: it gets the keys that are pressed while no element has the keyboard focus.
    pub fn set_in_use(self) {
        MOUNTED.with_borrow_mut(|mounted| {
            if let Some(at) = mounted.iter().position(|one| *one == self.number) {
                mounted.remove(at);
                mounted.push(self.number);
            }
        });
    }

    /// Whether an event belongs to this instance: it happened inside of its root, or outside of every instance while
    /// this one is in use.
    #[must_use]
    pub fn owns(self, event: &Event) -> bool {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        match target.and_then(|target| target.closest(ROOT).ok().flatten()) {
            // The root of one instance may contain that of another, so the nearest one decides.
            Some(nearest) => {
                let root = self.root.try_with_value(|root| root.clone().unchecked_into::<Element>());
                nearest.parent_element() == root
            }
            None => MOUNTED.with_borrow(|mounted| mounted.last() == Some(&self.number)),
        }
    }
}

/// Matches the outermost element of every instance.
const ROOT: &str = ".page";

fn scroll(element: &Element, place: ScrollLogicalPosition) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(place);
    options.set_behavior(ScrollBehavior::Instant);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}
