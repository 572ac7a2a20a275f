//! Clients, presences, clocks, connections and streams of a report as text. Pure.

use analyzer_wasm::report::{
    CandidatePair, Client, Clock, Connection, MediaKind, Participant, Stream, Transport,
};

use crate::format;

/// The endpoint id that events and logs use, else the key.
pub fn endpoint(participant: &Participant) -> &str {
    participant.endpoint_ids.first().unwrap_or(&participant.key)
}

/// For example `Chrome 126`: the browser with its major version.
pub fn browser(client: &Client) -> Option<String> {
    joined([client.browser.as_deref(), client.browser_version.as_deref().map(major)], " ")
}

/// For example `Windows 10`.
pub fn system(client: &Client) -> Option<String> {
    joined([client.os.as_deref(), client.os_version.as_deref()], " ")
}

/// For example `Jitsi Meet 2.0.8719`.
pub fn application(client: &Client) -> Option<String> {
    joined([client.app.as_deref(), client.app_version.as_deref()], " ")
}

/// For example `relay, tcp`.
pub fn transport(transport: &Transport) -> Option<String> {
    joined([transport.kind.as_deref(), transport.protocol.as_deref()], ", ")
}

/// The duration of all presences of a participant.
pub fn present_ms(participant: &Participant) -> Option<f64> {
    let presences = &participant.presences;
    (!presences.is_empty()).then(|| presences.iter().map(|presence| presence.to_ms - presence.from_ms).sum())
}

/// The first and the last time of a participant's presences, epoch ms.
pub fn extent_ms(participant: &Participant) -> Option<(f64, f64)> {
    let from = participant.presences.iter().map(|presence| presence.from_ms).reduce(f64::min)?;
    let to = participant.presences.iter().map(|presence| presence.to_ms).reduce(f64::max)?;
    Some((from, to))
}

/// The presences of a participant, for example `0:00 to 4:10, 5:02 to 10:00`.
pub fn presences(participant: &Participant, start_ms: f64) -> Option<String> {
    let span = |from_ms: f64, to_ms: f64| {
        format!("{} to {}", format::duration(from_ms - start_ms), format::duration(to_ms - start_ms))
    };
    let all: Vec<String> =
        participant.presences.iter().map(|presence| span(presence.from_ms, presence.to_ms)).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// How a clock was mapped to the clock of the conference.
pub fn clock(clock: &Clock) -> String {
    let seconds = |ms: f64| {
        if ms.abs() < 1000.0 {
            format!("{} ms", format::number(ms, 0))
        } else {
            format!("{} s", format::number(ms / 1000.0, 1))
        }
    };
    let shift = if clock.offset_ms.abs() < 0.5 {
        "not shifted".to_owned()
    } else {
        format!("shifted by {}", seconds(clock.offset_ms))
    };
    let residual =
        clock.residual_ms.map(|residual| format!(", within ±{}", seconds(residual))).unwrap_or_default();
    let reason = match clock.method.as_str() {
        "sender-reports" => "aligned by RTCP sender reports",
        "server-stamp" => "consistent with the server's timestamp",
        "server-stamp-bound" => "shifted to fit the server's timestamp",
        "servers" => "aligned with events that servers recorded",
        "server" => "server clock",
        "stored" => "server clock, set by the storage time of its lines",
        "no-dump" => "no dump; times are from servers",
        "none" => "the dump has no usable server timestamp",
        other => other,
    };
    format!("{shift}{residual} ({reason})")
}

/// The route of a connection: peer to peer, or through a bridge.
pub fn route(connection: &Connection) -> Option<String> {
    connection.p2p.map(|p2p| if p2p { "peer to peer" } else { "through a bridge" }.to_owned())
}

/// The local and the remote candidate of a pair.
pub fn pair(pair: &CandidatePair) -> Option<String> {
    let end = |end: &analyzer_wasm::report::CandidateEnd| {
        let address = match (end.address.as_deref(), end.port) {
            (Some(address), Some(port)) => Some(format!("{address}:{port}")),
            (Some(address), None) => Some(address.to_owned()),
            (None, Some(port)) => Some(format!("port {port}")),
            (None, None) => None,
        };
        joined([end.kind.as_deref(), address.as_deref(), end.protocol.as_deref()], " ")
    };
    joined([end(&pair.local).as_deref(), end(&pair.remote).as_deref()], " → ")
}

/// The frame size, for example `1280 × 720`.
pub fn size(stream: &Stream) -> Option<String> {
    match (stream.width, stream.height) {
        (Some(width), Some(height)) => Some(format!("{width:.0} × {height:.0}")),
        (None, Some(height)) => Some(format!("height {height:.0}")),
        _ => None,
    }
}

/// Audio or video, where it is known.
pub fn kind(stream: &Stream) -> Option<String> {
    stream.kind.map(|kind| match kind {
        MediaKind::Audio => "audio".to_owned(),
        MediaKind::Video => "video".to_owned(),
    })
}

/// The parts that exist, joined; `None` where none does.
pub fn joined<const N: usize>(parts: [Option<&str>; N], between: &str) -> Option<String> {
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(between))
}

fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or(version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::participant;
    use analyzer_wasm::report::{CandidateEnd, Presence};

    #[test]
    fn a_participant_is_labelled_by_the_best_name() {
        let mut participant = participant("a1b2c3d4");
        assert_eq!((participant.label(), endpoint(&participant)), ("a1b2c3d4", "a1b2c3d4"));
        participant.stats_id = Some("Lottie-1R0".into());
        assert_eq!(participant.label(), "Lottie-1R0");
        participant.name = Some("Ada".into());
        assert_eq!(participant.label(), "Ada");
    }

    #[test]
    fn unknown_parts_are_left_out() {
        let mut client = Client::default();
        assert_eq!((browser(&client), system(&client)), (None, None));
        client.browser = Some("Firefox".into());
        assert_eq!(browser(&client).as_deref(), Some("Firefox"));
        client.browser_version = Some("128.0.1".into());
        assert_eq!(browser(&client).as_deref(), Some("Firefox 128"));
    }

    #[test]
    fn presences_add_up_without_their_gaps() {
        let mut participant = participant("a");
        assert_eq!(present_ms(&participant), None);
        for (from_ms, to_ms) in [(1000.0, 5000.0), (9000.0, 10_000.0)] {
            participant.presences.push(Presence { file: "f".into(), session_id: None, from_ms, to_ms });
        }
        assert_eq!(present_ms(&participant), Some(5000.0));
        assert_eq!(presences(&participant, 1000.0).as_deref(), Some("0:00 to 0:04, 0:08 to 0:09"));
    }

    #[test]
    fn a_pair_shows_what_is_known_of_its_candidates() {
        let local = CandidateEnd {
            kind: Some("relay".into()),
            address: None,
            port: Some(3478),
            protocol: Some("tcp".into()),
        };
        let pair_of = |remote| CandidatePair { local: local.clone(), remote, ..CandidatePair::default() };
        assert_eq!(pair(&pair_of(CandidateEnd::default())).as_deref(), Some("relay port 3478 tcp"));
        let remote = CandidateEnd { address: Some("10.0.0.1".into()), ..CandidateEnd::default() };
        assert_eq!(pair(&pair_of(remote)).as_deref(), Some("relay port 3478 tcp → 10.0.0.1"));
        assert_eq!(pair(&CandidatePair::default()), None);
    }

    #[test]
    fn a_clock_names_its_method() {
        let text = |offset_ms, residual_ms, method: &str| {
            clock(&Clock { offset_ms, residual_ms, method: method.to_owned(), ..Clock::default() })
        };
        assert_eq!(text(0.0, None, "none"), "not shifted (the dump has no usable server timestamp)");
        assert_eq!(
            text(-1500.0, Some(200.0), "server-stamp-bound"),
            "shifted by −1.5 s, within ±200 ms (shifted to fit the server's timestamp)"
        );
    }
}
