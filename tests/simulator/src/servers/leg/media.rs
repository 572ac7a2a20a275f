//! The media between an endpoint and its bridge in one step.

use super::{Count, Leg, Traffic, micro};
use crate::model::{Condition, Endpoint, Kind, Sending};
use crate::servers::window::Loss;
use crate::session::{Session, Source};

/// The size of an RTP header.
const HEADER_BYTES: u64 = 12;
/// How long media is sent to the bridge before the peer-to-peer connection is used, in steps.
const BEFORE_DIRECT_STEPS: u64 = 3;

impl Leg {
    /// The traffic in a call through bridges, with media in both directions.
    pub(super) fn carry(
        &mut self,
        session: &Session,
        endpoint: &Endpoint,
        cut: bool,
    ) -> (Traffic, Loss, Loss) {
        let (mut traffic, mut up) = (Traffic::default(), Loss::default());
        if !endpoint.there {
            return (traffic, up, Loss::default());
        }
        if !cut {
            self.rtt_ms = micro(endpoint.path.step_rtt_ms);
        }
        let voice = std::iter::once((true, &endpoint.voice, &session.audio));
        let cameras =
            endpoint.camera.iter().zip(&session.camera).map(|(stream, source)| (false, stream, source));
        let screen = std::iter::once((false, &endpoint.screen, &session.screen));
        for (is_voice, sending, source) in voice.chain(cameras).chain(screen) {
            let (count, lost) = self.receive(sending, source);
            if is_voice { &mut traffic.audio } else { &mut traffic.video }.add(count);
            up.lost += lost;
            up.received += count.packets;
        }
        let pictures = endpoint.camera.iter().chain([&endpoint.screen]);
        let key_frames = pictures.map(|stream| stream.key_frames.total() as u64).sum();
        self.key_frames = key_frames - *self.key_frames_before.get_or_insert(key_frames);
        let down = self.forward(endpoint, &mut traffic);
        (traffic, up, down)
    }

    /// The received packets of a stream in this step, and those detected as lost.
    fn receive(&mut self, sending: &Sending, source: &Source) -> (Count, u64) {
        let booked = sending.gap.lost().total();
        let flow = sending.flow;
        if flow.packets == 0 && !self.streams.contains_key(&source.ssrc) {
            return (Count::default(), 0);
        }
        let stream = self.streams.entry(source.ssrc).or_default();
        // Losses before the bridge started to count are not included.
        let before = *stream.booked.get_or_insert(booked - f64::from(flow.lost_up));
        stream.booked = Some(booked);
        let lost = (booked - before).max(0.0) as u64;
        let came = flow.packets.saturating_sub(flow.lost_up);
        let count = Count {
            packets: u64::from(came),
            bytes: share(flow.bytes, came, flow.packets) + u64::from(came) * HEADER_BYTES,
        };
        stream.received.add(count);
        stream.lost += lost;
        stream.jitter_ms = micro(sending.feedback.jitter_s * 1_000.0);
        stream.bps = count.bytes * 8;
        stream.fps = if came > 0 { flow.frames } else { 0 };
        stream.active_ms += if came > 0 { 1_000 } else { 0 };
        (count, lost)
    }

    /// The packets sent to the endpoint, and the loss in its feedback.
    fn forward(&mut self, endpoint: &Endpoint, traffic: &mut Traffic) -> Loss {
        let (mut lost, mut came) = (0, 0);
        for stream in &endpoint.received {
            let (packets, missing) = (u64::from(stream.came), u64::from(stream.lost_down));
            came += packets;
            lost += missing;
            let bytes = share(stream.flow.bytes, stream.came, stream.flow.packets);
            traffic.sent.add(Count { packets, bytes: bytes + packets * HEADER_BYTES });
            if stream.kind != Kind::Voice && !endpoint.path.cut {
                self.nacked += missing;
                self.plis += u64::from(missing * 5 > packets);
            }
        }
        if endpoint.path.cut {
            // Without feedback the loss is only counted with the next feedback.
            self.unseen_down += came;
            return Loss::default();
        }
        let received = came - lost;
        Loss { lost: lost + std::mem::take(&mut self.unseen_down), received }
    }

    /// The traffic in a peer-to-peer call: some media at first, then only ICE checks. Path faults of a person apply
    /// here as well, although the client's own statistics of this idle connection never show them.
    pub(super) fn idle(
        &mut self,
        session: &Session,
        now: &Condition,
        since_ms: u64,
    ) -> (Traffic, Loss, Loss) {
        let mut traffic = Traffic::default();
        if now.cut {
            return (traffic, Loss::default(), Loss::default());
        }
        self.rtt_ms = micro(now.rtt_ms + self.random.normal().abs() * 1.5);
        if since_ms >= BEFORE_DIRECT_STEPS * 1_000 {
            return (traffic, Loss::default(), Loss::default());
        }
        let count = Count { packets: 50, bytes: 50 * (60 + HEADER_BYTES) };
        let stream = self.streams.entry(session.audio.ssrc).or_default();
        stream.received.add(count);
        stream.active_ms += 1_000;
        (traffic.audio, traffic.sent) = (count, count);
        let all = Loss { lost: 0, received: count.packets };
        (traffic, all, all)
    }
}

fn share(bytes: u32, part: u32, whole: u32) -> u64 {
    if whole == 0 { 0 } else { u64::from(bytes) * u64::from(part) / u64::from(whole) }
}
