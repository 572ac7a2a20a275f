//! Which endpoint sends an SSRC, from a client's remote descriptions and console. Where a bridge rewrites SSRCs, only
//! the console has it.

use crate::model::{FileSink, MediaSource, endpoint_in};

/// Passes on the sources in a remote description: streams and sources are named after their senders.
pub(super) fn pass_described(sdp: &str, sink: &mut dyn FileSink) {
    let mut kind = None;
    for line in sdp.lines() {
        if let Some(media) = line.strip_prefix("m=") {
            kind = media.split(' ').next().filter(|kind| matches!(*kind, "audio" | "video"));
        }
        if let Some(source) = line.strip_prefix("a=ssrc:").and_then(in_ssrc_attribute) {
            sink.source(MediaSource { kind: kind.map(str::to_owned), ..source });
        }
    }
}

/// `1234 msid:<stream> <track>` or `1234 name:<source>` (RFC 5576).
fn in_ssrc_attribute(attribute: &str) -> Option<MediaSource> {
    let (ssrc, rest) = attribute.split_once(' ')?;
    let (key, value) = rest.split_once(':')?;
    let name = match key {
        "name" => Some(value.to_owned()),
        "msid" => None,
        _ => return None,
    };
    let endpoint = endpoint_in(value)?.to_owned();
    Some(MediaSource { ssrc: ssrc.parse().ok()?, endpoint, name, kind: None, video_type: None })
}

/// The source in a console line: an entry of the bridge's map of sources, or a remote track printed as text.
pub(super) fn in_console_line(message: &str) -> Option<MediaSource> {
    let mapped = |begin: &str, owner: &str| {
        let (ssrc, rest) = message.strip_prefix(begin)?.split_once(": ")?;
        let (owner, name) = rest.strip_prefix(owner)?.split_once(", source-name=")?;
        source(ssrc, owner, name, None)
    };
    mapped("New SSRC signaled ", "owner=")
        .or_else(|| mapped("Existing SSRC re-mapped ", "new owner="))
        .or_else(|| remote_track(message.split_once("RemoteTrack[userID: ")?.1))
}

/// `aaaa0001, type: video, ssrc: 1234, p2p: false, sourceName: aaaa0001-v0, status: …`; older ones have no source name.
fn remote_track(text: &str) -> Option<MediaSource> {
    let (owner, rest) = text.split_once(", type: ")?;
    let (kind, rest) = rest.split_once(", ssrc: ")?;
    let (ssrc, rest) = rest.split_once(", ")?;
    let name = rest.split_once("sourceName: ").and_then(|(_, name)| name.split(',').next());
    source(ssrc, owner, name.unwrap_or_default(), Some(kind))
}

fn source(ssrc: &str, owner: &str, name: &str, kind: Option<&str>) -> Option<MediaSource> {
    let known = |text: &str| !matches!(text, "" | "undefined" | "null");
    let kind = kind.or_else(|| match name.rsplit_once('-')?.1.get(..1)? {
        "a" => Some("audio"),
        "v" => Some("video"),
        _ => None,
    });
    known(owner).then_some(MediaSource {
        ssrc: ssrc.parse().ok()?,
        endpoint: owner.to_owned(),
        name: known(name).then(|| name.to_owned()),
        kind: kind.map(str::to_owned),
        video_type: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn console_lines_name_the_owner() {
        let found = |message| {
            in_console_line(message).map(|source| (source.ssrc, source.endpoint, source.name, source.kind))
        };
        let word = |text: &str| Some(text.to_owned());
        assert_eq!(
            found("New SSRC signaled 1234: owner=aaaa0001, source-name=aaaa0001-v1"),
            Some((1234, "aaaa0001".into(), word("aaaa0001-v1"), word("video")))
        );
        assert_eq!(
            found("Existing SSRC re-mapped 4294967295: new owner=bbbb0001, source-name=bbbb0001-a0"),
            Some((u32::MAX, "bbbb0001".into(), word("bbbb0001-a0"), word("audio")))
        );
        let track = "\"onmute\" event(1700000000000): RemoteTrack[userID: aaaa0001, type: audio, ssrc: 77, p2p: true, sourceName: aaaa0001-a0, status: {readyState: live, muted: true, enabled: true}]";
        assert_eq!(found(track), Some((77, "aaaa0001".into(), word("aaaa0001-a0"), word("audio"))));
        let older =
            "RemoteTrack[userID: aaaa0001, type: video, ssrc: 78, p2p: false, status: readyState: live]";
        assert_eq!(found(older), Some((78, "aaaa0001".into(), None, word("video"))));
        for message in [
            "New SSRC signaled 1234: owner=undefined, source-name=undefined",
            "New SSRC signaled -1: owner=aaaa0001, source-name=aaaa0001-v0",
            "Remote track for SSRC=1234 hasn't been created yet,not processing the source map",
            "RemoteTrack[userID: null, type: video, ssrc: 78, p2p: false]",
        ] {
            assert_eq!(found(message), None, "{message}");
        }
    }

    #[test]
    fn descriptions_name_streams_for_their_senders() {
        let of = |attribute| {
            in_ssrc_attribute(attribute).map(|source| (source.ssrc, source.endpoint, source.name))
        };
        assert_eq!(
            of("5 msid:aaaa0001-video-0-1 0a1b2c3d-0000-4000-8000-000000000000-1"),
            Some((5, "aaaa0001".into(), None))
        );
        assert_eq!(of("5 name:aaaa0001-a0"), Some((5, "aaaa0001".into(), Some("aaaa0001-a0".into()))));
        for attribute in
            ["5 msid:mixedmslabel mixedlabelvideo0", "5 msid:remote-video-1 x", "5 cname:aaaa0001-v0", "5"]
        {
            assert_eq!(of(attribute), None, "{attribute}");
        }
    }
}
