//! Reports of received media: `inbound-rtp`, `remote-outbound-rtp`, `media-playout`.

use super::{OPUS, View, thousandth};
use crate::dump::{Fields, Snapshot};
use crate::model::{Kind, Receiving};
use crate::session::Source;

/// RTP's header with the extensions that Jitsi uses.
const HEADER_BYTES: i64 = 28;
/// Seconds between 1900 and 1970, in ms: NTP's epoch.
const NTP_MS: f64 = 2_208_988_800_000.0;

pub(super) fn playout(view: &View<'_>, snapshot: &mut Snapshot) {
    let seconds = (view.true_ms - view.session.connected_ms as f64).max(0.0) / 1_000.0;
    let samples = (seconds * 44_100.0) as i64 / 441 * 441;
    snapshot
        .report(&view.ids.playout, "media-playout", view.now_ms())
        .word("kind", "audio")
        .whole("synthesizedSamplesDuration", 0)
        .whole("synthesizedSamplesEvents", 0)
        .real("totalPlayoutDelay", thousandth(samples as f64 * 0.03))
        .whole("totalSamplesCount", samples)
        .real("totalSamplesDuration", thousandth(samples as f64 / 44_100.0));
}

pub(super) fn codecs(view: &View<'_>, snapshot: &mut Snapshot) {
    let [opus, vp8] = &view.ids.codecs_in;
    if view.endpoint.received.iter().any(|stream| stream.seen && stream.kind == Kind::Voice) {
        self::opus(snapshot.report(opus, "codec", view.now_ms()));
    }
    if view.endpoint.received.iter().any(|stream| stream.seen && stream.kind != Kind::Voice) {
        self::vp8(snapshot.report(vp8, "codec", view.now_ms()));
    }
}

pub(super) fn opus(mut fields: Fields<'_>) {
    fields
        .whole("channels", 2)
        .whole("clockRate", 48_000)
        .word("mimeType", "audio/opus")
        .whole("payloadType", 111)
        .word("sdpFmtpLine", OPUS)
        .word("transportId", "T01");
}

pub(super) fn vp8(mut fields: Fields<'_>) {
    fields
        .whole("clockRate", 90_000)
        .word("mimeType", "video/VP8")
        .whole("payloadType", 96)
        .word("transportId", "T01");
}

/// The received streams of a kind, with what they are of their senders.
fn seen<'a>(view: &View<'a>, kind: Kind) -> impl Iterator<Item = (&'a Receiving, &'a Source)> + use<'a> {
    let sessions = view.sessions;
    let streams = view.endpoint.received.iter().filter(move |stream| stream.kind == kind && stream.seen);
    streams.filter_map(move |stream| Some((stream, source_of(sessions.get(stream.from)?, kind)?)))
}

fn source_of(sender: &crate::session::Session, kind: Kind) -> Option<&Source> {
    match kind {
        Kind::Voice => Some(&sender.audio),
        Kind::Camera => sender.camera.first(),
        Kind::Screen => Some(&sender.screen),
    }
}

pub(super) fn streams(view: &View<'_>, kind: Kind, snapshot: &mut Snapshot) {
    let [opus, vp8] = &view.ids.codecs_in;
    let at = view.moment;
    for (stream, source) in seen(view, kind) {
        let received = stream.received.whole(at);
        let voice = kind == Kind::Voice;
        let name = if voice { "audio" } else { "video" };
        let last_ms = stream.last_packet_ms.min(view.true_ms - 3.25);
        let mut fields = snapshot.report(&source.names.inbound, "inbound-rtp", view.now_ms());
        fields
            .text("codecId", if voice { opus } else { vp8 })
            .word("kind", name)
            .word("mediaType", name)
            .whole("ssrc", source.ssrc)
            .word("transportId", "T01")
            .real("jitter", stream.jitter_ms.round() / 1_000.0)
            .whole("packetsLost", stream.gap.lost().whole(at))
            .whole("packetsReceived", received)
            .whole("packetsReceivedWithCe", 0)
            .whole("packetsReceivedWithEct1", 0)
            .whole("bytesReceived", stream.bytes.whole(at))
            .real("estimatedPlayoutTimestamp", (view.now_ms() + NTP_MS).floor())
            .whole("headerBytesReceived", received * HEADER_BYTES)
            .real("jitterBufferDelay", stream.buffer_s.real(at))
            .whole("jitterBufferEmittedCount", stream.emitted.whole(at))
            .real("jitterBufferMinimumDelay", thousandth(stream.buffer_s.real(at) * 0.7))
            .real("jitterBufferTargetDelay", thousandth(stream.buffer_s.real(at) * 0.8))
            .real("lastPacketReceivedTimestamp", view.client_ms(last_ms))
            .text("mid", &source.names.mid);
        if voice {
            heard(&mut fields, stream, view);
        } else {
            watched(&mut fields, stream, view);
        }
        if stream.report.count > 0 {
            fields.text("remoteId", &source.names.remote_outbound);
        }
        fields.text("trackIdentifier", &source.remote_track);
    }
}

fn heard(fields: &mut Fields<'_>, stream: &Receiving, view: &View<'_>) {
    let at = view.moment;
    let samples = stream.samples.whole(at);
    let loud = if stream.flow.speaking { 0.05 + (samples % 977) as f64 / 4_000.0 } else { 0.0 };
    fields
        .real("audioLevel", thousandth(loud))
        .whole("concealedSamples", stream.concealed.whole(at))
        .whole("concealmentEvents", stream.concealments.whole(at))
        .whole("fecPacketsDiscarded", 0)
        .whole("fecPacketsReceived", 0)
        .whole("insertedSamplesForDeceleration", 2_400)
        .whole("packetsDiscarded", 0)
        .word("playoutId", "AP")
        .whole("removedSamplesForAcceleration", 1_440)
        .whole("silentConcealedSamples", stream.silent.whole(at))
        .real("totalAudioEnergy", stream.energy.real(at))
        .real("totalProcessingDelay", thousandth(stream.buffer_s.real(at) * 0.95))
        .real("totalSamplesDuration", thousandth(samples as f64 / 48_000.0))
        .whole("totalSamplesReceived", samples);
}

fn watched(fields: &mut Fields<'_>, stream: &Receiving, view: &View<'_>) {
    let at = view.moment;
    let decoded = stream.decoded.whole(at);
    let between_s = decoded as f64 / 29.7 + stream.freeze_s.real(at);
    if stream.kind == Kind::Screen {
        fields.word("contentType", "screenshare");
    }
    fields.word("decoderImplementation", "libvpx").whole("firCount", 0);
    if stream.flow.height > 0 {
        fields.whole("frameHeight", stream.flow.height).whole("frameWidth", stream.flow.width);
    }
    fields
        .whole("framesAssembledFromMultiplePackets", decoded * 9 / 10)
        .whole("framesDecoded", decoded)
        .whole("framesDropped", stream.dropped.whole(at))
        .whole("framesPerSecond", stream.flow.frames)
        .whole("framesReceived", stream.frames.whole(at))
        .whole("freezeCount", stream.freezes.whole(at))
        .whole("keyFramesDecoded", stream.key_frames.whole(at))
        .whole("nackCount", stream.nacks.whole(at))
        .whole("pauseCount", stream.pauses.whole(at))
        .whole("pliCount", stream.plis.whole(at))
        .flag("powerEfficientDecoder", false)
        .whole("qpSum", decoded * 22)
        .whole("retransmittedBytesReceived", 0)
        .whole("retransmittedPacketsReceived", 0)
        .real("totalAssemblyTime", thousandth(decoded as f64 * 0.0004))
        .real("totalDecodeTime", thousandth(decoded as f64 * 0.0023))
        .real("totalFreezesDuration", thousandth(stream.freeze_s.real(at)))
        .real("totalInterFrameDelay", thousandth(between_s))
        .real("totalPausesDuration", thousandth(stream.pause_s.real(at)))
        .real("totalProcessingDelay", thousandth(stream.buffer_s.real(at) + decoded as f64 * 0.0025))
        .real("totalSquaredInterFrameDelay", thousandth(between_s * 0.036));
}

pub(super) fn sender_reports(view: &View<'_>, kind: Kind, snapshot: &mut Snapshot) {
    let [opus, vp8] = &view.ids.codecs_in;
    for (stream, source) in seen(view, kind).filter(|(stream, _)| stream.report.count > 0) {
        let voice = kind == Kind::Voice;
        let name = if voice { "audio" } else { "video" };
        let report = stream.report;
        // The sender's own clock, which the bridge passes on.
        let ahead_ms = view.sessions.get(stream.from).map_or(0, |sender| sender.details.clock_ahead_ms);
        let sent_ms = view.scenario.start_ms as f64 + ahead_ms as f64 + report.at_ms - report.travel_ms;
        snapshot
            .report(&source.names.remote_outbound, "remote-outbound-rtp", view.client_ms(report.at_ms))
            .text("codecId", if voice { opus } else { vp8 })
            .word("kind", name)
            .word("mediaType", name)
            .whole("ssrc", source.ssrc)
            .word("transportId", "T01")
            .whole("bytesSent", report.bytes as i64)
            .whole("packetsSent", report.packets as i64)
            .text("localId", &source.names.inbound)
            .real("remoteTimestamp", thousandth(sent_ms))
            .whole("reportsSent", report.count)
            .whole("roundTripTimeMeasurements", 0)
            .whole("totalRoundTripTime", 0);
    }
}
