//! The list of keyboard shortcuts: a modal dialog, opened by `?` or by its button.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::commands::{Action, COMMANDS, Command, CommandContext};
use super::instance::Instance;
use crate::views::VIEWS;

/// Whether a command is in a group.
type IsIn = fn(&Command) -> bool;

/// The groups of commands, by where their keys are taken.
const GROUPS: [(&str, IsIn); 3] = [
    ("Anywhere", |command| matches!(command.action, Action::Anywhere(_))),
    ("In the timeline and in charts", |command| matches!(command.action, Action::InPlot(_))),
    ("On a participant of the timeline", |command| matches!(command.action, Action::InTimeline(_))),
];

/// The dialog. The browser closes it on Escape and returns the focus to where it was.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let open = expect_context::<CommandContext>().shortcuts_open;
    let title = Instance::expect().id("shortcuts-title");
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move || {
        if let Some(dialog) = dialog.get() {
            if open.get() && !dialog.open() {
                let _ = dialog.show_modal();
            } else if !open.get() && dialog.open() {
                dialog.close();
            }
        }
    });
    let list = move || {
        open.get().then(|| {
            let views = VIEWS.iter().map(|view| row(view.title, &[view.key])).collect_view();
            let groups = GROUPS.map(|(name, is_in)| {
                let commands = COMMANDS.iter().filter(|command| is_in(command));
                group(
                    name,
                    commands.map(|command| row(command.title, command.keys)).collect_view().into_any(),
                )
            });
            view! { {groups.into_iter().collect_view()} {group("Go to", views.into_any())} }
        })
    };
    view! {
        <dialog
            class="shortcuts"
            data-testid="shortcuts"
            aria-labelledby=title.clone()
            node_ref=dialog
            on:close=move |_| open.set(false)
        >
            <div class="shortcuts-head">
                <h2 id=title.clone()>"Keyboard shortcuts"</h2>
                <button class="button small" on:click=move |_| open.set(false)>"Close"</button>
            </div>
            <div class="shortcuts-groups">{list}</div>
        </dialog>
    }
}

fn group(name: &'static str, rows: AnyView) -> AnyView {
    view! {
        <section>
            <h3>{name}</h3>
            <dl>{rows}</dl>
        </section>
    }
    .into_any()
}

fn row(title: &'static str, keys: &[&'static str]) -> AnyView {
    let keys = keys.iter().map(|key| view! { <kbd>{label(key)}</kbd> " " }).collect_view();
    view! { <div class="shortcut"><dt>{keys}</dt><dd>{title}</dd></div> }.into_any()
}

/// How a key is called on the page.
fn label(key: &'static str) -> &'static str {
    match key {
        "ArrowLeft" => "←",
        "ArrowRight" => "→",
        "ArrowUp" => "↑",
        "ArrowDown" => "↓",
        "Escape" => "Esc",
        key => key,
    }
}
