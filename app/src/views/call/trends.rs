//! The charts of one participant, on one time axis with one crosshair.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::words;
use crate::browser::zone_minutes;
use crate::charts::{ChartData, LineChart, MetricSpec};
use crate::format;
use crate::session::Session;
use crate::state::sight::Sight;

/// A chart for each metric.
#[component]
pub fn Trends(
    /// What is looked at.
    sight: Memo<Option<Sight>>,
) -> impl IntoView {
    let hover = RwSignal::new(None);
    // First and last moment, and the one that is called 0:00.
    let window = Memo::new(move |_| {
        sight.with(|sight| {
            let sight = sight.as_ref()?;
            let (from, to) = words::extent_ms(sight.participant()?)?;
            Some((from, to, sight.overview()?.conference.start_ms.unwrap_or(from)))
        })
    });
    let moment = move || {
        let (_, _, zero) = window.get()?;
        let at = hover.get()?;
        let zone = zone_minutes(at);
        Some(format!("{} · {} {}", format::duration(at - zero), format::clock(at, zone), format::zone(zone)))
    };
    let all = MetricSpec::ALL.map(|spec| (spec, columns(sight, spec)));
    // Each line once, in the order of the charts.
    let names = Memo::new(move |_| {
        let mut names: Vec<String> = Vec::new();
        for data in all.iter().filter_map(|(_, data)| data.get()) {
            names.extend(data.lines().map(|line| line.label.to_owned()));
        }
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names
    });
    let charts = all
        .into_iter()
        .map(|(spec, data)| {
            // Where no presence says it, the samples do.
            let window = Signal::derive(move || {
                let extent = || data.with(|data| data.as_ref().and_then(ChartData::extent));
                window
                    .get()
                    .or_else(|| extent().map(|(from, to)| (from, to, from)))
                    .unwrap_or((0.0, 0.0, 0.0))
            });
            view! { <LineChart spec=spec data=data.into() window=window names=names hover=hover /> }
        })
        .collect_view();
    view! {
        <div class="trends">
            <p class="moment" aria-live="off">
                {move || moment().unwrap_or_else(|| "Times count from the start of the conference.".to_owned())}
            </p>
            {charts}
        </div>
    }
}

/// Asks for a chart's columns whenever somebody else is looked at.
fn columns(sight: Memo<Option<Sight>>, spec: MetricSpec) -> RwSignal<Option<ChartData>> {
    let session = expect_context::<Session>();
    let data = RwSignal::new(None);
    let pending = StoredValue::new(None);
    let forget = move || {
        if let Some(request) = pending.try_update_value(Option::take).flatten() {
            session.forget(request);
        }
    };
    Effect::new(move || {
        forget();
        let wanted = sight.with(|sight| {
            let sight = sight.as_ref()?;
            Some((sight.conference_index(), sight.participant()?.key.clone()))
        });
        if let Some((conference, participant)) = wanted {
            pending.set_value(Some(session.ask_chart(conference, participant, spec.metric, data)));
        }
    });
    on_cleanup(forget);
    data
}
