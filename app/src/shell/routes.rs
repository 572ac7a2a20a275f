//! What is looked at, as the URL fragment: it never reaches a host's log, and a reload shows the same view.

use crate::state::time_window::TimeWindow;

/// What is looked at. People are named by report key only, never by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Whether the open call is the sample that comes with the page, which can be opened again by itself.
    pub sample: bool,
    /// The conference, by id; the newest one where it is missing or unknown.
    pub conference: Option<String>,
    /// The participant, by key; where it is missing or unknown, the finding's, else the worst off.
    pub participant: Option<String>,
    /// The finding, by id.
    pub finding: Option<String>,
}

/// Everything that the fragment says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Address {
    /// What is looked at.
    pub selection: Selection,
    /// When; `None` is the whole call.
    pub window: Option<TimeWindow>,
}

impl Address {
    /// Reads a fragment, with or without its `#`; what it does not know is ignored.
    #[must_use]
    pub fn parse(fragment: &str) -> Self {
        let mut address = Self::default();
        let selection = &mut address.selection;
        for pair in fragment.trim_start_matches('#').split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = Some(decode(value)).filter(|value| !value.is_empty());
            match name {
                "sample" => selection.sample = true,
                "conference" => selection.conference = value,
                "participant" => selection.participant = value,
                "finding" => selection.finding = value,
                "t" => address.window = value.as_deref().and_then(TimeWindow::parse),
                _ => {}
            }
        }
        address
    }

    /// Writes the fragment without its `#`; empty where nothing is selected.
    #[must_use]
    pub fn fragment(&self) -> String {
        let Selection { sample, conference, participant, finding } = &self.selection;
        let named = [("conference", conference), ("participant", participant), ("finding", finding)];
        let named = named
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", encode(value.as_deref()?))));
        let sample = sample.then(|| "sample".to_owned());
        let window = self.window.map(|window| format!("t={}", window.text()));
        sample.into_iter().chain(named).chain(window).collect::<Vec<_>>().join("&")
    }
}

fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped =
            (first == b'%').then(|| after.split_at_checked(2)).flatten().and_then(|(hex, after)| {
                let hex = str::from_utf8(hex)
                    .ok()
                    .filter(|hex| hex.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
                Some((u8::from_str_radix(hex, 16).ok()?, after))
            });
        let (byte, after) = escaped.unwrap_or((first, after));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(conference: Option<&str>, participant: Option<&str>) -> Address {
        let selection = Selection {
            conference: conference.map(str::to_owned),
            participant: participant.map(str::to_owned),
            ..Selection::default()
        };
        Address { selection, window: None }
    }

    #[test]
    fn any_address_survives_the_round_trip() {
        for conference in [None, Some("https://meet.example/room?x=1&y=%41#z"), Some("Ünïcödé 会议")] {
            for participant in [None, Some("a1b2c3d4"), Some("my dump (1).gz"), Some("100%")] {
                for (sample, window) in [(false, None), (true, TimeWindow::new(-5.0, 1_234_567.0))] {
                    let mut address = address(conference, participant);
                    address.selection.sample = sample;
                    address.selection.finding = participant.map(|key| format!("uplink-loss-{key}-1"));
                    address.window = window;
                    assert_eq!(Address::parse(&format!("#{}", address.fragment())), address);
                }
            }
        }
    }

    #[test]
    fn nothing_selected_is_an_empty_fragment() {
        assert_eq!(Address::default().fragment(), "");
        assert_eq!(Address::parse(""), Address::default());
        assert_eq!(Address::parse("#"), Address::default());
    }

    #[test]
    fn foreign_and_damaged_fragments_are_harmless() {
        assert_eq!(Address::parse("#top"), Address::default());
        assert_eq!(Address::parse("#a=b&participant=&&="), Address::default());
        assert_eq!(Address::parse("#t=5-1&t&finding"), Address::default());
        assert_eq!(Address::parse("#participant=%zz%4"), address(None, Some("%zz%4")));
        assert_eq!(Address::parse("#participant=%+1"), address(None, Some("%+1")));
    }
}
