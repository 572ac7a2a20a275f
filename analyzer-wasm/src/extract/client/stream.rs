//! One RTP stream over a dump: its counters, its distributions and its columns.

use std::collections::BTreeMap;

use crate::catalog::Quantity;
use crate::extract::counter::{Counter, LossCounter, Step};
use crate::extract::samples::Samples;
use crate::extract::timeline::{ColumnId, Timeline};
use crate::model::{Metric, Report, ReportTable, Text};
use crate::report::{Direction, MediaKind, Stream};

/// A stream's report, with the `track` report that older Chrome kept half of its fields in.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    pub(super) own: &'a Report,
    track: Option<&'a Report>,
}

impl<'a> Fields<'a> {
    pub(super) fn of(own: &'a Report, table: &'a ReportTable) -> Self {
        Self { own, track: own.text(Text::TrackId).and_then(|id| table.find(id)) }
    }

    pub(super) fn get(&self, metric: Metric) -> Option<f64> {
        self.own.get(metric).or_else(|| self.track?.get(metric))
    }

    fn text(&self, field: Text) -> Option<&'a str> {
        self.own.text(field).or_else(|| self.track?.text(field))
    }
}

/// What one poll added to a stream.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Growth {
    /// Time since the last sample, where rates may be taken over it: no gap, no reset.
    pub(super) dt_ms: Option<f64>,
    pub(super) packets: f64,
    pub(super) bytes: f64,
    pub(super) lost: Option<f64>,
    pub(super) artefact: bool,
}

/// A stream as it is being read.
#[derive(Debug)]
pub(super) struct StreamState {
    index: u32,
    pub(super) direction: Direction,
    pub(super) kind: Option<MediaKind>,
    ssrc: Option<u32>,
    track: Option<String>,
    codec: Option<String>,
    from_ms: f64,
    to_ms: f64,
    last_ms: Option<f64>,
    packets: Counter,
    bytes: Counter,
    pub(super) lost: LossCounter,
    pub(super) jitter: Samples,
    pub(super) rtt: Samples,
    rated_ms: f64,
    rated_bytes: f64,
    columns: BTreeMap<u8, ColumnId>,
}

impl StreamState {
    pub(super) fn new(index: u32, direction: Direction, ssrc: Option<u32>, at_ms: f64) -> Self {
        Self {
            index,
            direction,
            kind: None,
            ssrc,
            track: None,
            codec: None,
            from_ms: at_ms,
            to_ms: at_ms,
            last_ms: None,
            packets: Counter::default(),
            bytes: Counter::default(),
            lost: LossCounter::default(),
            jitter: Samples::default(),
            rtt: Samples::default(),
            rated_ms: 0.0,
            rated_bytes: 0.0,
            columns: BTreeMap::new(),
        }
    }

    /// Takes what the report says of the stream itself, and its packets and bytes.
    pub(super) fn grow(
        &mut self,
        fields: Fields<'_>,
        table: &ReportTable,
        at_ms: f64,
        gap_ms: f64,
    ) -> Growth {
        self.to_ms = self.to_ms.max(at_ms);
        self.describe(fields, table);
        let now_ms = fields.own.timestamp_ms().unwrap_or(at_ms);
        let (packets, bytes) = match self.direction {
            Direction::Inbound => (Metric::PacketsReceived, Metric::BytesReceived),
            Direction::Outbound => (Metric::PacketsSent, Metric::BytesSent),
        };
        let (packets, bytes) = (fields.get(packets), fields.get(bytes));
        let steps =
            [packets.map(|value| self.packets.step(value)), bytes.map(|value| self.bytes.step(value))];
        if steps == [Some(Step::Fell); 2] {
            self.packets.restart();
            self.bytes.restart();
            self.lost.restart();
        }
        let packets_grown = packets.and_then(|value| self.packets.take(value));
        let bytes_grown = bytes.and_then(|value| self.bytes.take(value));
        let dt_ms = self.last_ms.map(|last| now_ms - last).filter(|dt| *dt > 0.0);
        if self.last_ms.is_none_or(|last| now_ms > last) {
            self.last_ms = Some(now_ms);
        }
        let mut growth = Growth {
            dt_ms: dt_ms.filter(|dt| *dt <= gap_ms && packets_grown.is_some()),
            packets: packets_grown.unwrap_or(0.0),
            bytes: bytes_grown.unwrap_or(0.0),
            lost: None,
            artefact: steps.contains(&Some(Step::Artefact)),
        };
        if self.direction == Direction::Inbound {
            growth.lost = fields.get(Metric::PacketsLost).and_then(|value| self.lost.take(value));
        }
        if let (Some(dt_ms), Some(_)) = (growth.dt_ms, bytes_grown) {
            self.rated_ms += dt_ms;
            self.rated_bytes += growth.bytes;
        }
        growth
    }

    /// Puts a value into the stream's column of a quantity.
    pub(super) fn plot(&mut self, timeline: &mut Timeline, quantity: Quantity, value: f64) {
        let index = self.index;
        let id =
            *self.columns.entry(quantity as u8).or_insert_with(|| timeline.column(Some(index), quantity));
        timeline.set(id, value);
    }

    /// Packets counted so far.
    pub(super) fn packets(&self) -> f64 {
        self.packets.total().unwrap_or(0.0)
    }

    /// What is common to both directions, for the report.
    pub(super) fn summary(&self) -> Stream {
        let packets = self.packets();
        let lost = self.lost.total();
        let expected = match self.direction {
            Direction::Inbound => packets + lost.unwrap_or(0.0),
            Direction::Outbound => packets,
        };
        Stream {
            index: self.index,
            direction: self.direction,
            kind: self.kind,
            ssrc: self.ssrc,
            sender: None,
            track: self.track.clone(),
            codec: self.codec.clone(),
            from_ms: self.from_ms,
            to_ms: self.to_ms,
            packets: whole(packets),
            packets_lost: whole(lost.unwrap_or(0.0)),
            loss_ratio: lost.filter(|_| expected > 0.0).map(|lost| (lost / expected).min(1.0)),
            bitrate_bps: (self.rated_ms > 0.0).then(|| self.rated_bytes * 8_000.0 / self.rated_ms),
            jitter_ms: self.jitter.distribution(),
            rtt_ms: self.rtt.distribution(),
            fps: None,
            height: None,
            width: None,
            freeze_ms: None,
            freezes: None,
            pause_ms: None,
            concealed_ratio: None,
            cpu_limited_ms: None,
            bandwidth_limited_ms: None,
        }
    }

    fn describe(&mut self, fields: Fields<'_>, table: &ReportTable) {
        if self.kind.is_none() {
            self.kind = match fields.text(Text::Kind) {
                Some("audio") => Some(MediaKind::Audio),
                Some("video") => Some(MediaKind::Video),
                _ => None,
            };
        }
        let codec = fields.own.text(Text::CodecId).and_then(|id| table.find(id)?.text(Text::MimeType));
        let codec = codec.or_else(|| fields.own.text(Text::MimeType));
        keep(&mut self.codec, codec);
        let source =
            fields.own.text(Text::MediaSourceId).and_then(|id| table.find(id)?.text(Text::TrackIdentifier));
        keep(&mut self.track, fields.text(Text::TrackIdentifier).or(source));
    }
}

/// Takes a text over where it is news.
fn keep(place: &mut Option<String>, text: Option<&str>) {
    if let Some(text) = text.filter(|text| place.as_deref() != Some(*text)) {
        *place = Some(text.to_owned());
    }
}

/// A count as an integer.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts are far below 2^53")]
pub(super) fn whole(count: f64) -> u64 {
    count.max(0.0) as u64
}
