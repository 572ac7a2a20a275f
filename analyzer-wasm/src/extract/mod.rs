//! Reads one file once and keeps what the rules, the quality model and the charts need, in bounded memory.

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

/// The version of [`Extract`], which workers exchange as bytes. It is increased with every change of its fields.
const EXTRACT_VERSION: u32 = 7;

/// Reads one file in chunks. The extract does not depend on where the chunks end.
#[derive(Debug)]
pub struct Extractor {
    name: String,
    reader: FileReader,
    session: Session,
}

impl Extractor {
    /// Starts a file. Only the last component of a path is used as its name.
    #[must_use]
    pub fn new(file_name: &str) -> Self {
        let name = file_name::base(file_name).to_owned();
        Self { name, reader: FileReader::default(), session: Session::default() }
    }

    /// Reads the next bytes of the file.
    pub fn push(&mut self, bytes: &[u8]) {
        self.reader.push(bytes, &mut self.session);
    }

    /// The bytes of text read so far, after decompression.
    #[must_use]
    pub fn text_bytes(&self) -> u64 {
        self.reader.text_bytes()
    }

    /// Ends the file and returns its extract.
    ///
    /// # Errors
    /// When the file is refused; [`refused`] makes its entry in the report.
    pub fn finish(mut self) -> Result<Extract, Error> {
        let end = self.reader.finish(&mut self.session)?;
        let info = FileInfo {
            session_id: file_name::session_id(&self.name),
            part: file_name::part(&self.name),
            name: self.name,
            format: end.format.name.to_owned(),
            is_client: end.format.is_client,
            bytes: end.bytes,
            text_bytes: end.text_bytes,
            lines: end.lines,
        };
        Ok(self.session.finish(info, end.checkpoint.as_ref()))
    }
}

/// The entry in the report of a file that was refused. Only the last component of a path is used as its name.
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

/// What is known about the file itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileInfo {
    /// The name, without folders.
    pub name: String,
    /// The stats session id, where the name begins with one.
    pub session_id: Option<String>,
    /// The number of the part of the session, from the name: 0 is the first or only part.
    pub part: u32,
    /// The name of the format it was read as. Only for display: no later stage depends on the format.
    pub format: String,
    /// Whether a participant's client wrote it, not a server of the deployment.
    pub is_client: bool,
    /// Size in bytes as given, compressed or not.
    pub bytes: u64,
    /// Bytes of text after decompression.
    pub text_bytes: u64,
    /// Lines of text.
    pub lines: u64,
}

/// The content of one file. Times are epoch ms on the clock of the machine that wrote it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Extract {
    version: u32,
    /// The file.
    pub file: FileInfo,
    /// Damage, oddities and data lost to limits.
    pub problems: Problems,
    /// The client or server that wrote it.
    pub identity: Identity,
    /// From the first to the last time of its entries; `None` where no entry has a time.
    pub span: Option<TimeSpan>,
    /// When the first entry with an endpoint id was written: the client has just joined the conference.
    pub joined_ms: Option<f64>,
    /// The time that the rtcstats server put on the header.
    pub server_stamp_ms: Option<f64>,
    /// Network and media totals over all connections, which can be merged with those of the participant's other dumps.
    pub totals: Totals,
    /// The peer connections, in order of appearance.
    pub connections: Vec<ConnectionExtract>,
    /// The events, in the order of the file.
    pub events: Vec<Event>,
    /// The console lines of the application.
    pub logs: Logs,
    /// Which endpoint sends which SSRC, according to this file.
    pub sources: Vec<MediaSource>,
    /// The state and log of a server, where a server wrote the file.
    pub server: Option<Box<ServerExtract>>,
    part: Part,
}

/// The content of one file about one peer connection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConnectionExtract {
    /// The summary for the report.
    pub summary: Connection,
    /// The time of the last poll in which packets were sent or received.
    pub media_until_ms: Option<f64>,
    /// Offsets to the clocks of the senders whose RTCP sender reports it received.
    pub sender_clocks: Vec<SenderClockOffset>,
    /// Every selected candidate pair, in order.
    pub pairs: Vec<PairChoice>,
    /// The chart columns.
    pub timeline: Timeline,
}

impl Extract {
    /// Serializes the extract, to be sent to another worker.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// Deserializes an extract.
    ///
    /// # Errors
    /// When the bytes were written by another version of this crate.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let version = postcard::take_from_bytes::<u32>(bytes).map(|(version, _)| version);
        if version != Ok(EXTRACT_VERSION) {
            return Err(Error::ForeignExtract);
        }
        postcard::from_bytes(bytes).map_err(|_| Error::ForeignExtract)
    }
}
