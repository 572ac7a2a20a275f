//! The bar above the charts: the time under the pointer or the time window, and which streams are shown.

use std::sync::Arc;

use analyzer_wasm::report::{Direction, MediaKind};
use leptos::ev::Targeted;
use leptos::prelude::*;
use web_sys::{Event, HtmlSelectElement};

use crate::charts::stream_styles::StreamStyle;
use crate::charts::{Choice, StreamStyles};
use crate::components::time_control::TimeControl;
use crate::format;
use crate::shell::browser::zone_minutes;

/// The bar.
#[component]
pub fn ChartTools(
    /// Which streams are shown.
    choice: RwSignal<Choice>,
    /// All streams.
    stream_styles: Memo<Option<Arc<StreamStyles>>>,
    /// The start of the conference, epoch ms.
    start_ms: Memo<f64>,
) -> impl IntoView {
    let time = expect_context::<TimeControl>();
    let time_text = move |at: f64| {
        let epoch_ms = start_ms.get() + at;
        let zone = zone_minutes(epoch_ms);
        format!("{} · {} {}", format::duration(at), format::clock(epoch_ms, zone), format::zone(zone))
    };
    let window_text = move || {
        let window = time.shown().get()?;
        Some(format!("{} to {}", format::duration(window.from_ms), format::duration(window.to_ms)))
    };
    let moment = move || time.hover().get().map_or_else(|| window_text().unwrap_or_default(), time_text);
    view! {
        <div class="chart-tools">
            <p class="moment" data-testid="moment" aria-live="off">{moment}</p>
            <button
                class="button small"
                data-testid="whole-call"
                disabled=move || !time.is_zoomed()
                title="Shows the whole call, like a double click on a chart or the key 0."
                on:click=move |_| time.go_whole()
            >
                "Whole call"
            </button>
            <StreamChoice choice=choice stream_styles=stream_styles />
        </div>
    }
}

/// Buttons that hide kinds of streams, and a list that singles one out.
#[component]
fn StreamChoice(choice: RwSignal<Choice>, stream_styles: Memo<Option<Arc<StreamStyles>>>) -> impl IntoView {
    let kinds = move || {
        let stream_styles = stream_styles.get()?;
        let has = |test: &dyn Fn(&StreamStyle) -> bool| stream_styles.streams().iter().any(test);
        let directions = has(&|one| one.key.direction() == Direction::Inbound)
            && has(&|one| one.key.direction() == Direction::Outbound);
        let media = has(&|one| one.key.kind() == Some(MediaKind::Audio))
            && has(&|one| one.key.kind() == Some(MediaKind::Video));
        Some(view! {
            <div class="toggles" role="group" aria-label="Streams to show">
                {directions.then(|| view! {
                    <Toggle choice=choice name="received" of=|choice| &mut choice.no_received />
                    <Toggle choice=choice name="sent" of=|choice| &mut choice.no_sent />
                })}
                {media.then(|| view! {
                    <Toggle choice=choice name="audio" of=|choice| &mut choice.no_audio />
                    <Toggle choice=choice name="video" of=|choice| &mut choice.no_video />
                })}
            </div>
        })
    };
    let pick = move |event: Targeted<Event, HtmlSelectElement>| {
        let index =
            usize::try_from(event.target().selected_index()).ok().and_then(|index| index.checked_sub(1));
        let stream_styles = stream_styles.get_untracked();
        let member = index.and_then(|index| stream_styles.as_ref()?.streams().get(index).cloned());
        choice.update(|choice| choice.single = member.map(|member| member.key));
    };
    let single = Memo::new(move |_| {
        let single = choice.with(|choice| choice.single.clone())?;
        let stream_styles = stream_styles.get()?;
        Some(stream_styles.index_of(&single)? + 1)
    });
    let options = move || {
        let stream_styles = stream_styles.get()?;
        let of = |member: &StreamStyle| view! { <option title=member.title.clone()>{member.label.clone()}</option> };
        Some(stream_styles.streams().iter().map(of).collect_view())
    };
    view! {
        {kinds}
        <label class="choice">
            <span class="unseen">"Stream to highlight"</span>
            <select
                data-testid="stream-select"
                on:change:target=pick
                prop:selectedIndex=move || {
                    // The options have to be rendered first.
                    stream_styles.track();
                    f64::from(u32::try_from(single.get().unwrap_or_default()).unwrap_or_default())
                }
            >
                <option>"all streams"</option>
                {options}
            </select>
        </label>
    }
}

/// A button that hides one kind of streams.
#[component]
fn Toggle(choice: RwSignal<Choice>, name: &'static str, of: fn(&mut Choice) -> &mut bool) -> impl IntoView {
    let shown = move || !choice.with(|choice| *of(&mut choice.clone()));
    view! {
        <button
            class="button small"
            class:off=move || !shown()
            aria-pressed=move || shown().to_string()
            on:click=move |_| choice.update(|choice| {
                let left_out = of(choice);
                *left_out = !*left_out;
            })
        >
            {name}
        </button>
    }
}
