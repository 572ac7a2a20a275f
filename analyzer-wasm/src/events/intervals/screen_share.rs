//! Screen shares that a participant's own dump shows otherwise than by start and stop events: old clients have no such
//! events, and removing the track instead of muting it logs no stop.

use super::source::{ObservedInterval, Presence, SourceIntervals};
use crate::catalog::Quantity;
use crate::extract::{Column, ConnectionExtract};
use crate::model::{Event, EventKind};
use crate::participants::ConferenceDump;
use crate::report::{Direction, MediaKind, Source};
use crate::time_span::TimeSpan;

/// Between choosing a screen and adding its track to a connection.
const ADDED_WITHIN_MS: f64 = 5_000.0;
/// Between the start of a share and the first poll that shows its stream: polls are seconds apart.
const FLOWS_WITHIN_MS: f64 = 25_000.0;
/// A stream that sent nothing for this long before the end was removed.
const SILENT_MS: f64 = 30_000.0;

/// Adds the shares of clients without start events, and ends shares at the last packet of a removed stream.
pub(super) fn complete(
    sources: &mut Vec<SourceIntervals>,
    presence: &Presence,
    dumps: &[ConferenceDump<'_>],
) {
    let Some((number, dump)) = presence.dump.and_then(|own| Some((own, dumps.get(own)?))) else { return };
    match sources.iter_mut().find(|source_intervals| source_intervals.source == Source::Own) {
        Some(own) => {
            for span in own.spans.iter_mut().filter(|span| span.to_ms >= presence.to_ms) {
                if let Some(last_ms) =
                    flowed_until(dump, span.from_ms).filter(|ms| *ms < presence.to_ms - SILENT_MS)
                {
                    span.to_ms = last_ms;
                }
            }
        }
        None => sources.extend(captured(number, dump, presence)),
    }
}

/// Screens that were chosen, added to a connection and removed from it, as intervals.
fn captured(number: usize, dump: &ConferenceDump<'_>, presence: &Presence) -> Option<SourceIntervals> {
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
        spans.push(ObservedInterval {
            from_ms: dump.shift(chosen.at_ms),
            to_ms: removed.map_or(presence.to_ms, |event| dump.shift(event.at_ms)),
            open: false,
            dump: number,
            line: chosen.line,
        });
    }
    let from_ms = spans.first()?.from_ms;
    Some(SourceIntervals { source: Source::Own, from_ms, to_ms: presence.to_ms, weight: spans.len(), spans })
}

/// The time of the last bytes of the video stream that started around this time.
fn flowed_until(dump: &ConferenceDump<'_>, from_ms: f64) -> Option<f64> {
    let spans = dump.extract.connections.iter().flat_map(|connection| {
        let sent = connection.summary.streams.iter().filter(|stream| {
            stream.direction == Direction::Outbound && stream.kind == Some(MediaKind::Video)
        });
        sent.filter_map(|stream| sent_span(dump, connection, stream.index))
    });
    spans
        .filter(|sent| (from_ms - ADDED_WITHIN_MS..=from_ms + FLOWS_WITHIN_MS).contains(&sent.from_ms))
        .map(|sent| sent.to_ms)
        .reduce(f64::max)
}

/// From the first to the last time at which a stream sent anything, on the conference clock.
fn sent_span(dump: &ConferenceDump<'_>, connection: &ConnectionExtract, stream: u32) -> Option<TimeSpan> {
    let is_it = |column: &&Column| column.stream == Some(stream) && column.quantity == Quantity::BitrateSent;
    let column = connection.timeline.columns().iter().find(is_it)?;
    let mut carried =
        connection.timeline.points(column).filter(|(_, bps)| *bps > 0.0).map(|(at_ms, _)| at_ms);
    let first_ms = carried.next()?;
    Some(TimeSpan::new(dump.shift(first_ms), dump.shift(carried.last().unwrap_or(first_ms))))
}
