//! Reads one file once and keeps what rules, quality and charts need, in bounded memory.

mod client;
mod counter;
mod deflated;
mod file_name;
mod logs;
mod parts;
mod samples;
mod server;
mod session;
mod timeline;

pub use client::{PairChoice, SenderClockOffset, Totals};
pub(crate) use client::{kind_of, protocol_of};
pub use logs::Logs;
pub(crate) use logs::{Block, Line, Needle, OpenBlock};
pub use server::{
    BridgeChoice, BridgeExtract, EndpointExtract, EndpointMeasurements, MemberExtract, PartFile,
    ServerExtract, ServerPresence, ServerPresences,
};
pub use timeline::{Column, Timeline};

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::input::FileReader;
use crate::model::{Event, Identity, MediaSource};
use crate::problems::Problems;
use crate::report::{Connection, FileReport, Problem, ProblemSeverity};
use crate::time_span::TimeSpan;
use parts::Part;
use session::Session;

/// Rises with any change of [`Extract`], which travels between workers as bytes.
const EXTRACT_VERSION: u32 = 7;

/// Reads one file, in chunks that may end anywhere: the answer does not depend on where.
#[derive(Debug)]
pub struct Extractor {
    name: String,
    reader: FileReader,
    session: Session,
}

impl Extractor {
    /// Begins a file; of its name only the last part is used.
    #[must_use]
    pub fn new(file_name: &str) -> Self {
        let name = file_name::base(file_name).to_owned();
        Self { name, reader: FileReader::default(), session: Session::default() }
    }

    /// Takes the next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.reader.push(bytes, &mut self.session);
    }

    /// Bytes of text so far.
    #[must_use]
    pub fn text_bytes(&self) -> u64 {
        self.reader.text_bytes()
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When the file is refused: [`refused`] makes its entry for a report.
    pub fn finish(mut self) -> Result<Extract, Error> {
        let end = self.reader.finish(&mut self.session)?;
        let facts = FileInfo {
            session_id: file_name::session_id(&self.name),
            part: file_name::part(&self.name),
            name: self.name,
            format: end.format.name.to_owned(),
            is_client: end.format.is_client,
            bytes: end.bytes,
            text_bytes: end.text_bytes,
            lines: end.lines,
        };
        Ok(self.session.finish(facts, end.checkpoint.as_ref()))
    }
}

/// A report's entry for a file that was refused; of its name only the last part is used.
#[must_use]
pub fn refused(file_name: &str, bytes: u64, reason: &Error) -> FileReport {
    let problem = Problem {
        kind: reason.name().to_owned(),
        severity: ProblemSeverity::Warning,
        count: 1,
        first_line: None,
        message: format!("The file was not read: {}. {}", reason.title(), reason.hint()),
    };
    FileReport {
        name: file_name::base(file_name).to_owned(),
        format: reason.format().map(str::to_owned),
        bytes,
        text_bytes: 0,
        lines: 0,
        session_id: None,
        clock: None,
        problems: vec![problem],
    }
}

/// What is known of the file itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileInfo {
    /// Its name, without folders.
    pub name: String,
    /// The stats session that its name tells.
    pub session_id: Option<String>,
    /// Which part of that session its name tells: 0 is the first, or the only one.
    pub part: u32,
    /// The format it was read as: to be shown, never to be asked.
    pub format: String,
    /// Whether a person's client wrote it, not a machine of the deployment.
    pub is_client: bool,
    /// Bytes as given.
    pub bytes: u64,
    /// Bytes of text.
    pub text_bytes: u64,
    /// Lines of text.
    pub lines: u64,
}

/// What one file said. Times are epoch ms on its writer's clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Extract {
    version: u32,
    /// The file.
    pub file: FileInfo,
    /// What was odd or lost.
    pub problems: Problems,
    /// Who wrote it.
    pub identity: Identity,
    /// From the first to the last time of its entries, if any had one.
    pub span: Option<TimeSpan>,
    /// When its writer first said which endpoint it is: it had just come into the room.
    pub joined_ms: Option<f64>,
    /// The server's stamp on its header.
    pub server_stamp_ms: Option<f64>,
    /// Path and media numbers over all connections, to be merged with other dumps' of the same person.
    pub totals: Totals,
    /// The connections, in the order they appeared.
    pub connections: Vec<ConnectionExtract>,
    /// What happened, in the file's order.
    pub events: Vec<Event>,
    /// The application's console lines.
    pub logs: Logs,
    /// Whose SSRCs are whose, as it says.
    pub sources: Vec<MediaSource>,
    /// What a server's state and log tell, where a server wrote the dump.
    pub server: Option<Box<ServerExtract>>,
    part: Part,
}

/// What one file said of one connection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConnectionExtract {
    /// Its numbers.
    pub summary: Connection,
    /// When packets last flowed on it.
    pub media_until_ms: Option<f64>,
    /// Offsets to the clocks of the senders whose RTCP sender reports it received.
    pub sender_clocks: Vec<SenderClockOffset>,
    /// Every pair it chose.
    pub pairs: Vec<PairChoice>,
    /// Its chart columns.
    pub timeline: Timeline,
}

impl Extract {
    /// For the way from one worker to another.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// The way back.
    ///
    /// # Errors
    /// When the bytes are not of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let version = postcard::take_from_bytes::<u32>(bytes).map(|(version, _)| version);
        if version != Ok(EXTRACT_VERSION) {
            return Err(Error::ForeignExtract);
        }
        postcard::from_bytes(bytes).map_err(|_| Error::ForeignExtract)
    }
}
