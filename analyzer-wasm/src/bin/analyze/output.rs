//! Standard output and standard error. A reader that stops reading early, such as `head`, is not an error.
#![expect(clippy::print_stderr, reason = "messages of a command go to standard error")]

use std::fmt::Display;
use std::io::{self, ErrorKind, Write as _};

use anyhow::Context as _;

use crate::terminal_text::{TerminalText, escaped, escaped_json};

/// Writes lines to standard output.
pub(crate) fn print(text: &TerminalText) -> anyhow::Result<()> {
    print_bytes(text.as_str().as_bytes())
}

/// Writes a JSON document, or one JSON value on each line, to standard output.
pub(crate) fn print_json(json: &str) -> anyhow::Result<()> {
    print_bytes(escaped_json(json).as_bytes())?;
    print_bytes(b"\n")
}

/// Writes bytes to standard output as they are: for text that the program itself made, or that was asked for raw.
pub(crate) fn print_bytes(bytes: &[u8]) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes).and_then(|()| stdout.flush()).context("the output cannot be written")
}

/// Writes one message to standard error, after the program's name.
pub(crate) fn warn(message: impl Display) {
    eprintln!("analyze: {}", escaped(message));
}

/// Writes a message of several lines to standard error, each line escaped.
pub(crate) fn warn_lines(message: &str) {
    for line in message.lines() {
        eprintln!("{}", escaped(line));
    }
}

/// Whether an error is that the reader of standard output has stopped reading.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
