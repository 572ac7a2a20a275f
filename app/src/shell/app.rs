//! One instance of the page: its state, and what is shown when.

use leptos::html::Input;
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::address::AddressBar;
use super::browser::{prepare_analyzer, when_idle};
use super::commands::CommandContext;
use super::drop_area::DropArea;
use super::instance::Instance;
use super::keyboard;
use super::layout::OpenCall;
use super::mount::Options;
use super::notices::Notices;
use super::shortcuts::Shortcuts;
use super::theme::watch_theme;
use super::top_bar::TopBar;
use crate::analysis::Analysis;
use crate::state::current_view::CurrentView;
use crate::views::conference::sample_notice::SampleNotice;
use crate::views::home::Home;
use crate::views::loading::Loading;

/// The page.
#[component]
pub fn App(
    /// The element that the instance is mounted in.
    root: HtmlElement,
    /// How it behaves in its document.
    options: Options,
) -> impl IntoView {
    let instance = Instance::register(root);
    let address = AddressBar::new(options.owns_address);
    let analysis = Analysis::new(address);
    let call = analysis.call();
    let current_view = Memo::new(move |_| {
        call.get().map(|call| analysis.selection.with(|selection| CurrentView::new(call, selection)))
    });
    let commands = CommandContext {
        instance,
        analysis,
        current_view,
        field_search: NodeRef::<Input>::new(),
        shortcuts_open: RwSignal::new(false),
    };
    provide_context(instance);
    provide_context(analysis);
    provide_context(commands);
    provide_context(watch_theme(instance));
    keyboard::listen(commands);
    address.on_change(move || analysis.follow_address());

    // So that the first files do not wait for it.
    when_idle(prepare_analyzer);
    if analysis.selection.with_untracked(|selection| selection.sample) {
        analysis.open_sample();
    }

    let empty = Memo::new(move |_| analysis.is_empty());
    view! {
        <DropArea on_files=move |picked| analysis.open(picked)>
            <TopBar />
            <div class="main" role=options.owns_address.then_some("main")>
                <Notices />
                <Loading />
                <Show when=move || empty.get()>
                    <Home />
                </Show>
                <Show when=move || call.with(Option::is_some)>
                    <SampleNotice />
                    <OpenCall />
                </Show>
            </div>
            <Shortcuts />
        </DropArea>
    }
}
