//! The features and database rows that rtcstats-server extracts from a dump when it stores one.
//!
//! With them the databases of such a server can be filled again from the dumps alone. The arithmetic, the order and the
//! oddities of that server are kept, so nothing of the analyzer's input and extract stages is used here but decoding,
//! and no other stage uses this module. There are two differences: a damaged line does not end the extraction, and where
//! the server writes the time at which it works, because the dump has none, the value is `null`.

mod arithmetic;
mod backend;
mod browser;
mod budget;
mod candidate_pair;
mod connection;
pub mod csv;
mod delta;
mod header;
mod json_text;
mod metadata;
mod metrics;
mod packets;
mod records;
mod row_id;
mod session;
mod speakers;
mod stats_format;
mod tracks;
mod user_agent;
mod user_agent_tables;
mod value;
mod value_reading;
mod video;
mod warehouse;

pub use records::{Origin, Records};
pub use row_id::DumpIds;
pub use value::{Object, Value};
pub use warehouse::{CONNECTIONS, MEETINGS, TABLES, TRACKS, Table};

use backend::Backend;
use browser::Browser;
use header::{ClientType, Header};
use json_text::read_line;
use metadata::DumpPath;

use crate::error::Error;
use crate::input::decode::{Decoded, Decoder};
use crate::input::framing::{Line, LineSplitter};
use crate::problems::{ProblemKind, Problems};

/// Reads one dump in chunks, which may end anywhere.
#[derive(Debug)]
pub struct FeatureExtractor {
    path: DumpPath,
    decoder: Decoder,
    lines: LineSplitter,
    state: State,
}

/// What the server would have extracted from a dump.
#[derive(Clone, Debug, PartialEq)]
pub struct Extracted {
    /// Which client and conference the dump is of.
    pub metadata: Object,
    /// The content of the dump.
    pub features: Object,
    /// Whether the dump is of a browser. Only these have rows in the Redshift tables.
    pub is_browser: bool,
    /// Damage, oddities and data lost to limits.
    pub problems: Problems,
    /// The line, counted from 1, at which the server would have failed to read the dump.
    pub server_fails_at: Option<u64>,
    /// Whether the dump has a header with its client and format; otherwise both are guessed.
    pub has_header: bool,
}

impl Extracted {
    /// Metadata and features as one object.
    #[must_use]
    pub fn to_object(&self) -> Object {
        let mut out = Object::default();
        out.set("dumpMetadata", self.metadata.clone());
        out.set("features", self.features.clone());
        out
    }
}

#[derive(Debug, Default)]
struct State {
    dump: Option<Dump>,
    text_seen: bool,
    gzip_damaged: bool,
    problems: Problems,
    server_fails_at: Option<u64>,
}

/// The result of adding a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineResult {
    Whole,
    /// Part of it was beyond a limit.
    InPart,
    /// The server would fail to read the whole dump because of it.
    Refused,
}

#[derive(Debug)]
enum Dump {
    Browser(Box<Browser>),
    Backend(Box<Backend>),
}

impl FeatureExtractor {
    /// Starts the dump at a path. The last component is the name under which it was stored.
    #[must_use]
    pub fn new(path: &str) -> Self {
        Self {
            path: DumpPath::new(path),
            decoder: Decoder::default(),
            lines: LineSplitter::default(),
            state: State::default(),
        }
    }

    /// Reads the next bytes of the dump.
    pub fn push(&mut self, bytes: &[u8]) {
        let Self { decoder, lines, state, .. } = self;
        decoder.push(bytes, &mut |decoded| take(decoded, lines, state));
    }

    /// Ends the dump and returns what was extracted.
    ///
    /// # Errors
    /// When no line belongs to a dump.
    pub fn finish(mut self) -> Result<Extracted, Error> {
        let Self { decoder, lines, state, .. } = &mut self;
        decoder.finish(&mut |decoded| take(decoded, lines, state));
        lines.finish(&mut |line| state.line(line));
        let damaged = self.state.gzip_damaged && self.decoder.text_bytes() == 0;
        let State { dump, text_seen, problems, server_fails_at, .. } = self.state;
        let dump = dump.filter(Dump::is_one).ok_or(match (damaged, text_seen) {
            (true, _) => Error::DamagedGzip,
            (false, false) => Error::Empty,
            (false, true) => Error::UnrecognizedFormat,
        })?;
        let is_browser = matches!(dump, Dump::Browser(_));
        let has_header = dump.header().stated;
        let (metadata, features) = match dump {
            Dump::Browser(browser) => browser.finish(&self.path),
            Dump::Backend(backend) => backend.finish(&self.path),
        };
        Ok(Extracted { metadata, features, is_browser, problems, server_fails_at, has_header })
    }
}

fn take(decoded: Decoded<'_>, lines: &mut LineSplitter, state: &mut State) {
    match decoded {
        Decoded::Text(text) => lines.push(text, &mut |line| state.line(line)),
        Decoded::Problem(problem) => {
            state.gzip_damaged |= matches!(problem, ProblemKind::GzipDamaged | ProblemKind::GzipCut);
            state.problems.add(problem, lines.lines() + 1);
        }
    }
}

impl State {
    fn line(&mut self, line: Line<'_>) {
        if line.too_long {
            return self.refuse(ProblemKind::LineTooLong, line.number);
        }
        if line.bytes.iter().all(u8::is_ascii_whitespace) {
            return self.refuse(ProblemKind::BlankLine, line.number);
        }
        self.text_seen = true;
        let Some((value, units)) = read_line(line.bytes) else {
            let kind = if line.ended { ProblemKind::BadLine } else { ProblemKind::TornLine };
            return self.refuse(kind, line.number);
        };
        let opens = self.dump.is_none();
        if opens {
            self.dump = open(&value);
            if self.dump.as_ref().is_some_and(|dump| !dump.header().stated) {
                self.server_fails_at.get_or_insert(line.number);
            }
        }
        let taken = match (&mut self.dump, value) {
            (Some(Dump::Browser(browser)), Value::List(entry)) => browser.entry(entry, units),
            // The header of a dump before September 2021, which has been read above.
            (Some(Dump::Browser(_)), Value::Object(_)) if opens => LineResult::Whole,
            (Some(Dump::Backend(backend)), Value::Object(line)) => backend.line(&line),
            (Some(Dump::Backend(_)), Value::List(_)) => LineResult::Whole,
            _ => LineResult::Refused,
        };
        match taken {
            LineResult::Whole => {}
            LineResult::InPart => self.problems.add(ProblemKind::OverLimit, line.number),
            LineResult::Refused => self.refuse(ProblemKind::ForeignLine, line.number),
        }
    }

    fn refuse(&mut self, problem: ProblemKind, line: u64) {
        self.problems.add(problem, line);
        self.server_fails_at.get_or_insert(line);
    }
}

impl Dump {
    /// Whether it is a dump: without a header, at least one entry must have a time.
    fn is_one(&self) -> bool {
        match self {
            Self::Browser(browser) => browser.header().stated || browser.has_times(),
            Self::Backend(_) => true,
        }
    }

    fn header(&self) -> &Header {
        match self {
            Self::Browser(browser) => browser.header(),
            Self::Backend(backend) => backend.header(),
        }
    }
}

/// The kind of dump that begins with this line; `None` if no dump begins so.
fn open(line: &Value) -> Option<Dump> {
    let backend = |header: Header| Some(Dump::Backend(Box::new(Backend::new(header))));
    let browser = |header: Header| Some(Dump::Browser(Box::new(Browser::new(header))));
    match line {
        Value::List(entry) => {
            let kind = entry.first()?.as_text()?;
            let header = Header::of_entry(entry.get(2)).filter(|_| kind == "connectionInfo");
            match header {
                Some(header) if header.client != ClientType::Browser => backend(header),
                Some(header) => browser(header),
                None => browser(Header::assumed(ClientType::Browser)),
            }
        }
        Value::Object(line) => {
            let has = |member: &str| line.get(member).is_some();
            if has("type") && has("statsSessionId") || has("applicationName") && has("meetingUniqueId") {
                backend(Header::assumed(ClientType::Unsupported))
            } else if has("userAgent") && !has("type") {
                browser(Header::of_bare_info(line))
            } else {
                None
            }
        }
        _ => None,
    }
}
