//! Sums over all connections of a dump: the participant's own numbers.
//!
//! A person in a two-person call has two connections, one to the peer and an idle one to the bridge. What the
//! person felt is on the one that carried media, so path numbers count where packets flowed in that interval,
//! and over everything only if none ever did.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::received::median_size;
use super::sent::SentGrowth;
use super::stream::Growth;
use crate::extract::samples::Samples;
use crate::report::{Connection, Direction, Media, MediaKind, Network};

/// The sums so far. Those of several dumps can be merged, for a person who came back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    rtt_on_media: Samples,
    rtt: Samples,
    available_on_media: Samples,
    available: Samples,
    jitter: Samples,
    /// Of streams' first polls: used where no stream was polled twice.
    first_jitter: Samples,
    sent_bytes: Option<f64>,
    received_bytes: Option<f64>,
    covered_ms: f64,
    covered_until: f64,
    cpu_ms: Option<f64>,
    bandwidth_ms: Option<f64>,
    pub(super) frames: ReceivedFrames,
}

/// What one poll of one connection adds.
#[derive(Debug, Default)]
pub(super) struct PollGrowth {
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

impl PollGrowth {
    /// Whether packets flowed since the last poll.
    pub(super) fn carries_media(&self) -> bool {
        self.packets > 0.0
    }

    /// A received stream's part; the jitter is of the packets that came until now.
    pub(super) fn received(&mut self, growth: &Growth, jitter_s: Option<f64>) {
        self.packets += growth.packets;
        if growth.dt_ms.is_some() {
            *self.received_bytes.get_or_insert(0.0) += growth.bytes;
        }
        let jitter_ms = jitter_s.map(|jitter_s| jitter_s * 1_000.0);
        if growth.packets > 0.0 {
            self.jitters_ms.extend(jitter_ms);
        } else if growth.dt_ms.is_none() {
            self.first_jitters_ms.extend(jitter_ms.filter(|jitter_ms| *jitter_ms > 0.0));
        }
    }

    /// A sent stream's part. Simulcast layers are limited together, so the longest counts, not the sum.
    pub(super) fn sent(&mut self, growth: &Growth, sent: &SentGrowth) {
        self.packets += growth.packets;
        if growth.dt_ms.is_some() {
            *self.sent_bytes.get_or_insert(0.0) += growth.bytes;
        }
        for (place, ms) in [(&mut self.cpu_ms, sent.cpu_ms), (&mut self.bandwidth_ms, sent.bandwidth_ms)] {
            if let Some(ms) = ms {
                *place = Some(place.map_or(ms, |longest| longest.max(ms)));
            }
        }
    }
}

impl Totals {
    /// Polls cover this stretch; what several connections cover counts once.
    pub(super) fn cover(&mut self, from_ms: f64, to_ms: f64) {
        self.covered_ms += (to_ms - from_ms.max(self.covered_until)).max(0.0);
        self.covered_until = self.covered_until.max(to_ms);
    }

    pub(super) fn end_poll(&mut self, poll: PollGrowth) {
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

    /// Adds another dump's sums; the two do not overlap in time.
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

    /// The participant's network, from these sums and the connections' totals.
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

    /// The participant's media.
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

/// What all received streams showed together.
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

/// Lost packets of all streams that tell of loss, as a share of what they carried.
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
