//! Which lines of a chart are shown, and with which ink.

use analyzer_wasm::report::{Direction, MediaKind};

use super::columns::{ChartData, Line};
use super::metric::MetricSpec;
use super::stream_styles::{StreamKey, StreamStyles};
use crate::state::sorting::sorted;

/// What the user wants to see of the streams; everything at first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// Without streams that were received.
    pub no_received: bool,
    /// Without streams that were sent.
    pub no_sent: bool,
    /// Without audio.
    pub no_audio: bool,
    /// Without video.
    pub no_video: bool,
    /// The one that stands out from all others.
    pub single: Option<StreamKey>,
}

/// What a line is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// A colour of its own.
    Color(usize),
    /// What others are compared with.
    Beside,
    /// The shade of all the rest.
    Rest,
}

/// A line that is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    data: ChartData,
    index: usize,
    /// Its stream, if it is of one.
    pub stream: Option<StreamKey>,
    /// What it is called.
    pub label: String,
    /// The same in the words of the dump.
    pub title: String,
    /// What it is drawn with.
    pub ink: Ink,
}

impl Choice {
    /// Whether streams of this kind are shown at all.
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
    /// A line that stands alone.
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

/// The lines of a chart that are shown, in the order of the line-up; `beside` is what they are compared with.
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
    fn what_is_not_wanted_is_gone_and_what_is_singled_out_stands_alone() {
        let no_audio = Choice { no_audio: true, ..Choice::default() };
        assert_eq!(inks("loss", &no_audio), [("video received".to_owned(), Ink::Color(2))]);
        let single = StreamKey::of(data(&STREAMS[1..2]).line(0).unwrap().head);
        let single = Choice { single, ..Choice::default() };
        let shown: Vec<_> = inks("loss", &single).into_iter().map(|(_, ink)| ink).collect();
        assert_eq!(shown, [Ink::Rest, Ink::Color(1), Ink::Rest]);
    }
}
