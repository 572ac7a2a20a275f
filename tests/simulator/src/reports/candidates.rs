//! Reports of the path: `candidate-pair`, its candidates, `transport`, `certificate`.

use super::{View, thousandth};
use crate::dump::{Fields, Snapshot};
use crate::fault::{FaultKind, RelayProtocol};
use crate::session::IceIds;

/// Like a certificate in length.
const CERTIFICATE: &str = "MIIBFzCBvaADAgECAgkA+VyXdCy6/rswCgYIKoZIzj0EAwIwETEPMA0GA1UEAwwGV2ViUlRDMB4XDTI2MTExOTA5NDAyN1oXDTI2MTIyMDA5NDAyN1owETEPMA0GA1UEAwwGV2ViUlRDMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2SYrsgJ58tVwoDge6YRvVLWXxaqI4Id7WwcCfUoDEbzw";
/// Where a bridge listens.
const BRIDGE_PORT: u16 = 10_000;

pub(super) fn certificates(view: &View<'_>, snapshot: &mut Snapshot) {
    for (id, fingerprint) in view.ids.certificates.iter().zip(&view.session.fingerprints) {
        snapshot
            .report(id, "certificate", view.now_ms())
            .word("base64Certificate", CERTIFICATE)
            .text("fingerprint", fingerprint)
            .word("fingerprintAlgorithm", "sha-256");
    }
}

/// The names that are in use now.
fn ids<'a>(view: &View<'a>) -> Option<&'a IceIds> {
    view.session.ice.get(view.generation).or_else(|| view.session.ice.last())
}

pub(super) fn pair_and_ends(view: &View<'_>, snapshot: &mut Snapshot) {
    let Some(ids) = ids(view) else { return };
    let (at, path) = (view.moment, &view.endpoint.path);
    let outage_ms = view.true_ms - path.last_in_ms;
    let last_in_ms = path.last_in_ms.min(view.true_ms - 2.0).max(0.0);
    snapshot
        .report(&ids.pair, "candidate-pair", view.now_ms())
        .whole("availableOutgoingBitrate", path.available_bps as i64)
        .whole("bytesDiscardedOnSend", 0)
        .whole("bytesReceived", path.bytes_in.whole(at))
        .whole("bytesSent", path.bytes_out.whole(at))
        .whole("consentRequestsSent", path.responses)
        .real("currentRoundTripTime", path.rtt_s)
        .real("lastPacketReceivedTimestamp", view.client_ms(last_in_ms).floor())
        .real("lastPacketSentTimestamp", view.client_ms(view.true_ms - 1.0).floor())
        .text("localCandidateId", &ids.local)
        .flag("nominated", true)
        .whole("packetsDiscardedOnSend", 0)
        .whole("packetsReceived", path.packets_in.whole(at))
        .whole("packetsSent", path.packets_out.whole(at))
        .real("priority", 7_961_272_326_093_815_000.0)
        .text("remoteCandidateId", &ids.remote)
        .whole("requestsReceived", path.responses)
        .whole("requestsSent", path.responses + 1)
        .whole("responsesReceived", path.responses)
        .whole("responsesSent", path.responses)
        .word("state", if outage_ms > 2_500.0 { "in-progress" } else { "succeeded" })
        .real("totalRoundTripTime", thousandth(path.total_rtt_s))
        .word("transportId", "T01")
        .flag("writable", outage_ms < 5_000.0);
    local(snapshot.report(&ids.local, "local-candidate", view.now_ms()), view, ids);
    remote(snapshot.report(&ids.remote, "remote-candidate", view.now_ms()), view, ids);
}

fn local(mut fields: Fields<'_>, view: &View<'_>, ids: &IceIds) {
    let transport = view.transport_of(view.session.person);
    match transport {
        Some(FaultKind::Relay { protocol }) => {
            let url = match protocol {
                RelayProtocol::Udp => "turn:turn.example.org:443?transport=udp",
                RelayProtocol::Tcp => "turn:turn.example.org:443?transport=tcp",
                RelayProtocol::Tls => "turns:turn.example.org:443?transport=tcp",
            };
            fields.word("address", "198.51.100.7").word("candidateType", "relay");
            fields.word("relayProtocol", protocol.name()).word("url", url).word("ip", "198.51.100.7");
        }
        _ => {
            fields.word("address", "x.x.x.x").word("candidateType", "host").word("ip", "x.x.x.x");
        }
    }
    let tcp = transport == Some(FaultKind::Tcp);
    fields.word("foundation", "1391522453").flag("isRemote", false).word("networkType", "wifi");
    fields.whole("port", if tcp { 9 } else { ids.port }).whole("priority", 2_122_260_223);
    fields.word("protocol", if tcp { "tcp" } else { "udp" });
    if tcp {
        fields.word("tcpType", "active");
    }
    fields.word("transportId", "T01").text("usernameFragment", &ids.ufrag);
}

fn remote(mut fields: Fields<'_>, view: &View<'_>, ids: &IceIds) {
    let other = 1 - view.session.person.min(1);
    let relayed = view.is_direct() && matches!(view.transport_of(other), Some(FaultKind::Relay { .. }));
    let tcp = view.transport_of(view.session.person) == Some(FaultKind::Tcp);
    let (kind, port) = match (view.is_direct(), relayed) {
        (_, true) => ("relay", 49_152),
        (true, _) => ("srflx", ids.port),
        (false, _) if tcp => ("host", 443),
        (false, _) => ("host", BRIDGE_PORT),
    };
    fields
        .word("address", if relayed { "198.51.100.7" } else { "x.x.x.x" })
        .word("candidateType", kind)
        .word("foundation", "1")
        .flag("isRemote", true)
        .whole("port", port)
        .whole("priority", 2_130_706_431)
        .word("protocol", if tcp { "tcp" } else { "udp" })
        .word("transportId", "T01")
        .text("usernameFragment", &ids.remote_ufrag);
}

pub(super) fn transport(view: &View<'_>, snapshot: &mut Snapshot) {
    let Some(ids) = ids(view) else { return };
    let (at, path) = (view.moment, &view.endpoint.path);
    let [own, other] = &view.ids.certificates;
    snapshot
        .report(&view.ids.transport, "transport", view.now_ms())
        .whole("bytesReceived", path.bytes_in.whole(at))
        .whole("bytesSent", path.bytes_out.whole(at))
        .word("dtlsCipher", "TLS_AES_128_GCM_SHA256")
        .word("dtlsRole", "client")
        .word("dtlsState", "connected")
        .text("iceLocalUsernameFragment", &ids.ufrag)
        .word("iceRole", "controlled")
        .word("iceState", if view.true_ms - path.last_in_ms > 5_200.0 { "disconnected" } else { "connected" })
        .text("localCertificateId", own)
        .whole("packetsReceived", path.packets_in.whole(at))
        .whole("packetsSent", path.packets_out.whole(at))
        .text("remoteCertificateId", other)
        .whole("selectedCandidatePairChanges", view.generation as i64 + 1)
        .text("selectedCandidatePairId", &ids.pair)
        .word("srtpCipher", "AES_CM_128_HMAC_SHA1_80")
        .word("tlsVersion", "FEFC");
}
