//! The table of keyboard commands: the key handlers, the buttons that name a shortcut and the list of shortcuts read it.

use leptos::html::Input;
use leptos::prelude::*;

use super::instance::Instance;
use crate::analysis::Analysis;
use crate::state::current_view::CurrentView;
use crate::state::time_axis::TimeCommand;

/// Something that the keyboard does.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// Its name in the code.
    pub id: &'static str,
    /// What it does, as the list of shortcuts says it.
    pub title: &'static str,
    /// The keys that do it, as `KeyboardEvent.key` names them; the first is the one that is shown.
    pub keys: &'static [&'static str],
    /// How it is done.
    pub action: Action,
}

/// How a command is done, which also says where its keys are taken.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Anywhere in the instance. Returns whether there was something to do; if not, the key is left to others.
    Anywhere(fn(CommandContext) -> bool),
    /// In a plot over time that has the keyboard focus.
    InPlot(TimeCommand),
    /// In the timeline, on the label of a participant: moves the focus down or up.
    InTimeline(RowStep),
}

/// A step from one row of the timeline to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowStep {
    /// To the row below.
    Down,
    /// To the row above.
    Up,
}

/// What commands act on: the parts of one instance.
#[derive(Clone, Copy, Debug)]
pub struct CommandContext {
    /// The element that everything is in.
    pub instance: Instance,
    /// The open call.
    pub analysis: Analysis,
    /// What is selected of it.
    pub current_view: Memo<Option<CurrentView>>,
    /// The input that searches all statistics.
    pub field_search: NodeRef<Input>,
    /// Whether the list of shortcuts is open.
    pub shortcuts_open: RwSignal<bool>,
}

/// All commands, in the order in which the list of shortcuts shows them.
pub const COMMANDS: [Command; 13] = [
    Command {
        id: "shortcuts",
        title: "Show the keyboard shortcuts",
        keys: &["?"],
        action: Action::Anywhere(|context| {
            context.shortcuts_open.set(true);
            true
        }),
    },
    Command {
        id: "previous-participant",
        title: "Select the previous participant",
        keys: &["["],
        action: Action::Anywhere(|context| select_neighbor(context, -1)),
    },
    Command {
        id: "next-participant",
        title: "Select the next participant",
        keys: &["]"],
        action: Action::Anywhere(|context| select_neighbor(context, 1)),
    },
    Command {
        id: "search-fields",
        title: "Search all statistics of the participant",
        keys: &["/"],
        action: Action::Anywhere(|context| {
            let input = context.field_search.get_untracked();
            input.is_some_and(|input| input.focus().is_ok())
        }),
    },
    Command {
        id: "deselect-finding",
        title: "Deselect the finding",
        keys: &["Escape"],
        action: Action::Anywhere(deselect_finding),
    },
    Command {
        id: "zoom-in",
        title: "Zoom in",
        keys: &["+", "="],
        action: Action::InPlot(TimeCommand::ZoomIn),
    },
    Command {
        id: "zoom-out",
        title: "Zoom out",
        keys: &["-", "_", "−"],
        action: Action::InPlot(TimeCommand::ZoomOut),
    },
    Command {
        id: "earlier",
        title: "Move to an earlier time",
        keys: &["ArrowLeft"],
        action: Action::InPlot(TimeCommand::Earlier),
    },
    Command {
        id: "later",
        title: "Move to a later time",
        keys: &["ArrowRight"],
        action: Action::InPlot(TimeCommand::Later),
    },
    Command {
        id: "whole-call",
        title: "Show the whole call",
        keys: &["0", "Home"],
        action: Action::InPlot(TimeCommand::WholeCall),
    },
    Command {
        id: "time-back",
        title: "Return to the time window before",
        keys: &["Escape"],
        action: Action::InPlot(TimeCommand::Back),
    },
    Command {
        id: "row-down",
        title: "Next participant of the timeline",
        keys: &["ArrowDown"],
        action: Action::InTimeline(RowStep::Down),
    },
    Command {
        id: "row-up",
        title: "Previous participant of the timeline",
        keys: &["ArrowUp"],
        action: Action::InTimeline(RowStep::Up),
    },
];

/// The command of a key that is taken anywhere in the instance.
#[must_use]
pub fn anywhere(key: &str) -> Option<fn(CommandContext) -> bool> {
    of_key(key).find_map(|command| match command.action {
        Action::Anywhere(run) => Some(run),
        Action::InPlot(_) | Action::InTimeline(_) => None,
    })
}

/// The command of a key in a plot over time.
#[must_use]
pub fn in_plot(key: &str) -> Option<TimeCommand> {
    of_key(key).find_map(|command| match command.action {
        Action::InPlot(time) => Some(time),
        Action::Anywhere(_) | Action::InTimeline(_) => None,
    })
}

/// The command of a key on a label of the timeline.
#[must_use]
pub fn in_timeline(key: &str) -> Option<RowStep> {
    of_key(key).find_map(|command| match command.action {
        Action::InTimeline(step) => Some(step),
        Action::Anywhere(_) | Action::InPlot(_) => None,
    })
}

/// The keys of plots over time, in the form of `aria-keyshortcuts`.
#[must_use]
pub fn plot_shortcuts() -> String {
    let in_plot = COMMANDS.iter().filter(|command| matches!(command.action, Action::InPlot(_)));
    in_plot.filter_map(|command| command.keys.first().copied()).collect::<Vec<_>>().join(" ")
}

/// The key of a command that is shown for it.
#[must_use]
pub fn shortcut(id: &str) -> &'static str {
    let command = COMMANDS.iter().find(|command| command.id == id);
    command.and_then(|command| command.keys.first().copied()).unwrap_or_default()
}

/// Selects the participant so many places further in the conference's list.
pub fn select_neighbor(context: CommandContext, step: isize) -> bool {
    let selection = context.current_view.with_untracked(|current_view| {
        let current_view = current_view.as_ref()?;
        Some(current_view.select_participant(&current_view.neighbor(step)?.key))
    });
    selection.map(|selection| context.analysis.select(selection)).is_some()
}

fn deselect_finding(context: CommandContext) -> bool {
    let selection = context.current_view.with_untracked(|current_view| {
        let current_view = current_view.as_ref()?;
        current_view.finding()?;
        Some(current_view.select_participant(&current_view.participant()?.key))
    });
    selection.map(|selection| context.analysis.select(selection)).is_some()
}

fn of_key(key: &str) -> impl Iterator<Item = &'static Command> {
    COMMANDS.iter().filter(move |command| command.keys.contains(&key))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::views::VIEWS;

    #[test]
    fn ids_are_unique_and_no_key_has_two_commands_in_one_place() {
        let ids: BTreeSet<_> = COMMANDS.iter().map(|command| command.id).collect();
        assert_eq!(ids.len(), COMMANDS.len());
        let place = |action| match action {
            Action::Anywhere(_) => 0,
            Action::InPlot(_) => 1,
            Action::InTimeline(_) => 2,
        };
        let keys = COMMANDS
            .iter()
            .flat_map(|command| command.keys.iter().map(move |key| (place(command.action), *key)))
            .chain(VIEWS.iter().map(|view| (0, view.key)));
        let keys: Vec<_> = keys.collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{keys:?}");
    }

    #[test]
    fn a_key_means_what_its_place_says() {
        assert_eq!(in_plot("="), Some(TimeCommand::ZoomIn));
        assert_eq!(in_plot("["), None);
        assert_eq!(in_timeline("ArrowUp"), Some(RowStep::Up));
        assert!(anywhere("Escape").is_some() && anywhere("ArrowUp").is_none());
        assert_eq!(shortcut("next-participant"), "]");
        assert_eq!(plot_shortcuts(), "+ - ArrowLeft ArrowRight 0 Escape");
    }
}
