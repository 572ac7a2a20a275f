//! Files that are no text, or no text of a call, by their magic numbers.

use super::GIVE_JITSI;
use crate::error::Refused;
use crate::input::formats::Unsupported;

const UNPACK: &str = "Unpack it and give the dumps in it.";
const SAVED_ERROR: &str =
    "It may be an error page that was saved in place of the dump: download the dump again.";
const SAVE_AS_UTF8: &str = "Save it as UTF-8.";

macro_rules! files {
    ($($(#[$doc:meta])* $static:ident = $name:literal, $title:literal, $hint:expr, $magic:expr;)*) => {
        $($(#[$doc])* pub(in crate::input) static $static: Unsupported = Unsupported {
            refused: Refused { name: $name, title: $title, hint: $hint },
            signature: |start| start.text.starts_with($magic),
        };)*
    };
}

files! {
    /// A ZIP archive.
    ZIP = "zip", "this is a ZIP archive", UNPACK, b"PK\x03\x04";
    /// A bzip2 stream.
    BZIP2 = "bzip2", "this is compressed with bzip2, which is not read", UNPACK, b"BZh";
    /// A Zstandard frame.
    ZSTD = "zstd", "this is compressed with Zstandard, which is not read", UNPACK, b"\x28\xb5\x2f\xfd";
    /// A JPEG picture.
    JPEG = "jpeg", "this is a JPEG picture", GIVE_JITSI, b"\xff\xd8\xff";
    /// A PNG picture.
    PNG = "png", "this is a PNG picture", GIVE_JITSI, b"\x89PNG";
    /// A PDF document.
    PDF = "pdf", "this is a PDF document", GIVE_JITSI, b"%PDF";
    /// An XML document.
    XML = "xml", "this is an XML document", SAVED_ERROR, b"<?xml";
    /// UTF-16 text, low byte first.
    UTF16_LE = "utf-16", "this is text in UTF-16", SAVE_AS_UTF8, b"\xff\xfe";
    /// UTF-16 text, high byte first.
    UTF16_BE = "utf-16", "this is text in UTF-16", SAVE_AS_UTF8, b"\xfe\xff";
}

/// A web page.
pub(in crate::input) static WEB_PAGE: Unsupported = Unsupported {
    refused: Refused { name: "html", title: "this is a web page", hint: SAVED_ERROR },
    signature: |start| {
        let tag = start.line.get(..14).unwrap_or(start.line).to_ascii_lowercase();
        tag.starts_with(b"<!doctype html") || tag.starts_with(b"<html")
    },
};

/// A tar archive: its magic stands behind the first file's name, mode, owner, size and time.
pub(in crate::input) static TAR: Unsupported = Unsupported {
    refused: Refused { name: "tar", title: "this is a tar archive", hint: UNPACK },
    signature: |start| {
        let has_magic = start.text.get(257..).is_some_and(|text| text.starts_with(b"ustar"));
        // The name of the first file is filled up with zeros.
        has_magic && start.text.get(..100).is_some_and(|name| name.contains(&0))
    },
};
