//! One RTP stream over a dump: what sent and received streams have in common.

use std::collections::BTreeMap;

use crate::catalog::Quantity;
use crate::extract::counter::{Counter, LossCounter, Step};
use crate::extract::samples::Samples;
use crate::extract::timeline::{ColumnId, Timeline};
use crate::model::{Metric, Report, ReportTable, Text};
use crate::report::{Direction, MediaKind, Stream};

/// The report of a stream, with the `track` report in which older Chrome versions keep half of the fields.
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

/// The changes of a stream in one poll.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct StreamDelta {
    /// Time since the last sample; `None` where no rate can be computed: after a gap or a counter reset.
    pub(super) dt_ms: Option<f64>,
    pub(super) packets: f64,
    pub(super) bytes: f64,
    pub(super) lost: Option<f64>,
    pub(super) artefact: bool,
}

/// An RTP stream over the part of the dump read so far.
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

    /// Adds a poll: the description of the stream, its packets and its bytes. `gap_ms` is the longest interval that is
    /// not a gap.
    pub(super) fn update(
        &mut self,
        fields: Fields<'_>,
        table: &ReportTable,
        at_ms: f64,
        gap_ms: f64,
    ) -> StreamDelta {
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
        let packets_increase = packets.and_then(|value| self.packets.take(value));
        let bytes_increase = bytes.and_then(|value| self.bytes.take(value));
        let dt_ms = self.last_ms.map(|last| now_ms - last).filter(|dt| *dt > 0.0);
        if self.last_ms.is_none_or(|last| now_ms > last) {
            self.last_ms = Some(now_ms);
        }
        let mut delta = StreamDelta {
            dt_ms: dt_ms.filter(|dt| *dt <= gap_ms && packets_increase.is_some()),
            packets: packets_increase.unwrap_or(0.0),
            bytes: bytes_increase.unwrap_or(0.0),
            lost: None,
            artefact: steps.contains(&Some(Step::Artefact)),
        };
        if self.direction == Direction::Inbound {
            delta.lost = fields.get(Metric::PacketsLost).and_then(|value| self.lost.take(value));
        }
        if let (Some(dt_ms), Some(_)) = (delta.dt_ms, bytes_increase) {
            self.rated_ms += dt_ms;
            self.rated_bytes += delta.bytes;
        }
        delta
    }

    /// Sets the value of this poll in the column of a quantity.
    pub(super) fn set_value(&mut self, timeline: &mut Timeline, quantity: Quantity, value: f64) {
        let index = self.index;
        let id =
            *self.columns.entry(quantity as u8).or_insert_with(|| timeline.column(Some(index), quantity));
        timeline.set(id, value);
    }

    /// The packets sent or received so far.
    pub(super) fn packets(&self) -> f64 {
        self.packets.total().unwrap_or(0.0)
    }

    /// The stream for the report, without the fields that only one direction has.
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

/// Stores a text if it differs from the stored one.
fn keep(place: &mut Option<String>, text: Option<&str>) {
    if let Some(text) = text.filter(|text| place.as_deref() != Some(*text)) {
        *place = Some(text.to_owned());
    }
}

/// A count as an integer; 0 if negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts are far below 2^53")]
pub(super) fn whole(count: f64) -> u64 {
    count.max(0.0) as u64
}
