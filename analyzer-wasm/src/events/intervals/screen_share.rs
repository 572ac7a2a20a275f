//! What a person's own dump tells of their screen beside its switch: old clients have no such switch, and a screen that
//! is taken away instead of being muted switches nothing.

use super::source::{Span, Stay, Testimony};
use crate::catalog::Quantity;
use crate::extract::{Column, ConnectionExtract};
use crate::model::{Event, EventKind};
use crate::participants::Dump;
use crate::report::{Direction, MediaKind, Source};

/// A screen that was chosen is added within this.
const ADDED_WITHIN_MS: f64 = 5_000.0;
/// Its stream is first seen this long after at most: polls are seconds apart.
const FLOWS_WITHIN_MS: f64 = 25_000.0;
/// Silent for this long before the end, a stream was taken away.
const SILENT_MS: f64 = 30_000.0;

/// Adds what old clients tell, and ends what flowed no more.
pub(super) fn complete(testimonies: &mut Vec<Testimony>, stay: &Stay, dumps: &[Dump<'_>]) {
    let Some((number, dump)) = stay.dump.and_then(|own| Some((own, dumps.get(own)?))) else { return };
    match testimonies.iter_mut().find(|testimony| testimony.witness == Source::Own) {
        Some(own) => {
            for span in own.spans.iter_mut().filter(|span| span.to_ms >= stay.to_ms) {
                if let Some(last_ms) =
                    flowed_until(dump, span.from_ms).filter(|ms| *ms < stay.to_ms - SILENT_MS)
                {
                    span.to_ms = last_ms;
                }
            }
        }
        None => testimonies.extend(captured(number, dump, stay)),
    }
}

/// Screens that were chosen, added to a connection and removed from it.
fn captured(number: usize, dump: &Dump<'_>, stay: &Stay) -> Option<Testimony> {
    let events = &dump.extract.events;
    let mut spans = Vec::new();
    for (at, chosen) in events.iter().enumerate() {
        if chosen.kind != EventKind::ScreenCaptureStarted {
            continue;
        }
        let later = || events.iter().skip(at + 1);
        let is_added = |event: &&Event| {
            event.kind == EventKind::TrackAdded
                && event.at_ms - chosen.at_ms <= ADDED_WITHIN_MS
                && event.detail.as_deref().is_some_and(|detail| detail.contains("video:"))
        };
        let Some(added) = later().find(is_added) else { continue };
        let removed =
            later().find(|event| event.kind == EventKind::TrackRemoved && event.detail == added.detail);
        spans.push(Span {
            from_ms: dump.shift(chosen.at_ms),
            to_ms: removed.map_or(stay.to_ms, |event| dump.shift(event.at_ms)),
            open: false,
            dump: number,
            line: chosen.line,
        });
    }
    let from_ms = spans.first()?.from_ms;
    Some(Testimony { witness: Source::Own, from_ms, to_ms: stay.to_ms, weight: spans.len(), spans })
}

/// When the last bytes of the video went that began to flow then.
fn flowed_until(dump: &Dump<'_>, from_ms: f64) -> Option<f64> {
    let flows = dump.extract.connections.iter().flat_map(|connection| {
        let sent = connection.summary.streams.iter().filter(|stream| {
            stream.direction == Direction::Outbound && stream.kind == Some(MediaKind::Video)
        });
        sent.filter_map(|stream| flow(dump, connection, stream.index))
    });
    flows
        .filter(|(first_ms, _)| (from_ms - ADDED_WITHIN_MS..=from_ms + FLOWS_WITHIN_MS).contains(first_ms))
        .map(|(_, last_ms)| last_ms)
        .reduce(f64::max)
}

/// First and last time at which a stream carried anything.
fn flow(dump: &Dump<'_>, connection: &ConnectionExtract, stream: u32) -> Option<(f64, f64)> {
    let is_it = |column: &&Column| column.stream == Some(stream) && column.quantity == Quantity::BitrateSent;
    let column = connection.timeline.columns().iter().find(is_it)?;
    let mut carried =
        connection.timeline.points(column).filter(|(_, bps)| *bps > 0.0).map(|(at_ms, _)| at_ms);
    let first_ms = carried.next()?;
    Some((dump.shift(first_ms), dump.shift(carried.last().unwrap_or(first_ms))))
}
