//! The formats: how the first bytes of each are recognized, and what reads it. This is the only list of them.
//!
//! A format is a folder beside this file that declares a [`Format`], and its row in [`FORMATS`]. Formats that are
//! recognized but not read are rows of [`UNSUPPORTED`], so that such a file is refused by its name.
//!
//! Recognition looks at the lines at the start of the text in turn. The first line that bears a signature decides, so
//! damaged lines before it do no harm, and lines after it that look like another format do not matter.

use super::head::{Start, starts};
use super::reader::{FormatReader, ReaderOptions};
use super::unsupported::{files, getstats, livekit, logs, rtcstats, statistics, webrtc_internals};
use crate::error::Refused;

/// Declares the folders of formats and the list of the formats in them.
macro_rules! formats {
    ($($path:literal $folder:ident: $($format:ident)+;)*) => {
        $(#[path = $path] pub(super) mod $folder;)*

        /// Every format that is read.
        pub static FORMATS: &[&Format] = &[$($(&$folder::$format),+),*];
    };
}

formats! {
    "jitsi/mod.rs" jitsi: CLIENT SERVER;
}

/// Every format that is recognized and refused. A line with several signatures is the first of these, else the first of
/// [`FORMATS`].
pub static UNSUPPORTED: &[&Unsupported] = &[
    &rtcstats::DOCUMENT,
    &rtcstats::LINES,
    &webrtc_internals::DUMP,
    &webrtc_internals::PAGE,
    &livekit::WEBHOOKS,
    &livekit::LOG,
    &statistics::JICOFO,
    &statistics::JVB,
    &getstats::RESULT,
    &logs::SERVER,
    &logs::PROSODY,
    &logs::BROWSER,
    &files::TAR,
    &files::ZIP,
    &files::BZIP2,
    &files::ZSTD,
    &files::JPEG,
    &files::PNG,
    &files::PDF,
    &files::WEB_PAGE,
    &files::XML,
    &files::UTF16_LE,
    &files::UTF16_BE,
];

/// A format that is read.
#[derive(Debug)]
pub struct Format {
    /// The report's `files[].format`.
    pub name: &'static str,
    /// Whether a participant's client writes it, not a server of the deployment.
    pub is_client: bool,
    /// Whether a file in this format may start here.
    pub signature: fn(&Start<'_>) -> bool,
    /// Makes a reader of one file.
    pub reader: fn(ReaderOptions<'_>) -> Box<dyn FormatReader>,
}

/// A format that is recognized and refused.
#[derive(Debug)]
pub struct Unsupported {
    /// Its name, and the title and hint for the user.
    pub refused: Refused,
    /// Whether a file in this format may start here.
    pub signature: fn(&Start<'_>) -> bool,
}

/// What the head of a file shows.
#[derive(Clone, Copy, Debug)]
pub(super) enum Recognized {
    /// A format that is read.
    Format(&'static Format),
    /// A format that is not read.
    Unsupported(&'static Unsupported),
    /// Text of no known format.
    Unknown,
    /// Nothing but white space.
    Blank,
}

/// Recognizes a format by the start of a file's text.
pub(super) fn recognize(head: &[u8]) -> Recognized {
    let mut is_blank = true;
    for start in starts(head) {
        is_blank = false;
        if let Some(unsupported) = UNSUPPORTED.iter().find(|one| (one.signature)(&start)) {
            return Recognized::Unsupported(unsupported);
        }
        if let Some(format) = FORMATS.iter().find(|one| (one.signature)(&start)) {
            return Recognized::Format(format);
        }
    }
    if is_blank { Recognized::Blank } else { Recognized::Unknown }
}
