//! What rtcstats-server makes of a dump when it stores one: its features, and the rows for its warehouse.
//!
//! For whoever has such a warehouse and wants to fill it again without that server. Its arithmetic, its order and
//! its oddities are kept, which is why none of the analyzer's own readers are used and nothing here is used by
//! the analyzer. It differs in two ways only: damage does not end it, and where the server puts in the time at
//! which it happens to work, for lack of one in the dump, the answer is `null`.

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
mod page;
mod records;
mod row_id;
mod speakers;
mod stats_format;
mod tracks;
mod user_agent;
mod value;
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
use metadata::Place;

use crate::error::Error;
use crate::input::decode::{Decoded, Decoder};
use crate::input::framing::{Line, LineSplitter};
use crate::problems::{ProblemKind, Problems};

/// Reads one dump, in chunks that may end anywhere.
#[derive(Debug)]
pub struct FeatureExtractor {
    place: Place,
    decoder: Decoder,
    lines: LineSplitter,
    state: State,
}

/// What the server would have made of the dump.
#[derive(Clone, Debug, PartialEq)]
pub struct Extracted {
    /// Whose dump it is.
    pub metadata: Object,
    /// What is in it.
    pub features: Object,
    /// Whether it is a browser's, of which alone there are warehouse rows.
    pub is_browser: bool,
    /// What was odd or lost.
    pub problems: Problems,
    /// The line at which the server would have given up on the whole dump, counted from 1.
    pub server_fails_at: Option<u64>,
    /// Whether the dump says what it is; if not, it was guessed.
    pub has_header: bool,
}

impl Extracted {
    /// Both as one.
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

/// How a line was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    Whole,
    /// Something was beyond a limit.
    InPart,
    /// It is such that the server gives up on the whole dump.
    Refused,
}

#[derive(Debug)]
enum Dump {
    Browser(Box<Browser>),
    Backend(Box<Backend>),
}

impl FeatureExtractor {
    /// For the dump at that path; its last part is the name under which it was stored.
    #[must_use]
    pub fn new(path: &str) -> Self {
        Self {
            place: Place::new(path),
            decoder: Decoder::default(),
            lines: LineSplitter::default(),
            state: State::default(),
        }
    }

    /// Takes the next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        let Self { decoder, lines, state, .. } = self;
        decoder.push(bytes, &mut |decoded| take(decoded, lines, state));
    }

    /// Ends the dump.
    ///
    /// # Errors
    /// When not one line belongs to a dump.
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
            Dump::Browser(browser) => browser.finish(&self.place),
            Dump::Backend(backend) => backend.finish(&self.place),
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
            // The header of a dump before September 2021, which has been read.
            (Some(Dump::Browser(_)), Value::Object(_)) if opens => Taken::Whole,
            (Some(Dump::Backend(backend)), Value::Object(line)) => backend.line(&line),
            (Some(Dump::Backend(_)), Value::List(_)) => Taken::Whole,
            _ => Taken::Refused,
        };
        match taken {
            Taken::Whole => {}
            Taken::InPart => self.problems.add(ProblemKind::OverLimit, line.number),
            Taken::Refused => self.refuse(ProblemKind::ForeignLine, line.number),
        }
    }

    fn refuse(&mut self, problem: ProblemKind, line: u64) {
        self.problems.add(problem, line);
        self.server_fails_at.get_or_insert(line);
    }
}

impl Dump {
    /// Whether it is what it was opened as: without a header, an entry must at least have a time.
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

/// The kind of dump that begins with this line, if it is one's.
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
