//! Network and media totals of a participant over all peer connections of a dump.
//!
//! A call of two participants has two peer connections: one to the peer and an idle one to the bridge. Only the one
//! that carries media matters for quality, so round-trip times and bitrates count for intervals in which packets were
//! sent or received, and for all intervals only if there never were any.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::received::median_size;
use super::sent::SentDelta;
use super::stream::StreamDelta;
use crate::extract::samples::Samples;
use crate::report::{Connection, Direction, Media, MediaKind, Network};

/// The totals of one dump. Those of several dumps of a participant can be merged.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    rtt_on_media: Samples,
    rtt: Samples,
    available_on_media: Samples,
    available: Samples,
    jitter: Samples,
    /// Jitter in the first poll of each stream: used where no stream was polled twice.
    first_jitter: Samples,
    sent_bytes: Option<f64>,
    received_bytes: Option<f64>,
    covered_ms: f64,
    covered_until: f64,
    cpu_ms: Option<f64>,
    bandwidth_ms: Option<f64>,
    pub(super) frames: ReceivedFrames,
}

/// The changes of one connection in one poll.
#[derive(Debug, Default)]
pub(super) struct PollDelta {
    pub(super) rtts_ms: Vec<f64>,
    pub(super) available_out_bps: Option<f64>,
    jitters_ms: Vec<f64>,
    first_jitters_ms: Vec<f64>,
    packets: f64,
    sent_bytes: Option<f64>,
    received_bytes: Option<f64>,
    cpu_ms: Option<f64>,
    bandwidth_ms: Option<f64>,
}

impl PollDelta {
    /// Whether packets were sent or received since the last poll.
    pub(super) fn carries_media(&self) -> bool {
        self.packets > 0.0
    }

    /// Adds a received stream, with the jitter of its packets up to now.
    pub(super) fn add_received(&mut self, delta: &StreamDelta, jitter_s: Option<f64>) {
        self.packets += delta.packets;
        if delta.dt_ms.is_some() {
            *self.received_bytes.get_or_insert(0.0) += delta.bytes;
        }
        let jitter_ms = jitter_s.map(|jitter_s| jitter_s * 1_000.0);
        if delta.packets > 0.0 {
            self.jitters_ms.extend(jitter_ms);
        } else if delta.dt_ms.is_none() {
            self.first_jitters_ms.extend(jitter_ms.filter(|jitter_ms| *jitter_ms > 0.0));
        }
    }

    /// Adds a sent stream. Simulcast layers are limited together, so the longest limitation counts, not the sum.
    pub(super) fn add_sent(&mut self, delta: &StreamDelta, sent: &SentDelta) {
        self.packets += delta.packets;
        if delta.dt_ms.is_some() {
            *self.sent_bytes.get_or_insert(0.0) += delta.bytes;
        }
        for (longest, ms) in [(&mut self.cpu_ms, sent.cpu_ms), (&mut self.bandwidth_ms, sent.bandwidth_ms)] {
            if let Some(ms) = ms {
                *longest = Some(longest.map_or(ms, |longest| longest.max(ms)));
            }
        }
    }
}

impl Totals {
    /// Adds an interval between polls. Time that several connections cover counts once.
    pub(super) fn add_covered_time(&mut self, from_ms: f64, to_ms: f64) {
        self.covered_ms += (to_ms - from_ms.max(self.covered_until)).max(0.0);
        self.covered_until = self.covered_until.max(to_ms);
    }

    /// Adds the changes of one poll.
    pub(super) fn add_poll(&mut self, poll: PollDelta) {
        let carries = poll.carries_media();
        for rtt_ms in poll.rtts_ms {
            self.rtt.add(rtt_ms);
            if carries {
                self.rtt_on_media.add(rtt_ms);
            }
        }
        if let Some(bps) = poll.available_out_bps {
            self.available.add(bps);
            if carries {
                self.available_on_media.add(bps);
            }
        }
        for jitter_ms in poll.jitters_ms {
            self.jitter.add(jitter_ms);
        }
        for jitter_ms in poll.first_jitters_ms {
            self.first_jitter.add(jitter_ms);
        }
        add(&mut self.sent_bytes, poll.sent_bytes);
        add(&mut self.received_bytes, poll.received_bytes);
        add(&mut self.cpu_ms, poll.cpu_ms);
        add(&mut self.bandwidth_ms, poll.bandwidth_ms);
    }

    /// Adds the totals of another dump, which does not overlap with this one in time.
    pub(crate) fn merge(&mut self, other: &Self) {
        let samples = [
            (&mut self.rtt_on_media, &other.rtt_on_media),
            (&mut self.rtt, &other.rtt),
            (&mut self.available_on_media, &other.available_on_media),
            (&mut self.available, &other.available),
            (&mut self.jitter, &other.jitter),
            (&mut self.first_jitter, &other.first_jitter),
        ];
        for (ours, theirs) in samples {
            ours.merge(theirs);
        }
        self.covered_ms += other.covered_ms;
        add(&mut self.sent_bytes, other.sent_bytes);
        add(&mut self.received_bytes, other.received_bytes);
        add(&mut self.cpu_ms, other.cpu_ms);
        add(&mut self.bandwidth_ms, other.bandwidth_ms);
        self.frames.merge(&other.frames);
    }

    /// The network of the participant, from these totals and the connections.
    pub(crate) fn network(&self, connections: &[Connection]) -> Network {
        let covered_s = self.covered_ms / 1_000.0;
        let rate =
            |bytes: Option<f64>| bytes.filter(|_| covered_s > 0.0).map(|bytes| bytes * 8.0 / covered_s);
        Network {
            rtt_ms: self.rtt_on_media.distribution().or_else(|| self.rtt.distribution()),
            jitter_ms: self.jitter.distribution().or_else(|| self.first_jitter.distribution()),
            loss_down_ratio: loss(connections, Direction::Inbound),
            loss_up_ratio: loss(connections, Direction::Outbound),
            send_bps: rate(self.sent_bytes),
            receive_bps: rate(self.received_bytes),
            available_out_bps: self.available_on_media.mean().or_else(|| self.available.mean()),
        }
    }

    /// The media of the participant, from these totals and the connections.
    pub(crate) fn media(&self, connections: &[Connection]) -> Media {
        let frames = &self.frames;
        let video = || streams(connections, Direction::Inbound).filter(|s| s.kind == Some(MediaKind::Video));
        Media {
            freeze_ms: sum(video().map(|stream| stream.freeze_ms)),
            freezes: sum(video().map(|stream| stream.freezes)),
            pause_ms: sum(video().map(|stream| stream.pause_ms)),
            concealed_ratio: (frames.samples > 0.0).then(|| frames.concealed / frames.samples),
            fps: (frames.fps_ms > 0.0).then(|| frames.fps_times_ms / frames.fps_ms),
            height: median_size(&frames.heights),
            cpu_limited_ms: self.cpu_ms,
            bandwidth_limited_ms: self.bandwidth_ms,
        }
    }
}

/// Frames and audio samples of all received streams.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct ReceivedFrames {
    pub(super) fps_times_ms: f64,
    pub(super) fps_ms: f64,
    pub(super) heights: BTreeMap<u64, f64>,
    pub(super) concealed: f64,
    pub(super) samples: f64,
}

impl ReceivedFrames {
    fn merge(&mut self, other: &Self) {
        self.fps_times_ms += other.fps_times_ms;
        self.fps_ms += other.fps_ms;
        for (height, ms) in &other.heights {
            *self.heights.entry(*height).or_default() += ms;
        }
        self.concealed += other.concealed;
        self.samples += other.samples;
    }
}

fn add(sum: &mut Option<f64>, part: Option<f64>) {
    if let Some(part) = part {
        *sum.get_or_insert(0.0) += part;
    }
}

fn streams(connections: &[Connection], direction: Direction) -> impl Iterator<Item = &crate::report::Stream> {
    connections
        .iter()
        .flat_map(|connection| &connection.streams)
        .filter(move |stream| stream.direction == direction)
}

/// The lost share of the packets of all streams that report loss.
#[expect(clippy::cast_precision_loss, reason = "packets are far below 2^53")]
fn loss(connections: &[Connection], direction: Direction) -> Option<f64> {
    let (mut lost, mut packets) = (0_u64, 0_u64);
    for stream in streams(connections, direction).filter(|stream| stream.loss_ratio.is_some()) {
        lost += stream.packets_lost;
        packets += stream.packets;
    }
    let expected = if direction == Direction::Inbound { lost + packets } else { packets };
    (expected > 0).then(|| (lost as f64 / expected as f64).min(1.0))
}

fn sum(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    values.flatten().fold(None, |sum: Option<f64>, value| Some(sum.unwrap_or(0.0) + value))
}
