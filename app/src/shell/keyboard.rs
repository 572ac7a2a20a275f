//! Keys that an instance takes wherever the keyboard focus is: the commands and the views of the tables.

use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, KeyboardEvent};

use super::commands::{self, CommandContext};
use super::navigation;
use crate::views::VIEWS;
use leptos::prelude::*;

/// Listens until the current owner is disposed of.
pub fn listen(context: CommandContext) {
    let listener = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        if is_free(&event) && !context.shortcuts_open.get_untracked() && context.instance.owns(&event) {
            let key = event.key();
            let done = match commands::anywhere(&key) {
                Some(run) => run(context),
                None => VIEWS.iter().any(|view| view.key == key && navigation::go_to(context.instance, view)),
            };
            if done {
                event.prevent_default();
            }
        }
    });
    on_cleanup(move || listener.remove());
}

/// Whether a key is no text, no shortcut of the browser, and was not taken by an element.
fn is_free(event: &KeyboardEvent) -> bool {
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
    let is_text = event.target().is_some_and(|target| takes_text(&target));
    !event.default_prevented() && !modified && !is_text
}

/// Whether keys that are pressed there are text.
fn takes_text(target: &EventTarget) -> bool {
    let element = target.dyn_ref::<Element>();
    element.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}
