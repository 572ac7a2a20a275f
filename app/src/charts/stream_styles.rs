//! Labels and colours of a participant's lines: one stream has the same label and colour in all charts.

use analyzer_wasm::report::{Connection, Direction, MediaKind, Stream};
use analyzer_wasm::wire::ChartLine;

use super::scene::COLORS;
use crate::state::sorting::sorted;

/// Where there are more streams than colours, so many colours are reserved for sent streams.
const LEAST_SENT: usize = 3;
/// The units of [`badness`].
const BAD_SHARE: f64 = 0.05;
const BAD_JITTER_MS: f64 = 50.0;

/// Identifies a stream of a participant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StreamKey {
    connection: String,
    direction: Direction,
    kind: Option<MediaKind>,
    ssrc: Option<u32>,
}

/// The label and the colour of a stream.
#[derive(Clone, Debug, PartialEq)]
pub struct StreamStyle {
    /// The stream.
    pub key: StreamKey,
    /// For example `video from Ada`.
    pub label: String,
    /// The same with the identifiers of the dump.
    pub title: String,
    /// Its colour, if it has one of its own.
    pub color: Option<usize>,
}

/// The labels and colours of all streams and connections of a participant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamStyles {
    streams: Vec<StreamStyle>,
    /// Connections: the name in the dump, the label, and the title.
    connections: Vec<(String, String, String)>,
}

/// The label and the colour of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// The label.
    pub label: String,
    /// The same with the identifiers of the dump.
    pub title: String,
    /// Its colour, if it has one of its own.
    pub color: Option<usize>,
}

impl StreamKey {
    /// Inbound or outbound.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// Audio or video, where it is known.
    #[must_use]
    pub fn kind(&self) -> Option<MediaKind> {
        self.kind
    }

    /// The stream of a line.
    #[must_use]
    pub fn of(line: &ChartLine) -> Option<Self> {
        let stream = line.stream.as_ref()?;
        Some(Self {
            connection: line.connection.clone(),
            direction: stream.direction,
            kind: stream.kind,
            ssrc: stream.ssrc,
        })
    }
}

impl StreamStyles {
    /// Labels and colours everything; `label_of` gives the name of a participant by key.
    #[must_use]
    pub fn new(connections: &[Connection], label_of: impl Fn(&str) -> Option<String>) -> Self {
        let streams: Vec<(&Connection, &Stream)> =
            connections.iter().flat_map(|one| one.streams.iter().map(move |stream| (one, stream))).collect();
        let plain: Vec<String> = streams
            .iter()
            .map(|(_, stream)| plain_label(stream, stream.sender.as_deref().and_then(&label_of)))
            .collect();
        let colors = colors(&streams);
        let streams = streams
            .iter()
            .enumerate()
            .zip(colors)
            .map(|((at, (connection, stream)), color)| StreamStyle {
                key: key(connection, stream),
                label: unique_label(at, &streams, &plain),
                title: title(connection, stream),
                color,
            })
            .collect();
        let several = connections.len() > 1;
        let connections = connections.iter().map(|one| connection_label(one, several)).collect();
        Self { streams, connections }
    }

    /// All streams, sent ones first, in the order of the report.
    #[must_use]
    pub fn streams(&self) -> &[StreamStyle] {
        &self.streams
    }

    /// The index of a stream.
    #[must_use]
    pub fn index_of(&self, key: &StreamKey) -> Option<usize> {
        self.streams.iter().position(|stream| stream.key == *key)
    }

    /// The label and the colour of a line.
    #[must_use]
    pub fn look(&self, line: &ChartLine) -> Look {
        let Some(key) = StreamKey::of(line) else { return self.look_of_connection(line) };
        let stream = self.index_of(&key).and_then(|place| self.streams.get(place));
        let mut look = stream.map_or_else(
            || Look { label: line.connection.clone(), title: String::new(), color: None },
            |stream| Look { label: stream.label.clone(), title: stream.title.clone(), color: stream.color },
        );
        if let Some(facet) = &line.facet {
            // The reason of the limitation determines the colour, since it is what the chart is about.
            look.color = Some(if facet == "cpu" { 4 } else { 6 });
            look.label = format!("{facet}: {}", look.label);
        }
        look
    }

    fn look_of_connection(&self, line: &ChartLine) -> Look {
        let at = self.connections.iter().position(|(id, ..)| *id == line.connection);
        let known = at.and_then(|at| Some((at, self.connections.get(at)?)));
        known.map_or_else(
            || Look { label: line.connection.clone(), title: String::new(), color: Some(0) },
            |(at, (_, label, title))| Look {
                label: label.clone(),
                title: title.clone(),
                color: Some(at % COLORS),
            },
        )
    }
}

fn key(connection: &Connection, stream: &Stream) -> StreamKey {
    StreamKey {
        connection: connection.id.clone(),
        direction: stream.direction,
        kind: stream.kind,
        ssrc: stream.ssrc,
    }
}

fn kind_name(kind: Option<MediaKind>) -> &'static str {
    match kind {
        Some(MediaKind::Audio) => "audio",
        Some(MediaKind::Video) => "video",
        None => "media",
    }
}

fn plain_label(stream: &Stream, sender: Option<String>) -> String {
    let kind = kind_name(stream.kind);
    match (stream.direction, sender) {
        (Direction::Outbound, _) => format!("{kind} sent"),
        (Direction::Inbound, Some(sender)) => format!("{kind} from {sender}"),
        (Direction::Inbound, None) => format!("{kind} received"),
    }
}

/// The label, made unique by connection, frame height or SSRC, whichever suffices.
fn unique_label(at: usize, streams: &[(&Connection, &Stream)], plain: &[String]) -> String {
    let (Some(label), Some((connection, stream))) = (plain.get(at), streams.get(at)) else {
        return String::new();
    };
    let same =
        || streams.iter().zip(plain).enumerate().filter(|(other, (_, its))| *other != at && *its == label);
    if same().next().is_none() {
        return label.clone();
    }
    let mut words = vec![label.clone()];
    if same().any(|(_, ((other, _), _))| other.id != connection.id) {
        words.push(connection.id.clone());
    }
    let beside =
        || same().filter(|(_, ((other, _), _))| other.id == connection.id).map(|(_, ((_, other), _))| *other);
    if beside().next().is_some() {
        let height = |stream: &Stream| stream.height.map(|height| format!("{height:.0}p"));
        let ssrc = |stream: &Stream| stream.ssrc.map(|ssrc| ssrc.to_string());
        let distinct = height(stream).filter(|own| beside().all(|other| height(other).as_ref() != Some(own)));
        words.extend(distinct.or_else(|| ssrc(stream)));
    }
    words.join(" · ")
}

fn title(connection: &Connection, stream: &Stream) -> String {
    let report = match stream.direction {
        Direction::Inbound => "inbound-rtp",
        Direction::Outbound => "outbound-rtp",
    };
    let ssrc = stream.ssrc.map(|ssrc| format!("SSRC {ssrc}"));
    let parts = [Some(connection.id.clone()), Some(report.to_owned()), ssrc, stream.codec.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn connection_label(connection: &Connection, several: bool) -> (String, String, String) {
    let route = match connection.p2p {
        Some(true) => "peer to peer",
        Some(false) => "through the bridge",
        None => "connection",
    };
    let label = if several { format!("{route} · {}", connection.id) } else { route.to_owned() };
    (connection.id.clone(), label, format!("{} · {}", connection.id, connection.file))
}

/// A colour for each stream while there are enough; otherwise for the worst sent and the worst received streams.
fn colors(streams: &[(&Connection, &Stream)]) -> Vec<Option<usize>> {
    let badness = |at: usize| streams.get(at).map_or(0.0, |(_, stream)| badness(stream));
    let order = if streams.len() > COLORS {
        sorted(streams.len(), &|one, other| badness(other).total_cmp(&badness(one)))
    } else {
        (0..streams.len()).collect()
    };
    let worst_of = |direction| -> Vec<usize> {
        let of_direction = |at: &usize| streams.get(*at).is_some_and(|(_, one)| one.direction == direction);
        order.iter().copied().filter(of_direction).collect()
    };
    let (sent, received) = (worst_of(Direction::Outbound), worst_of(Direction::Inbound));
    let for_sent = sent.len().min(COLORS.saturating_sub(received.len()).max(LEAST_SENT));
    let mut colored: Vec<usize> = sent.into_iter().take(for_sent).collect();
    colored.extend(received.into_iter().take(COLORS - for_sent));
    (0..streams.len()).map(|at| colored.iter().position(|place| *place == at)).collect()
}

/// How bad a stream is: the sum of its packet loss, concealment, freeze and limitation shares in units of 5 %, and of
/// its 95th percentile of jitter in units of 50 ms. Among equals the one with more packets counts as worse.
#[expect(clippy::cast_precision_loss, reason = "packets are far below 2^53")]
fn badness(stream: &Stream) -> f64 {
    let lasted_ms = (stream.to_ms - stream.from_ms).max(1.0);
    let share = |ms: Option<f64>| ms.unwrap_or(0.0) / lasted_ms / BAD_SHARE;
    stream.loss_ratio.unwrap_or(0.0) / BAD_SHARE
        + stream.concealed_ratio.unwrap_or(0.0) / BAD_SHARE
        + stream.jitter_ms.map_or(0.0, |jitter| jitter.p95) / BAD_JITTER_MS
        + share(stream.freeze_ms)
        + share(stream.cpu_limited_ms)
        + share(stream.bandwidth_limited_ms)
        + stream.packets as f64 * 1e-12
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{connection, stream};
    use analyzer_wasm::wire::ChartStream;

    fn stream_styles(connections: &[Connection]) -> StreamStyles {
        StreamStyles::new(connections, |key| (key == "b").then(|| "Bob".to_owned()))
    }

    fn labels(stream_styles: &StreamStyles) -> Vec<&str> {
        stream_styles.streams().iter().map(|stream| stream.label.as_str()).collect()
    }

    #[test]
    fn streams_are_labelled_by_kind_and_participant() {
        let mut of_bob = stream(Direction::Inbound, MediaKind::Video, 3);
        of_bob.sender = Some("b".into());
        let sent = stream(Direction::Outbound, MediaKind::Audio, 1);
        let of_unknown = stream(Direction::Inbound, MediaKind::Audio, 2);
        let stream_styles = stream_styles(&[connection("PC_0", vec![sent, of_unknown, of_bob])]);
        assert_eq!(labels(&stream_styles), ["audio sent", "audio received", "video from Bob"]);
        assert_eq!(stream_styles.streams()[2].title, "PC_0 · inbound-rtp · SSRC 3");
    }

    #[test]
    fn equal_labels_are_made_unique_by_what_differs() {
        let video = |ssrc, height| {
            let mut video = stream(Direction::Outbound, MediaKind::Video, ssrc);
            video.height = height;
            video
        };
        let layers = vec![video(1, Some(180.0)), video(2, Some(720.0)), video(3, None)];
        let stream_styles =
            stream_styles(&[connection("PC_0", layers), connection("PC_1", vec![video(4, None)])]);
        assert_eq!(
            labels(&stream_styles),
            [
                "video sent · PC_0 · 180p",
                "video sent · PC_0 · 720p",
                "video sent · PC_0 · 3",
                "video sent · PC_1"
            ]
        );
    }

    #[test]
    fn few_streams_all_have_a_colour_and_of_many_the_worst_ones() {
        let few = (1..=8).map(|ssrc| stream(Direction::Inbound, MediaKind::Audio, ssrc)).collect();
        let styles_of_few = stream_styles(&[connection("PC_0", few)]);
        let colors: Vec<_> = styles_of_few.streams().iter().map(|stream| stream.color).collect();
        assert_eq!(colors, (0..8).map(Some).collect::<Vec<_>>());

        let mut many: Vec<Stream> =
            (0..60).map(|ssrc| stream(Direction::Inbound, MediaKind::Video, ssrc)).collect();
        many.extend((60..64).map(|ssrc| stream(Direction::Outbound, MediaKind::Video, ssrc)));
        many[41].loss_ratio = Some(0.3);
        many[17].freeze_ms = Some(1e9);
        let stream_styles = stream_styles(&[connection("PC_0", many)]);
        let color = |at: usize| stream_styles.streams()[at].color;
        assert_eq!(stream_styles.streams().iter().filter(|stream| stream.color.is_some()).count(), COLORS);
        assert_eq!((color(17), color(41)), (Some(3), Some(4)), "the worst received after three sent");
        assert_eq!((60..64).filter(|at| color(*at).is_some()).count(), 3);
    }

    #[test]
    fn lines_get_the_label_of_their_stream_or_connection() {
        let stream_styles =
            stream_styles(&[connection("PC_0", vec![stream(Direction::Outbound, MediaKind::Video, 5)])]);
        let mut line = ChartLine { connection: "PC_0".into(), stream: None, facet: None, points: 0 };
        assert_eq!(stream_styles.look(&line).label, "through the bridge");
        line.stream = Some(ChartStream {
            direction: Direction::Outbound,
            kind: Some(MediaKind::Video),
            ssrc: Some(5),
            sender: None,
        });
        assert_eq!(
            (stream_styles.look(&line).label.as_str(), stream_styles.look(&line).color),
            ("video sent", Some(0))
        );
        line.facet = Some("cpu".into());
        assert_eq!(stream_styles.look(&line).label, "cpu: video sent");
        line.connection = "PC_9".into();
        assert_eq!(stream_styles.look(&line).label, "cpu: PC_9", "a line without a connection");
    }
}
