//! The lane of one participant: presences, quality outlines, findings and event marks on a sheet as long as the call.

use std::sync::Arc;

use analyzer_wasm::report::{FindingSeverity, Participant};
use analyzer_wasm::wire::{TREND_BINS, Trend};
use leptos::prelude::*;

use super::finding_spans::{FindingSpan, FindingSpans};
use super::marks::{self, Mark};
use super::scale::{Scale, percent};
use super::wording;
use crate::analysis::Analysis;
use crate::components::finding_counts::{is_current, tally};
use crate::components::severity;
use crate::components::sparkline::{area_path, line_path};
use crate::state::current_view::CurrentView;
use crate::state::finding_counts::FindingCounts;

/// The values at which outlines reach the top of the lane.
const FULL_LOSS: f32 = 0.2;
const FULL_RTT_MS: f32 = 1_000.0;

/// What the lanes of a conference are made of, by index of the participant.
#[derive(Debug)]
pub(super) struct Material {
    pub(super) scale: Scale,
    pub(super) spans: Vec<FindingSpans>,
    pub(super) marks: Vec<Vec<Mark>>,
    pub(super) speaking: Vec<Vec<(f64, f64)>>,
    pub(super) finding_counts: Vec<FindingCounts>,
}

/// The lane of the participant at an index.
/// Marks closer together than `least_ms` share a sign; `pointed` is set to the index of the lane under the pointer.
pub(super) fn lane(
    conference_view: &CurrentView,
    index: usize,
    material: &Arc<Material>,
    least_ms: Memo<f64>,
    selected: Memo<Option<String>>,
    pointed: RwSignal<Option<usize>>,
) -> Option<AnyView> {
    let analysis = expect_context::<Analysis>();
    let overview = conference_view.overview()?;
    let participant = overview.participants.get(index)?;
    let spans = material.spans.get(index)?;
    let description = wording::lane(overview, participant, spans, material.marks.get(index)?.len());
    let label = participant.label().to_owned();
    // Several participants may have the same name.
    let endpoint = crate::format::report::endpoint(participant);
    let id = (endpoint != label).then(|| view! { <span class="id">{endpoint.to_owned()}</span> });
    let current = is_current(selected, participant.key.clone());
    let tab_index = Signal::derive(move || Some(if current.get().is_some() { "0" } else { "-1" }));
    let sheet = [
        presences(participant, &material.scale),
        outlines(conference_view, index),
        speaking(material.speaking.get(index)?, &material.scale),
        span_views(conference_view, spans, &material.scale),
    ];
    let counts = material.finding_counts.get(index).copied().unwrap_or_default();
    let selection = conference_view.select_participant(&participant.key);
    let key = participant.key.clone();
    let signs = {
        let (conference_view, material) = (conference_view.clone(), material.clone());
        move || signs(&conference_view, &material, index, least_ms.get())
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
                on:pointerenter=move |_| pointed.set(Some(index))
            >
                <button
                    class="lane-label"
                    tabindex=tab_index
                    title=label.clone()
                    on:click=move |_| analysis.select(selection.clone())
                >
                    <span class="lane-name">{label.clone()}</span>
                    <span class="lane-second">{tally(counts)} {id}</span>
                </button>
                <p class="unseen">{description}</p>
                <div class="lane-plot" aria-hidden="true">
                    <div class="sheet">{sheet.into_iter().collect_view()} {signs}</div>
                </div>
            </div>
        }
        .into_any(),
    )
}

fn presences(participant: &Participant, scale: &Scale) -> AnyView {
    let bars = participant.presences.iter().map(|presence| {
        let (from_ms, to_ms) = (presence.from_ms - scale.start_ms, presence.to_ms - scale.start_ms);
        view! { <i class="presence" style:left=scale.left(from_ms) style:width=scale.width(from_ms, to_ms)></i> }
    });
    bars.collect_view().into_any()
}

/// Packet loss and frozen video as areas, round-trip time as a line.
fn outlines(conference_view: &CurrentView, index: usize) -> AnyView {
    let (down, up) =
        (conference_view.trend(index, Trend::LossDown), conference_view.trend(index, Trend::LossUp));
    // `max` ignores NaN.
    let loss: Vec<f32> = down.iter().zip(up).map(|(down, up)| down.max(*up)).collect();
    let frozen = area_path(conference_view.trend(index, Trend::Frozen), 1.0);
    let loss = area_path(&loss, FULL_LOSS);
    let rtt = line_path(conference_view.trend(index, Trend::Rtt), FULL_RTT_MS);
    view! {
        <svg class="outline" viewBox=format!("0 0 {TREND_BINS} 100") preserveAspectRatio="none">
            <path class="frozen" d=frozen />
            <path class="loss" d=loss />
            <path class="rtt" d=rtt />
        </svg>
    }
    .into_any()
}

/// All speaking times as one path: there can be hundreds.
fn speaking(spans: &[(f64, f64)], scale: &Scale) -> AnyView {
    let path: String = spans
        .iter()
        .map(|(from_ms, to_ms)| {
            let (from, width) = (from_ms / scale.whole_ms, (to_ms - from_ms) / scale.whole_ms);
            format!("M{:.1} 0h{:.1}v1h-{:.1}z", from * 1e5, width * 1e5, width * 1e5)
        })
        .collect();
    view! {
        <svg class="speaking" viewBox="0 0 100000 1" preserveAspectRatio="none"><path d=path /></svg>
    }
    .into_any()
}

fn span_views(conference_view: &CurrentView, spans: &FindingSpans, scale: &Scale) -> AnyView {
    let list = spans.list.iter().map(|one| span_view(conference_view, one, spans.rows, scale)).collect_view();
    view! { <div class="spans">{list}</div> }.into_any()
}

fn span_view(
    conference_view: &CurrentView,
    span: &FindingSpan,
    rows: usize,
    scale: &Scale,
) -> Option<AnyView> {
    let finding = conference_view.overview()?.findings.get(span.finding)?;
    let mut class = format!("span {}", severity::id(span.severity));
    if span.affected {
        class.push_str(" affected");
    }
    let affected = if span.affected { ", affects this participant" } else { "" };
    let title = format!(
        "{}{affected}: {}\n{}",
        severity::word(span.severity),
        finding.title,
        crate::format::time_span(span.from_ms, span.to_ms)
    );
    #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
    let (top, height) = match span.severity {
        FindingSeverity::Info => (None, None),
        _ => (Some(span.row as f64 / rows as f64), Some(1.0 / rows as f64)),
    };
    Some(
        view! {
            <i
                class=class
                title=title
                style:left=scale.left(span.from_ms)
                style:width=scale.width(span.from_ms, span.to_ms)
                style:top=top.map(percent)
                style:height=height.map(percent)
                data-testid="lane-finding"
                data-finding=finding.id.clone()
                data-index=span.finding.to_string()
                data-severity=severity::id(span.severity)
            ></i>
        }
        .into_any(),
    )
}

fn signs(conference_view: &CurrentView, material: &Material, index: usize, least_ms: f64) -> Option<AnyView> {
    let overview = conference_view.overview()?;
    let signs = marks::clusters(material.marks.get(index)?, least_ms).into_iter().map(|cluster| {
        let many = if cluster.marks.len() > 1 { " many" } else { "" };
        view! {
            <i
                class=format!("sign sign-{}{many}", cluster.sign())
                title=cluster.text(overview)
                style:left=material.scale.left(cluster.at_ms())
                data-testid="lane-mark"
            ></i>
        }
    });
    Some(signs.collect_view().into_any())
}
