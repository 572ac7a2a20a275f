//! The lines of a chart that are shown, and their colours.

use analyzer_wasm::report::{Direction, MediaKind};

use super::columns::{ChartData, Line};
use super::metric::MetricSpec;
use super::stream_styles::{StreamKey, StreamStyles};
use crate::state::sorting::sorted;

/// The user's choice of streams; all at first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// Received streams are hidden.
    pub no_received: bool,
    /// Sent streams are hidden.
    pub no_sent: bool,
    /// Audio is hidden.
    pub no_audio: bool,
    /// Video is hidden.
    pub no_video: bool,
    /// The stream that is highlighted; all others are drawn in one shade.
    pub single: Option<StreamKey>,
}

/// The colour of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// A colour of its own.
    Color(usize),
    /// That of a reference, such as the available bitrate.
    Beside,
    /// The shade of all other lines.
    Rest,
}

/// A visible line.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    data: ChartData,
    index: usize,
    /// Its stream; `None` for lines of connections.
    pub stream: Option<StreamKey>,
    /// Its label.
    pub label: String,
    /// The same with the identifiers of the dump.
    pub title: String,
    /// What it is drawn with.
    pub ink: Ink,
}

impl Choice {
    /// Whether a stream is shown.
    #[must_use]
    pub fn admits(&self, key: &StreamKey) -> bool {
        let direction = match key.direction() {
            Direction::Inbound => !self.no_received,
            Direction::Outbound => !self.no_sent,
        };
        let kind = match key.kind() {
            Some(MediaKind::Audio) => !self.no_audio,
            Some(MediaKind::Video) => !self.no_video,
            None => true,
        };
        direction && kind
    }
}

impl Series {
    /// The only line of a chart.
    #[must_use]
    pub fn alone(data: ChartData, index: usize, label: String, title: String) -> Self {
        Self { data, index, stream: None, label, title, ink: Ink::Color(0) }
    }

    /// Its numbers.
    #[must_use]
    pub fn line(&self) -> Option<Line<'_>> {
        self.data.line(self.index)
    }
}

/// The visible lines of a chart, in the order of the streams; `beside` is a reference.
#[must_use]
pub fn picked(
    spec: &MetricSpec,
    stream_styles: &StreamStyles,
    choice: &Choice,
    data: &ChartData,
    beside: Option<&ChartData>,
) -> Vec<Series> {
    let mut shown: Vec<Series> = Vec::new();
    let place = |index: usize| stream_styles.index_of(&StreamKey::of(data.line(index)?.head)?);
    for index in sorted(data.len(), &|one, other| place(one).cmp(&place(other))) {
        let Some(line) = data.line(index) else { continue };
        let stream = StreamKey::of(line.head);
        let of_direction =
            |key: &StreamKey| spec.direction.is_none_or(|direction| direction == key.direction());
        if stream.as_ref().is_some_and(|key| !of_direction(key) || !choice.admits(key)) {
            continue;
        }
        let look = stream_styles.look(line.head);
        let ink = match (&choice.single, &stream) {
            (Some(single), Some(key)) if single == key => Ink::Color(look.color.unwrap_or(0)),
            (Some(_), Some(_)) => Ink::Rest,
            _ => look.color.map_or(Ink::Rest, Ink::Color),
        };
        shown.push(Series { data: data.clone(), index, stream, label: look.label, title: look.title, ink });
    }
    for (index, line) in beside.into_iter().flat_map(ChartData::lines).enumerate() {
        let look = stream_styles.look(line.head);
        let label = format!("available, {}", look.label);
        if let Some(data) = beside.cloned() {
            shown.push(Series { data, index, stream: None, label, title: look.title, ink: Ink::Beside });
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::samples::{connection, stream};
    use analyzer_wasm::wire::{ChartLine, ChartStream};

    fn data(streams: &[(Direction, MediaKind, u32)]) -> ChartData {
        let head = |(direction, kind, ssrc): &(Direction, MediaKind, u32)| ChartLine {
            connection: "PC_0".into(),
            stream: Some(ChartStream {
                direction: *direction,
                kind: Some(*kind),
                ssrc: Some(*ssrc),
                sender: None,
            }),
            facet: None,
            points: 1,
        };
        ChartData::of(streams.iter().map(head).collect(), vec![0.0; streams.len() * 2])
    }

    const STREAMS: [(Direction, MediaKind, u32); 3] = [
        (Direction::Outbound, MediaKind::Audio, 1),
        (Direction::Inbound, MediaKind::Audio, 2),
        (Direction::Inbound, MediaKind::Video, 3),
    ];

    fn inks(spec_id: &str, choice: &Choice) -> Vec<(String, Ink)> {
        let streams = STREAMS.map(|(direction, kind, ssrc)| stream(direction, kind, ssrc));
        let stream_styles = StreamStyles::new(&[connection("PC_0", streams.to_vec())], |_| None);
        let spec = MetricSpec::ALL.iter().find(|spec| spec.id == spec_id).unwrap();
        let shown = picked(spec, &stream_styles, choice, &data(&STREAMS), None);
        shown.into_iter().map(|series| (series.label, series.ink)).collect()
    }

    #[test]
    fn a_stream_has_one_colour_in_every_chart() {
        let all = inks("loss", &Choice::default());
        assert_eq!(all.iter().map(|(_, ink)| *ink).collect::<Vec<_>>(), [0, 1, 2].map(Ink::Color));
        assert_eq!(inks("bitrate", &Choice::default()), all[1..]);
    }

    #[test]
    fn hidden_streams_are_left_out_and_a_highlighted_one_keeps_its_colour() {
        let no_audio = Choice { no_audio: true, ..Choice::default() };
        assert_eq!(inks("loss", &no_audio), [("video received".to_owned(), Ink::Color(2))]);
        let single = StreamKey::of(data(&STREAMS[1..2]).line(0).unwrap().head);
        let single = Choice { single, ..Choice::default() };
        let shown: Vec<_> = inks("loss", &single).into_iter().map(|(_, ink)| ink).collect();
        assert_eq!(shown, [Ink::Rest, Ink::Color(1), Ink::Rest]);
    }
}
