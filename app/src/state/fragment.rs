//! What is looked at, as the URL fragment: it never reaches a host's log, and a reload shows the same sight.

/// What is looked at. People are named by report key only, never by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The conference, by id; the newest one where it is missing or unknown.
    pub conference: Option<String>,
    /// The participant, by key; the first one where it is missing or unknown.
    pub participant: Option<String>,
}

impl Selection {
    /// Reads a fragment, with or without its `#`; what it does not know is ignored.
    #[must_use]
    pub fn parse(fragment: &str) -> Self {
        let mut selection = Self::default();
        for pair in fragment.trim_start_matches('#').split('&') {
            let Some((name, value)) = pair.split_once('=') else { continue };
            let value = Some(decode(value)).filter(|value| !value.is_empty());
            match name {
                "conference" => selection.conference = value,
                "participant" => selection.participant = value,
                _ => {}
            }
        }
        selection
    }

    /// Writes the fragment without its `#`; empty where nothing is selected.
    #[must_use]
    pub fn fragment(&self) -> String {
        [("conference", &self.conference), ("participant", &self.participant)]
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", encode(value.as_deref()?))))
            .collect::<Vec<_>>()
            .join("&")
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

    fn selection(conference: Option<&str>, participant: Option<&str>) -> Selection {
        Selection { conference: conference.map(str::to_owned), participant: participant.map(str::to_owned) }
    }

    #[test]
    fn any_selection_survives_the_round_trip() {
        for conference in [None, Some("https://meet.example/room?x=1&y=%41#z"), Some("Ünïcödé 会议")] {
            for participant in [None, Some("a1b2c3d4"), Some("my dump (1).gz"), Some("100%")] {
                let selection = selection(conference, participant);
                assert_eq!(Selection::parse(&format!("#{}", selection.fragment())), selection);
            }
        }
    }

    #[test]
    fn nothing_selected_is_an_empty_fragment() {
        assert_eq!(Selection::default().fragment(), "");
        assert_eq!(Selection::parse(""), Selection::default());
        assert_eq!(Selection::parse("#"), Selection::default());
    }

    #[test]
    fn foreign_and_damaged_fragments_are_harmless() {
        assert_eq!(Selection::parse("#top"), Selection::default());
        assert_eq!(Selection::parse("#a=b&participant=&&="), Selection::default());
        assert_eq!(Selection::parse("#participant=%zz%4"), selection(None, Some("%zz%4")));
        assert_eq!(Selection::parse("#participant=%+1"), selection(None, Some("%+1")));
    }
}
