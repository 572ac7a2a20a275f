//! The client that wrote a dump, from its `connectionInfo` line, and what is assumed without such a line.

use super::json_text::read;
use super::stats_format::StatsFormat;
use super::value::{Object, Value};

/// The kinds of clients that the server distinguishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClientType {
    Browser,
    Jigasi,
    Jicofo,
    Jibri,
    Jvb,
    Unsupported,
}

/// The client types with the text that their protocol contains, in the order in which they are tried.
const PROTOCOLS: [(&str, ClientType); 5] = [
    ("3.1_STANDARD", ClientType::Browser),
    ("JIGASI", ClientType::Jigasi),
    ("JICOFO", ClientType::Jicofo),
    ("JIBRI", ClientType::Jibri),
    ("JVB", ClientType::Jvb),
];

impl ClientType {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Browser => "RTCSTATS_CLIENT",
            Self::Jigasi => "JIGASI_CLIENT",
            Self::Jicofo => "JICOFO_CLIENT",
            Self::Jibri => "JIBRI_CLIENT",
            Self::Jvb => "JVB_CLIENT",
            Self::Unsupported => "UNSUPPORTED_CLIENT",
        }
    }

    fn of_protocol(protocol: &str) -> Self {
        let found = PROTOCOLS.iter().find(|(part, _)| protocol.contains(part));
        found.map_or(Self::Unsupported, |(_, client)| *client)
    }

    /// The server type by the name of the application, for dumps without a header.
    pub(super) fn of_application(name: &str) -> Self {
        Self::of_protocol(&name.to_uppercase())
    }
}

/// The header of a dump: the connection over which it was sent.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Header {
    pub(super) client: ClientType,
    pub(super) format: StatsFormat,
    pub(super) user_agent: String,
    /// Whether the dump has a header; the server does not read dumps without one.
    pub(super) stated: bool,
}

impl Header {
    /// Reads element 2 of a `connectionInfo` entry: an object, or until 2024 its JSON text.
    pub(super) fn of_entry(data: Option<&Value>) -> Option<Self> {
        match data? {
            Value::Object(info) => Some(Self::of_info(info)),
            Value::Text(text) => read(text)?.as_object().map(Self::of_info),
            _ => None,
        }
    }

    fn of_info(info: &Object) -> Self {
        let text = |key: &str| info.get(key).and_then(Value::as_text).unwrap_or_default();
        let client = ClientType::of_protocol(text("clientProtocol"));
        let user_agent = text("userAgent").to_owned();
        Self { client, format: StatsFormat::of_user_agent(&user_agent), user_agent, stated: true }
    }

    /// The header of dumps before September 2021: the object alone.
    pub(super) fn of_bare_info(info: &Object) -> Self {
        let user_agent = info.get("userAgent").and_then(Value::as_text).unwrap_or_default();
        let format = StatsFormat::of_user_agent(user_agent);
        Self { format, user_agent: user_agent.to_owned(), ..Self::assumed(ClientType::Browser) }
    }

    /// The assumptions for a dump without a header.
    pub(super) fn assumed(client: ClientType) -> Self {
        let format =
            if client == ClientType::Browser { StatsFormat::Chrome } else { StatsFormat::Unsupported };
        Self { client, format, user_agent: String::new(), stated: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(protocol: &str) -> &'static str {
        let info = format!(r#"{{"clientProtocol":"{protocol}","userAgent":""}}"#);
        Header::of_entry(read(&info).as_ref()).unwrap().client.name()
    }

    #[test]
    fn the_protocol_names_the_client() {
        assert_eq!(client("3.1_STANDARD"), "RTCSTATS_CLIENT");
        assert_eq!(client("3.0_JVB"), "JVB_CLIENT");
        assert_eq!(client("1.0_JICOFO"), "JICOFO_CLIENT");
        assert_eq!(client("1.0_JIGASI"), "JIGASI_CLIENT");
        assert_eq!(client("1.0_JIBRI"), "JIBRI_CLIENT");
        for other in ["3.1_LEGACY", "3.0", "jvb", ""] {
            assert_eq!(client(other), "UNSUPPORTED_CLIENT", "{other}");
        }
        assert_eq!(ClientType::of_application("JIGASI"), ClientType::Jigasi);
        assert_eq!(ClientType::of_application("Jicofo"), ClientType::Jicofo);
        assert_eq!(ClientType::of_application("Jitsi Meet"), ClientType::Unsupported);
    }

    #[test]
    fn the_header_may_be_text() {
        let text = Value::from(
            r#"{"clientProtocol":"3.1_STANDARD","userAgent":"Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0"}"#,
        );
        let header = Header::of_entry(Some(&text)).unwrap();
        assert_eq!((header.client, header.format), (ClientType::Browser, StatsFormat::Firefox));
        assert_eq!(Header::of_entry(Some(&Value::Number(1.0))), None);
        assert_eq!(Header::of_entry(Some(&"{".into())), None);
    }
}
