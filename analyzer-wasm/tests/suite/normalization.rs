//! Chrome standard, old Chrome with tracks, Firefox, Safari and legacy goog reports give the same quantities.

use e2e::dump::Dump;
use e2e::poll;

use crate::support::participant;

#[test]
fn legacy_reports_become_webrtc_stats() {
    let mut dump = Dump::new();
    let reports = |sent: u32, lost: u32, cpu: bool| {
        poll![
            "Conn-0" => "googCandidatePair" {
                googActiveConnection: "true", googRtt: "48", localCandidateId: "Cand-a",
                remoteCandidateId: "Cand-b",
            },
            "Cand-a" => "localcandidate" {
                candidateType: "relayed", ipAddress: "192.0.2.1", portNumber: "443", transport: "udp",
            },
            "Cand-b" => "remotecandidate" {
                candidateType: "host", ipAddress: "192.0.2.2", portNumber: "10000", transport: "udp",
            },
            "bweforvideo" => "VideoBwe" {googAvailableSendBandwidth: "300000"},
            "ssrc_11_send" => "ssrc" {
                ssrc: "11", mediaType: "video", packetsSent: format!("{sent}"), bytesSent: format!("{sent}00"),
                packetsLost: format!("{lost}"), googRtt: "50", googFrameHeightSent: "360",
                googFrameRateSent: "15", googCodecName: "VP8", googCpuLimitedResolution: format!("{cpu}"),
                googBandwidthLimitedResolution: "false",
            },
            "ssrc_12_recv" => "ssrc" {
                ssrc: "12", mediaType: "video", packetsReceived: format!("{sent}"),
                bytesReceived: format!("{sent}00"), packetsLost: "0", googJitterReceived: "20",
                googFrameHeightReceived: "720", googFrameRateOutput: "30",
            },
        ]
    };
    dump.poll(&reports(100, 0, false), 1_000)
        .poll(&reports(200, 5, true), 11_000)
        .poll(&reports(300, 5, false), 21_000);
    let person = participant(dump.bytes());
    let connection = &person.connections[0];
    let rtt = connection.rtt_ms.unwrap();
    assert_eq!((rtt.mean, rtt.max), (48.0, 48.0));
    assert_eq!(connection.available_out_bps, Some(300_000.0));
    let pair = connection.selected_pair.as_ref().unwrap();
    assert_eq!(
        (pair.relay, pair.local.kind.as_deref(), pair.local.port),
        (Some(true), Some("relay"), Some(443))
    );
    let [sent, received] = connection.streams.as_slice() else { panic!("{:?}", connection.streams) };
    assert_eq!(
        (sent.ssrc, sent.packets, sent.packets_lost, sent.loss_ratio),
        (Some(11), 300, 5, Some(5.0 / 300.0))
    );
    assert_eq!((sent.height, sent.fps, sent.rtt_ms.unwrap().mean), (Some(360.0), Some(15.0), 50.0));
    assert_eq!((sent.cpu_limited_ms, sent.bandwidth_limited_ms), (Some(10_000.0), Some(0.0)));
    assert_eq!((received.height, received.jitter_ms.unwrap().mean), (Some(720.0), 20.0));
    assert_eq!(sent.codec.as_deref(), Some("VP8"));
}

#[test]
fn old_chrome_keeps_frames_and_freezes_in_the_track() {
    let mut dump = Dump::new();
    let poll = |packets: u32, freezes: u32, frozen: f64, concealed: u32| {
        poll![
            "V" => "inbound-rtp" {
                kind: "video", ssrc: 1, trackId: "TV", packetsReceived: packets, bytesReceived: packets,
            },
            "TV" => "track" {
                kind: "video", frameHeight: 540, frameWidth: 960, framesDecoded: packets, freezeCount: freezes,
                totalFreezesDuration: frozen,
            },
            "A" => "inbound-rtp" {
                kind: "audio", ssrc: 2, trackId: "TA", packetsReceived: packets, bytesReceived: packets,
            },
            "TA" => "track" {
                kind: "audio", totalSamplesReceived: packets * 100, concealedSamples: concealed,
                silentConcealedSamples: 0,
            },
        ]
    };
    dump.poll(&poll(100, 0, 0.0, 0), 0).poll(&poll(130, 1, 0.4, 130), 1_000);
    let person = participant(dump.bytes());
    assert_eq!((person.media.height, person.media.fps), (Some(540.0), Some(30.0)));
    assert_eq!((person.media.freezes, person.media.freeze_ms), (Some(1.0), Some(400.0)));
    assert_eq!(person.media.concealed_ratio, Some(0.01));
}

#[test]
fn firefox_has_no_transport_report_and_its_own_times() {
    let mut dump = Dump::new();
    let poll = |at: u64, sent: u32, lost: i32| {
        poll![
            "p" => "candidate-pair" {
                timestamp: at, selected: true, nominated: true, state: "succeeded", localCandidateId: "l",
                remoteCandidateId: "r",
            },
            "l" => "local-candidate" {
                timestamp: at, candidateType: "srflx", address: "192.0.2.7", port: 5000, protocol: "udp",
            },
            "r" => "remote-candidate" {
                timestamp: at, candidateType: "host", address: "192.0.2.8", port: 10000, protocol: "udp",
            },
            "o" => "outbound-rtp" {
                timestamp: at, mediaType: "audio", ssrc: 5, remoteId: "ri", packetsSent: sent,
                bytesSent: sent * 10,
            },
            "ri" => "remote-inbound-rtp" {
                timestamp: at, mediaType: "audio", ssrc: 5, packetsReceived: sent, packetsLost: lost,
                roundTripTime: 0.06, jitter: 0.004,
            },
        ]
    };
    dump.poll(&poll(1_700_000_001_000, 50, 0), 1_000).poll(&poll(1_700_000_002_000, 150, 10), 2_000);
    let person = participant(dump.bytes());
    assert_eq!(person.network.rtt_ms.unwrap().mean, 60.0);
    assert_eq!(person.network.loss_up_ratio, Some(10.0 / 150.0));
    assert_eq!(person.network.loss_down_ratio, None, "nothing was received");
    let transport = person.transport.unwrap();
    assert_eq!((transport.kind.as_deref(), transport.protocol.as_deref()), (Some("direct"), Some("udp")));
    assert_eq!(person.connections[0].streams.len(), 1, "a remote report is no stream");
}

#[test]
fn a_relay_shows_its_own_protocol_and_safari_none() {
    let pair = |relay_protocol: Option<&str>| {
        let mut dump = Dump::new();
        dump.poll(
            &poll![
                "T01" => "transport" {selectedCandidatePairId: "CP"},
                "CP" => "candidate-pair" {
                    localCandidateId: "L", remoteCandidateId: "R", currentRoundTripTime: 0.06,
                },
                "L" => "local-candidate" {
                    candidateType: "relay", protocol: "udp", relayProtocol: relay_protocol, ip: "192.0.2.3", port: 50,
                },
                "R" => "remote-candidate" {candidateType: "srflx", protocol: "udp"},
            ],
            1_000,
        );
        participant(dump.bytes()).connections.remove(0).selected_pair.unwrap()
    };
    let chrome = pair(Some("tls"));
    assert_eq!((chrome.relay, chrome.local.protocol.as_deref()), (Some(true), Some("tls")));
    assert_eq!(chrome.local.address.as_deref(), Some("192.0.2.3"));
    assert_eq!(pair(None).local.protocol, None);
}
