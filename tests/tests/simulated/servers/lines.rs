//! Every event from a server's dump refers to the line that it was read from.

use std::collections::BTreeMap;

use analyzer_wasm::report::Event;

use super::{Mismatches, cases};

/// Texts of which the line of an event contains at least one of each row.
fn required_texts(event: &Event, ids: &[String]) -> Option<Vec<Vec<String>>> {
    let words = |words: &[&str]| vec![words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()];
    let with = |more: &[&str]| {
        let mut all = words(more);
        all.push(ids.to_vec());
        all
    };
    let last_word = || event.detail.as_deref().unwrap_or("").rsplit(' ').next().unwrap_or("").to_owned();
    Some(match event.subtype.as_str() {
        "join" => with(&["Member joined:", "\"members\":"]),
        // A leave may also be a smaller participant count without a log line.
        "leave" => words(&["Member left:", "\"participant_count\":"]),
        "endpoint_joined" => with(&["Created new endpoint", "\"endpoints\":"]),
        "endpoint_left" => with(&["Expired.", "\"endpoints\":"]),
        "bridge_assigned" | "bridge_moved" | "bridge_added" => vec![vec![last_word()]],
        // After silence the dominant speaker is reported again when audio is received.
        "dominant_speaker_start" => {
            with(&["dominant speaker changed", "\"dominantEndpoint\":", "\"num_audio_levels\":"])
        }
        "dominant_speaker_stop" => {
            words(&["dominant speaker changed", "\"dominantEndpoint\":", "\"endpoints\":"])
        }
        "bridge_overloaded" => words(&["\"overloaded\":true"]),
        "bridge_relieved" => words(&["\"overloaded\":false"]),
        "bridge_draining" => words(&["\"drain\":true"]),
        "audio_limit_reached" => words(&["\"audio_limit_reached\":true"]),
        "audio_limit_over" => words(&["\"audio_limit_reached\":false"]),
        "video_limit_reached" => words(&["\"video_limit_reached\":true"]),
        "video_limit_over" => words(&["\"video_limit_reached\":false"]),
        "ice_failed_reported" => with(&["Received ICE failed"]),
        "bridge_ice_state" => with(&["\"iceConnected\":", "\"iceFailed\":", "ICE connected"]),
        "bridge_ice_restart" => with(&["\"iceGeneration\":", "ICE restart"]),
        "bridge_dtls_state" => with(&["\"is_connected\":", "DTLS handshake complete"]),
        "audio_mute" => with(&["\"is_audio_muted\":true"]),
        "audio_unmute" => with(&["\"is_audio_muted\":false"]),
        "video_disable" => with(&["\"is_video_muted\":true"]),
        "video_enable" => with(&["\"is_video_muted\":false"]),
        "screenshare_start" => with(&["\"videoType\":\"desktop\""]),
        // A list that only became shorter is written as an empty object.
        "screenshare_stop" => with(&["\"sources\":{}"]),
        "sources_suspended" | "sources_resumed" => {
            with(&["\"suspended_sources\":", "\"has_suspended_sources\":"])
        }
        "oversending_start" | "oversending_stop" => with(&["\"oversending\":"]),
        "endpoint_inactive" => with(&["is considered disconnected"]),
        "endpoint_active" => with(&["has reconnected"]),
        "session_initiate" => with(&["Sending session-initiate"]),
        "session_accept" => with(&["Received session-accept"]),
        "session_terminate" => with(&["Terminating "]),
        "conference_created" => words(&["create_conf"]),
        "bridge_removed" => words(&["was removed from the conference"]),
        "recorder_joined" | "sip_joined" | "transcriber_joined" => words(&["Member joined:", "\"members\":"]),
        "recorder_left" | "sip_left" | "transcriber_left" => words(&["Member left:", "_count\":"]),
        _ => return None,
    })
}

#[test]
fn the_line_of_every_event_contains_its_source() {
    let mut wrong = Mismatches::default();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for case in cases() {
        let text = |file: &str| {
            let dump = case.call.servers.iter().find(|dump| dump.name == file)?;
            let text = std::str::from_utf8(&dump.bytes).unwrap().replace("\\\"", "\"");
            Some(text.lines().map(str::to_owned).collect::<Vec<_>>())
        };
        let texts: BTreeMap<&str, Vec<String>> =
            case.call.servers.iter().map(|dump| (dump.name.as_str(), text(&dump.name).unwrap())).collect();
        for (what, report) in case.reports() {
            for event in report.events.iter().filter(|event| event.server.is_some()) {
                *kinds.entry(&event.subtype).or_default() += 1;
                let what = || format!("seed {}, {what}: {event:?}", case.seed);
                let server = case.server_of(&event.file);
                wrong.unless(event.server.as_ref() == Some(&server.name), || format!("server {}", what()));
                let line = usize::try_from(event.line)
                    .ok()
                    .and_then(|line| texts[event.file.as_str()].get(line - 1));
                let Some(line) = line else {
                    wrong.unless(false, || format!("no such line {}", what()));
                    continue;
                };
                let key = event.participant.as_ref();
                let person = report.participants.iter().find(|person| Some(&person.key) == key);
                // The events of recorders and gateways contain the endpoint in their detail.
                let machine =
                    || event.detail.iter().map(|text| text.split(':').next().unwrap().to_owned()).collect();
                let ids: Vec<String> = person.map_or_else(machine, |person| person.endpoint_ids.clone());
                let Some(needed) = required_texts(event, &ids) else {
                    wrong.unless(false, || format!("no texts are known for {}", what()));
                    continue;
                };
                for row in needed {
                    let is = row.iter().any(|word| line.contains(word));
                    wrong.unless(is, || {
                        format!("{row:?} is not in {} {}", line.chars().take(300).collect::<String>(), what())
                    });
                }
            }
        }
    }
    println!("{kinds:?}");
    wrong.conclude();
}
