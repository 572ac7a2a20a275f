//! Reports of sent media: `outbound-rtp`, `remote-inbound-rtp`, `media-source`.

use super::{View, received, thousandth};
use crate::dump::{Snapshot, Value};
use crate::model::{LAYERS, SCREEN, Sending};
use crate::session::Source;

/// RTP's header with the extensions that Jitsi uses.
const HEADER_BYTES: i64 = 28;
/// The ids of simulcast layers, the smallest first.
const RIDS: [&str; 3] = ["1", "2", "3"];

pub(super) fn codecs(view: &View<'_>, snapshot: &mut Snapshot) {
    let [opus, vp8] = &view.ids.codecs_out;
    received::opus(snapshot.report(opus, "codec", view.now_ms()));
    received::vp8(snapshot.report(vp8, "codec", view.now_ms()));
}

/// Every video stream that was ever requested, with its index among the layers.
fn video<'a>(view: &View<'a>) -> impl Iterator<Item = (Option<usize>, &'a Sending, &'a Source)> + use<'a> {
    let (endpoint, session) = (view.endpoint, view.session);
    let camera = endpoint.camera.iter().zip(&session.camera).enumerate();
    let screen = std::iter::once((None, &endpoint.screen, &session.screen));
    let shared = screen.filter(|(_, stream, _)| stream.packets.total() > 0.0);
    camera.map(|(layer, (stream, source))| (Some(layer), stream, source)).chain(shared)
}

pub(super) fn streams(view: &View<'_>, snapshot: &mut Snapshot) {
    voice(view, snapshot);
    let [_, vp8] = &view.ids.codecs_out;
    let (at, path) = (view.moment, &view.endpoint.path);
    let simulcast = view.session.camera.len() > 1;
    for (layer, stream, source) in video(view) {
        let packets = stream.packets.whole(at);
        let frames = stream.frames.whole(at);
        let mut fields = snapshot.report(&source.names.outbound, "outbound-rtp", view.now_ms());
        fields
            .text("codecId", vp8)
            .word("kind", "video")
            .word("mediaType", "video")
            .whole("ssrc", source.ssrc)
            .word("transportId", "T01")
            .whole("bytesSent", stream.bytes.whole(at))
            .whole("packetsSent", packets);
        if stream.feedback.count > 0 {
            fields.text("remoteId", &source.names.remote_inbound);
        }
        fields.flag("active", stream.active);
        if layer.is_none() {
            fields.word("contentType", "screenshare");
        }
        fields.whole("encodingIndex", layer.unwrap_or(0) as i64).whole("firCount", 0);
        if stream.flow.height > 0 {
            fields
                .word(
                    "encoderImplementation",
                    if simulcast { "SimulcastEncoderAdapter (libvpx, libvpx)" } else { "libvpx" },
                )
                .whole("frameHeight", stream.flow.height)
                .whole("frameWidth", stream.flow.width);
        }
        fields
            .whole("framesEncoded", frames)
            .whole("framesPerSecond", stream.flow.frames)
            .whole("framesSent", frames)
            .whole("headerBytesSent", packets * HEADER_BYTES)
            .whole("hugeFramesSent", 0)
            .whole("keyFramesEncoded", stream.key_frames.whole(at))
            .word("mediaSourceId", if layer.is_some() { "SV2" } else { "SV3" })
            .text("mid", &source.names.mid)
            .whole("nackCount", stream.nacks.whole(at))
            .whole("packetsSentWithEct1", 0)
            .whole("pliCount", stream.plis.whole(at))
            .whole("qpSum", stream.qp.whole(at))
            .value(
                "qualityLimitationDurations",
                Value::Record(vec![
                    ("bandwidth", thousandth(path.bandwidth_s.real(at))),
                    ("cpu", thousandth(path.cpu_s.real(at))),
                    ("none", thousandth(path.unlimited_s.real(at))),
                    ("other", 0.0),
                ]),
            )
            .word("qualityLimitationReason", path.limit.name())
            .whole("qualityLimitationResolutionChanges", 0)
            .whole("retransmittedBytesSent", 0)
            .whole("retransmittedPacketsSent", 0);
        if let Some(rid) = layer.filter(|_| simulcast).and_then(|layer| RIDS.get(layer)) {
            fields.word("rid", rid);
        }
        fields
            .word("scalabilityMode", "L1T3")
            .whole("targetBitrate", if stream.active { stream.target_bps as i64 } else { 0 })
            .real("totalEncodeTime", thousandth(stream.encode_s.real(at)))
            .whole("totalEncodedBytesTarget", stream.bytes.whole(at) * 11 / 10)
            .real("totalPacketSendDelay", thousandth(packets as f64 * 0.002));
    }
}

fn voice(view: &View<'_>, snapshot: &mut Snapshot) {
    let [opus, _] = &view.ids.codecs_out;
    let (stream, source) = (&view.endpoint.voice, &view.session.audio);
    let packets = stream.packets.whole(view.moment);
    let mut fields = snapshot.report(&source.names.outbound, "outbound-rtp", view.now_ms());
    fields
        .text("codecId", opus)
        .word("kind", "audio")
        .word("mediaType", "audio")
        .whole("ssrc", source.ssrc)
        .word("transportId", "T01")
        .whole("bytesSent", stream.bytes.whole(view.moment))
        .whole("packetsSent", packets);
    if stream.feedback.count > 0 {
        fields.text("remoteId", &source.names.remote_inbound);
    }
    fields
        .flag("active", true)
        .whole("headerBytesSent", packets * HEADER_BYTES)
        .word("mediaSourceId", "SA1")
        .text("mid", &source.names.mid)
        .whole("nackCount", 0)
        .whole("packetsSentWithEct1", 0)
        .whole("retransmittedBytesSent", 0)
        .whole("retransmittedPacketsSent", 0)
        .whole("targetBitrate", 32_000)
        .real("totalPacketSendDelay", 0.0);
}

pub(super) fn feedback(view: &View<'_>, snapshot: &mut Snapshot) {
    let [opus, vp8] = &view.ids.codecs_out;
    let voice = std::iter::once((true, &view.endpoint.voice, &view.session.audio));
    let streams = voice.chain(video(view).map(|(_, stream, source)| (false, stream, source)));
    for (is_voice, stream, source) in streams.filter(|(_, stream, _)| stream.feedback.count > 0) {
        let name = if is_voice { "audio" } else { "video" };
        let heard = &stream.feedback;
        snapshot
            .report(&source.names.remote_inbound, "remote-inbound-rtp", view.client_ms(heard.at_ms))
            .text("codecId", if is_voice { opus } else { vp8 })
            .word("kind", name)
            .word("mediaType", name)
            .whole("ssrc", source.ssrc)
            .word("transportId", "T01")
            .real("jitter", (heard.jitter_s * 1e6).round() / 1e6)
            .whole("packetsLost", heard.lost as i64)
            .real("fractionLost", (heard.fraction * 256.0).floor() / 256.0)
            .text("localId", &source.names.outbound)
            .real("roundTripTime", (heard.rtt_s * 1e6).round() / 1e6)
            .whole("roundTripTimeMeasurements", heard.count)
            .real("totalRoundTripTime", (heard.total_rtt_s * 1e6).round() / 1e6);
    }
}

pub(super) fn sources(view: &View<'_>, snapshot: &mut Snapshot) {
    let [voice, camera, screen] = &view.ids.sources;
    let session = view.session;
    let seconds = thousandth((view.true_ms - session.time().from_ms as f64) / 1_000.0);
    snapshot
        .report(voice, "media-source", view.now_ms())
        .word("kind", "audio")
        .text("trackIdentifier", &session.audio.track)
        .real("audioLevel", if view.endpoint.voice.flow.speaking { 0.1 } else { 0.0 })
        .whole("totalAudioEnergy", 0)
        .real("totalSamplesDuration", seconds);
    if let Some(source) = session.camera.first() {
        let largest = LAYERS.last().unwrap_or(&SCREEN);
        snapshot
            .report(camera, "media-source", view.now_ms())
            .word("kind", "video")
            .text("trackIdentifier", &source.track)
            .whole("frames", (seconds * 30.0) as i64)
            .whole("framesPerSecond", 30)
            .whole("height", largest.height)
            .whole("width", largest.width);
    }
    if view.endpoint.screen.active {
        snapshot
            .report(screen, "media-source", view.now_ms())
            .word("kind", "video")
            .text("trackIdentifier", &session.screen.track)
            .whole("frames", view.endpoint.screen.frames.whole(view.moment))
            .whole("framesPerSecond", 15)
            .whole("height", SCREEN.height)
            .whole("width", SCREEN.width);
    }
}
