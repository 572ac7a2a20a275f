//! An endpoint as its bridge reports it: totals, distributions and chart columns over the polls.

use serde::{Deserialize, Serialize};

use super::events::ServerEvents;
use super::presences::ServerPresences;
use crate::catalog::Quantity;
use crate::extract::counter::{Counter, Step};
use crate::extract::samples::Samples;
use crate::extract::timeline::{ColumnId, Timeline};
use crate::model::{BridgeEndpoint, BridgeMetric, EventKind as Kind, Stamp};

/// An endpoint in the dump of a bridge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EndpointExtract {
    /// Its id.
    pub id: String,
    /// Its generated stats id.
    pub stats_id: Option<String>,
    /// Whether it is a visitor (receives only).
    pub visitor: Option<bool>,
    /// When it was present.
    pub presences: ServerPresences,
    /// The last ICE state.
    pub ice: Option<String>,
    /// The last DTLS state.
    pub dtls: Option<String>,
    /// The last SCTP state.
    pub sctp: Option<String>,
    /// What the bridge measured.
    pub measurements: EndpointMeasurements,
}

/// The measurements of an endpoint. Those of several bridges can be merged, where the endpoint was moved.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EndpointMeasurements {
    /// Polls that had the endpoint.
    pub polls: u64,
    pub(super) rtt: Samples,
    pub(super) jitter_up: Samples,
    pub(super) loss_up: Samples,
    pub(super) loss_down: Samples,
    pub(super) estimate: Samples,
    pub(super) ideal: Samples,
    pub(super) target: Samples,
    pub(super) forwarded: Samples,
    pub(super) bytes_up: f64,
    pub(super) bytes_down: f64,
    pub(super) up_ms: f64,
    pub(super) down_ms: f64,
    pub(super) suspended_ms: Option<f64>,
    pub(super) oversending_s: Option<f64>,
    pub(super) keyframe_requests: Option<f64>,
    pub(super) messages_up: Option<f64>,
    pub(super) messages_down: Option<f64>,
    pub(super) messages_dropped: Option<f64>,
}

/// Counters that are summed up over restarts, with the chart column of their increase.
const COUNTERS: [(BridgeMetric, Option<Quantity>); 5] = [
    (BridgeMetric::KeyFrameRequests, Some(Quantity::KeyFrameRequests)),
    (BridgeMetric::MessagesUp, Some(Quantity::ChannelMessages)),
    (BridgeMetric::MessagesDown, Some(Quantity::ChannelMessages)),
    (BridgeMetric::MessagesDropped, None),
    (BridgeMetric::OversendingSeconds, None),
];

/// An endpoint over the part of the dump read so far.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct EndpointState {
    pub(super) extract: EndpointExtract,
    number: u32,
    columns: Vec<(Quantity, ColumnId)>,
    last_ms: Option<f64>,
    rtt: Option<f64>,
    up: Counter,
    down: Counter,
    audio: Counter,
    audible: Option<bool>,
    counters: [Counter; COUNTERS.len()],
    suspended: Vec<String>,
    oversending: Option<bool>,
    ice_generation: Option<f64>,
}

impl EndpointState {
    pub(super) fn new(id: &str, number: u32) -> Self {
        let extract = EndpointExtract {
            id: id.to_owned(),
            stats_id: None,
            visitor: None,
            presences: ServerPresences::default(),
            ice: None,
            dtls: None,
            sctp: None,
            measurements: EndpointMeasurements::default(),
        };
        Self {
            extract,
            number,
            columns: Vec::new(),
            last_ms: None,
            rtt: None,
            up: Counter::default(),
            down: Counter::default(),
            audio: Counter::default(),
            audible: None,
            counters: Default::default(),
            suspended: Vec::new(),
            oversending: None,
            ice_generation: None,
        }
    }

    /// Adds a poll. A longer interval than `gap_ms` is a gap, over which nothing is computed.
    pub(super) fn add_poll(
        &mut self,
        at: Stamp,
        now: &BridgeEndpoint,
        gap_ms: f64,
        timeline: &mut Timeline,
        events: &mut ServerEvents,
    ) {
        if now.stats_id.is_some() {
            self.extract.stats_id.clone_from(&now.stats_id);
        }
        self.extract.visitor = now.visitor.or(self.extract.visitor);
        self.extract.measurements.polls += 1;
        let dt_ms = self.last_ms.map(|last| at.at_ms - last).filter(|dt_ms| *dt_ms > 0.0 && *dt_ms <= gap_ms);
        if self.last_ms.is_none_or(|last| last < at.at_ms) {
            self.last_ms = Some(at.at_ms);
        }
        let heard = now
            .get(BridgeMetric::AudioPackets)
            .and_then(|packets| increase(&mut self.audio, packets, now.is_new));
        self.audible = heard.map(|packets| packets > 0.0).or(self.audible);
        self.add_samples(now, timeline);
        self.add_bytes(now, dt_ms, timeline);
        self.add_counters(now, timeline);
        self.add_allocation(at, now, dt_ms, timeline, events);
        self.add_states(at, now, events);
    }

    /// Whether it has sent audio since the poll before.
    pub(super) fn is_audible(&self) -> Option<bool> {
        self.audible
    }

    fn set_value(&mut self, timeline: &mut Timeline, quantity: Quantity, value: f64) {
        let known = self.columns.iter().find(|(known, _)| *known == quantity).map(|(_, id)| *id);
        let id = known.unwrap_or_else(|| {
            let id = timeline.column(Some(self.number), quantity);
            self.columns.push((quantity, id));
            id
        });
        timeline.set(id, value);
    }

    /// Adds the values that are used as they were sampled; the loss is over the last 60 s.
    fn add_samples(&mut self, now: &BridgeEndpoint, timeline: &mut Timeline) {
        let share = |lost, arrived| {
            let (lost, arrived): (f64, f64) = now.get(lost).zip(now.get(arrived))?;
            // Late packets may make the loss negative. Without packets there is no loss.
            let lost = lost.max(0.0);
            (lost + arrived > 0.0).then(|| lost / (lost + arrived))
        };
        // A value that is equal to the last digit is the same measurement: without media nothing is measured.
        let rtt = now.get(BridgeMetric::Rtt).filter(|rtt| self.rtt != Some(*rtt));
        self.rtt = rtt.or(self.rtt);
        let measurements = &mut self.extract.measurements;
        let samples = [
            (Quantity::RoundTripTime, &mut measurements.rtt, rtt),
            (Quantity::Jitter, &mut measurements.jitter_up, now.get(BridgeMetric::UpJitter)),
            (
                Quantity::BridgeUplinkLoss,
                &mut measurements.loss_up,
                share(BridgeMetric::UpLost, BridgeMetric::UpArrived),
            ),
            (
                Quantity::BridgeDownlinkLoss,
                &mut measurements.loss_down,
                share(BridgeMetric::DownLost, BridgeMetric::DownArrived),
            ),
            (Quantity::BridgeEstimate, &mut measurements.estimate, now.get(BridgeMetric::Estimate)),
            (Quantity::IdealBitrate, &mut measurements.ideal, now.get(BridgeMetric::Ideal)),
            (Quantity::TargetBitrate, &mut measurements.target, now.get(BridgeMetric::Target)),
            (Quantity::ForwardedSources, &mut measurements.forwarded, now.get(BridgeMetric::Forwarded)),
        ];
        let mut points = Vec::new();
        for (quantity, samples, value) in samples {
            if let Some(value) = value {
                samples.add(value);
                points.push((quantity, value));
            }
        }
        for (quantity, value) in points {
            self.set_value(timeline, quantity, value);
        }
    }

    fn add_bytes(&mut self, now: &BridgeEndpoint, dt_ms: Option<f64>, timeline: &mut Timeline) {
        let up = now.get(BridgeMetric::BytesUp).and_then(|bytes| increase(&mut self.up, bytes, now.is_new));
        let down =
            now.get(BridgeMetric::BytesDown).and_then(|bytes| increase(&mut self.down, bytes, now.is_new));
        let measurements = &mut self.extract.measurements;
        let Some(dt_ms) = dt_ms else { return };
        if let Some(bytes) = up {
            measurements.bytes_up += bytes;
            measurements.up_ms += dt_ms;
        }
        if let Some(bytes) = down {
            measurements.bytes_down += bytes;
            measurements.down_ms += dt_ms;
        }
        for (quantity, bytes) in [(Quantity::BridgeBitrateReceived, up), (Quantity::BridgeBitrateSent, down)]
        {
            if let Some(bytes) = bytes {
                self.set_value(timeline, quantity, bytes * 8_000.0 / dt_ms);
            }
        }
    }

    fn add_counters(&mut self, now: &BridgeEndpoint, timeline: &mut Timeline) {
        let mut points: Vec<(Quantity, f64)> = Vec::new();
        for (counter, (metric, quantity)) in self.counters.iter_mut().zip(COUNTERS) {
            let Some(value) = now.get(metric) else { continue };
            let increased = increase(counter, value, now.is_new);
            if let (Some(quantity), Some(increased)) = (quantity, increased) {
                match points.iter_mut().find(|(known, _)| *known == quantity) {
                    Some((_, sum)) => *sum += increased,
                    None => points.push((quantity, increased)),
                }
            }
        }
        for (quantity, value) in points {
            self.set_value(timeline, quantity, value);
        }
    }

    fn add_allocation(
        &mut self,
        at: Stamp,
        now: &BridgeEndpoint,
        dt_ms: Option<f64>,
        timeline: &mut Timeline,
        events: &mut ServerEvents,
    ) {
        let id = Some(now.id.as_str());
        if let Some(count) = now.get(BridgeMetric::Suspended) {
            self.set_value(timeline, Quantity::SuspendedSources, count);
            let suspended_ms = self.extract.measurements.suspended_ms.get_or_insert(0.0);
            // Sources that were suspended in the last poll have been suspended since.
            if !self.suspended.is_empty() {
                *suspended_ms += dt_ms.unwrap_or(0.0);
            }
            if self.suspended != now.suspended {
                let (kind, detail) = match now.suspended.as_slice() {
                    [] => (Kind::SourcesResumed, None),
                    names => (Kind::SourcesSuspended, Some(names.join(", "))),
                };
                events.polled(at, kind, id, detail);
                self.suspended.clone_from(&now.suspended);
            }
        }
        if let Some(value) = now.get(BridgeMetric::Oversending) {
            self.set_value(timeline, Quantity::Oversending, value);
            let yes = value > 0.0;
            if self.oversending.unwrap_or(false) != yes {
                let kind = if yes { Kind::Oversending } else { Kind::NotOversending };
                events.polled(at, kind, id, None);
            }
            self.oversending = Some(yes);
        }
    }

    /// Adds events for states that change, and for a first state that is a failure.
    fn add_states(&mut self, at: Stamp, now: &BridgeEndpoint, events: &mut ServerEvents) {
        let generation = now.get(BridgeMetric::IceGeneration);
        let known = self.ice_generation.filter(|_| !now.is_new);
        if let Some((generation, _)) = generation.zip(known).filter(|(now, known)| now > known) {
            events.polled_unless_logged(
                at,
                Kind::BridgeIceRestart,
                &now.id,
                format!("generation {generation}"),
            );
        }
        self.ice_generation = generation.or(known);
        let states = [
            (&mut self.extract.ice, now.ice, Some(Kind::BridgeIceState)),
            (&mut self.extract.dtls, now.dtls, Some(Kind::BridgeDtlsState)),
            (&mut self.extract.sctp, now.sctp, None),
        ];
        for (known, state, kind) in states {
            let Some(state) = state.filter(|state| known.as_deref() != Some(state)) else { continue };
            if let Some(kind) = kind.filter(|_| known.is_some() || state == "failed") {
                events.polled(at, kind, Some(&now.id), Some(state.to_owned()));
            }
            *known = Some(state.to_owned());
        }
    }

    /// Ends the dump.
    pub(super) fn finish(mut self) -> EndpointExtract {
        let [keyframes, up, down, dropped, oversending] = self.counters.map(|counter| counter.total());
        let measurements = &mut self.extract.measurements;
        (measurements.keyframe_requests, measurements.messages_up, measurements.messages_down) =
            (keyframes, up, down);
        (measurements.messages_dropped, measurements.oversending_s) = (dropped, oversending);
        self.extract
    }
}

/// The increase of a counter. A counter that falls, or whose endpoint is new, has restarted at zero.
fn increase(counter: &mut Counter, value: f64, anew: bool) -> Option<f64> {
    if anew || counter.step(value) == Step::Fell {
        counter.restart();
    }
    counter.take(value)
}
