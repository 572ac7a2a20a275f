//! One person's lane: presences, outlines, stretches of trouble and marks on a sheet as long as the call.

use std::sync::Arc;

use analyzer_wasm::report::{FindingSeverity, Participant};
use analyzer_wasm::wire::{TREND_BINS, Trend};
use leptos::prelude::*;

use super::marks::{self, Mark};
use super::scale::{Scale, percent};
use super::stretches::{Stretch, Stretches};
use super::words;
use crate::analysis::Analysis;
use crate::components::finding_counts::{is_current, tally};
use crate::components::severity;
use crate::components::sparkline::{area_path, line_path};
use crate::state::current_view::CurrentView;
use crate::state::finding_counts::FindingCounts;

/// Outlines reach the top of the lane here.
const FULL_LOSS: f32 = 0.2;
const FULL_RTT_MS: f32 = 1_000.0;

/// What the lanes of a conference are made of, by the participants' places.
#[derive(Debug)]
pub(super) struct Material {
    pub(super) scale: Scale,
    pub(super) stretches: Vec<Stretches>,
    pub(super) marks: Vec<Vec<Mark>>,
    pub(super) spoken: Vec<Vec<(f64, f64)>>,
    pub(super) finding_counts: Vec<FindingCounts>,
}

/// The lane of the participant at a place.
/// Marks closer together than `least_ms` share a sign; `pointed` is the lane under the pointer.
pub(super) fn lane(
    conference_view: &CurrentView,
    place: usize,
    material: &Arc<Material>,
    least_ms: Memo<f64>,
    selected: Memo<Option<String>>,
    pointed: RwSignal<Option<usize>>,
) -> Option<AnyView> {
    let analysis = expect_context::<Analysis>();
    let overview = conference_view.overview()?;
    let person = overview.participants.get(place)?;
    let stretches = material.stretches.get(place)?;
    let told = words::lane(overview, person, stretches, material.marks.get(place)?.len());
    let label = person.label().to_owned();
    // People share names.
    let endpoint = crate::format::report::endpoint(person);
    let id = (endpoint != label).then(|| view! { <span class="id">{endpoint.to_owned()}</span> });
    let current = is_current(selected, person.key.clone());
    let reached = Signal::derive(move || Some(if current.get().is_some() { "0" } else { "-1" }));
    let sheet = [
        presences(person, &material.scale),
        outlines(conference_view, place),
        spoken(material.spoken.get(place)?, &material.scale),
        bands(conference_view, stretches, &material.scale),
    ];
    let counts = material.finding_counts.get(place).copied().unwrap_or_default();
    let wanted = conference_view.select_participant(&person.key);
    let key = person.key.clone();
    let signs = {
        let (conference_view, material) = (conference_view.clone(), material.clone());
        move || signs(&conference_view, &material, place, least_ms.get())
    };
    Some(
        view! {
            <div
                class="lane"
                role="group"
                aria-label=label.clone()
                aria-current=current
                data-testid="lane"
                data-participant=key
                data-name=label.clone()
                on:pointerenter=move |_| pointed.set(Some(place))
            >
                <button
                    class="lane-label"
                    tabindex=reached
                    title=label.clone()
                    on:click=move |_| analysis.select(wanted.clone())
                >
                    <span class="lane-name">{label.clone()}</span>
                    <span class="lane-second">{tally(counts)} {id}</span>
                </button>
                <p class="unseen">{told}</p>
                <div class="lane-plot" aria-hidden="true">
                    <div class="sheet">{sheet.into_iter().collect_view()} {signs}</div>
                </div>
            </div>
        }
        .into_any(),
    )
}

fn presences(person: &Participant, scale: &Scale) -> AnyView {
    let bars = person.presences.iter().map(|stay| {
        let (from_ms, to_ms) = (stay.from_ms - scale.start_ms, stay.to_ms - scale.start_ms);
        view! { <i class="presence" style:left=scale.left(from_ms) style:width=scale.width(from_ms, to_ms)></i> }
    });
    bars.collect_view().into_any()
}

/// Loss and frozen video as areas, the round trip as a line.
fn outlines(conference_view: &CurrentView, place: usize) -> AnyView {
    let (down, up) =
        (conference_view.trend(place, Trend::LossDown), conference_view.trend(place, Trend::LossUp));
    // `max` prefers the one that is a number.
    let loss: Vec<f32> = down.iter().zip(up).map(|(down, up)| down.max(*up)).collect();
    let frozen = area_path(conference_view.trend(place, Trend::Frozen), 1.0);
    let loss = area_path(&loss, FULL_LOSS);
    let rtt = line_path(conference_view.trend(place, Trend::Rtt), FULL_RTT_MS);
    view! {
        <svg class="outline" viewBox=format!("0 0 {TREND_BINS} 100") preserveAspectRatio="none">
            <path class="frozen" d=frozen />
            <path class="loss" d=loss />
            <path class="rtt" d=rtt />
        </svg>
    }
    .into_any()
}

/// All stretches of speaking are one path: there can be hundreds.
fn spoken(spoken: &[(f64, f64)], scale: &Scale) -> AnyView {
    let path: String = spoken
        .iter()
        .map(|(from_ms, to_ms)| {
            let (from, width) = (from_ms / scale.whole_ms, (to_ms - from_ms) / scale.whole_ms);
            format!("M{:.1} 0h{:.1}v1h-{:.1}z", from * 1e5, width * 1e5, width * 1e5)
        })
        .collect();
    view! {
        <svg class="spoken" viewBox="0 0 100000 1" preserveAspectRatio="none"><path d=path /></svg>
    }
    .into_any()
}

fn bands(conference_view: &CurrentView, stretches: &Stretches, scale: &Scale) -> AnyView {
    let list =
        stretches.list.iter().map(|one| stretch(conference_view, one, stretches.rows, scale)).collect_view();
    view! { <div class="stretches">{list}</div> }.into_any()
}

fn stretch(conference_view: &CurrentView, stretch: &Stretch, rows: usize, scale: &Scale) -> Option<AnyView> {
    let finding = conference_view.overview()?.findings.get(stretch.finding)?;
    let mut class = format!("stretch {}", severity::id(stretch.severity));
    if stretch.felt {
        class.push_str(" felt");
    }
    let felt = if stretch.felt { ", felt here" } else { "" };
    let title = format!(
        "{}{felt}: {}\n{}",
        severity::word(stretch.severity),
        finding.title,
        crate::format::stretch(stretch.from_ms, stretch.to_ms)
    );
    #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
    let (top, height) = match stretch.severity {
        FindingSeverity::Info => (None, None),
        _ => (Some(stretch.row as f64 / rows as f64), Some(1.0 / rows as f64)),
    };
    Some(
        view! {
            <i
                class=class
                title=title
                style:left=scale.left(stretch.from_ms)
                style:width=scale.width(stretch.from_ms, stretch.to_ms)
                style:top=top.map(percent)
                style:height=height.map(percent)
                data-testid="lane-stretch"
                data-finding=finding.id.clone()
                data-place=stretch.finding.to_string()
                data-severity=severity::id(stretch.severity)
            ></i>
        }
        .into_any(),
    )
}

fn signs(conference_view: &CurrentView, material: &Material, place: usize, least_ms: f64) -> Option<AnyView> {
    let overview = conference_view.overview()?;
    let signs = marks::clusters(material.marks.get(place)?, least_ms).into_iter().map(|cluster| {
        let many = if cluster.marks.len() > 1 { " many" } else { "" };
        view! {
            <i
                class=format!("sign sign-{}{many}", cluster.sign())
                title=cluster.words(overview)
                style:left=material.scale.left(cluster.at_ms())
                data-testid="lane-mark"
            ></i>
        }
    });
    Some(signs.collect_view().into_any())
}
