//! The state of the page as a URL fragment. A fragment never reaches a host's log, and a reload shows the same view.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::state::selection::Selection;
use crate::state::time_window::TimeWindow;

/// Everything but RFC 3986's unreserved characters is escaped.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Everything that the fragment holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// What is selected.
    pub selection: Selection,
    /// The time window; `None` is the whole call.
    pub window: Option<TimeWindow>,
}

impl Route {
    /// Reads a fragment, with or without its `#`. Unknown fields are ignored.
    #[must_use]
    pub fn parse(fragment: &str) -> Self {
        let mut route = Self::default();
        let selection = &mut route.selection;
        for pair in fragment.trim_start_matches('#').split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = percent_decode_str(value).decode_utf8_lossy().into_owned();
            let value = Some(value).filter(|value| !value.is_empty());
            match name {
                "sample" => selection.sample = true,
                "conference" => selection.conference = value,
                "participant" => selection.participant = value,
                "finding" => selection.finding = value,
                "t" => route.window = value.as_deref().and_then(TimeWindow::parse),
                _ => {}
            }
        }
        route
    }

    /// Writes the fragment without its `#`; empty where nothing is selected.
    #[must_use]
    pub fn fragment(&self) -> String {
        let Selection { sample, conference, participant, finding } = &self.selection;
        let named = [("conference", conference), ("participant", participant), ("finding", finding)];
        let named = named.into_iter().filter_map(|(name, value)| {
            Some(format!("{name}={}", utf8_percent_encode(value.as_deref()?, ESCAPED)))
        });
        let sample = sample.then(|| "sample".to_owned());
        let window = self.window.map(|window| format!("t={}", window.text()));
        sample.into_iter().chain(named).chain(window).collect::<Vec<_>>().join("&")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(conference: Option<&str>, participant: Option<&str>) -> Route {
        let selection = Selection {
            conference: conference.map(str::to_owned),
            participant: participant.map(str::to_owned),
            ..Selection::default()
        };
        Route { selection, window: None }
    }

    #[test]
    fn any_route_survives_the_round_trip() {
        for conference in [None, Some("https://meet.example/room?x=1&y=%41#z"), Some("Ünïcödé 会议")] {
            for participant in [None, Some("a1b2c3d4"), Some("my dump (1).gz"), Some("100%")] {
                for (sample, window) in [(false, None), (true, TimeWindow::new(-5.0, 1_234_567.0))] {
                    let mut route = route(conference, participant);
                    route.selection.sample = sample;
                    route.selection.finding = participant.map(|key| format!("uplink-loss-{key}-1"));
                    route.window = window;
                    assert_eq!(Route::parse(&format!("#{}", route.fragment())), route);
                }
            }
        }
    }

    #[test]
    fn nothing_selected_is_an_empty_fragment() {
        assert_eq!(Route::default().fragment(), "");
        assert_eq!(Route::parse(""), Route::default());
        assert_eq!(Route::parse("#"), Route::default());
    }

    #[test]
    fn unknown_and_damaged_fragments_are_harmless() {
        assert_eq!(Route::parse("#top"), Route::default());
        assert_eq!(Route::parse("#a=b&participant=&&="), Route::default());
        assert_eq!(Route::parse("#t=5-1&t&finding"), Route::default());
        assert_eq!(Route::parse("#participant=%zz%4"), route(None, Some("%zz%4")));
        assert_eq!(Route::parse("#participant=%+1"), route(None, Some("%+1")));
    }
}
