//! What `analyze` reads: files, folders and standard input, on all cores with one file per thread.

use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use analyzer_wasm::error::Error;
use analyzer_wasm::extract::{self, Extract, Extractor};
use analyzer_wasm::report::FileReport;
use anyhow::{Context as _, Result, anyhow};
use clap::{Args, ValueHint};

use crate::exit::{Failure, Outcome};

/// How much is read at once.
const CHUNK_BYTES: usize = 1 << 20;

// Not a doc comment: clap would take it for the help of the commands that hold these arguments.
// The files and folders to read.
#[derive(Debug, Args)]
pub(crate) struct Inputs {
    /// Dumps, plain or gzip; folders of dumps, read with their subfolders; or - for standard input
    #[arg(value_name = "FILES", required = true, value_hint = ValueHint::AnyPath)]
    files: Vec<PathBuf>,
}

impl Inputs {
    /// The files to read.
    pub(crate) fn sources(&self) -> Result<Vec<Source>, Failure> {
        sources(&self.files).map_err(Failure::Usage)
    }
}

/// A file or standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Stdin,
    File(PathBuf),
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => formatter.write_str("standard input"),
            Self::File(path) => path.display().fmt(formatter),
        }
    }
}

/// The files of these paths. Folders are walked in the order of the names, without hidden files.
pub(crate) fn sources(inputs: &[PathBuf]) -> Result<Vec<Source>> {
    let mut found = Vec::new();
    for input in inputs {
        if input.as_os_str() == "-" {
            found.push(Source::Stdin);
        } else if input.is_dir() {
            walk(input, &mut found)?;
        } else {
            std::fs::metadata(input).with_context(|| unreadable(input))?;
            found.push(Source::File(input.clone()));
        }
    }
    Ok(found)
}

/// The error for a path that cannot be read. A word that is neither a file nor a path may be a mistyped subcommand.
fn unreadable(path: &Path) -> String {
    let is_word = path.extension().is_none() && path.components().count() == 1;
    let tip = if is_word { " (analyze --help lists the subcommands)" } else { "" };
    format!("{} cannot be read{tip}", path.display())
}

fn walk(folder: &Path, found: &mut Vec<Source>) -> Result<()> {
    let read = || format!("the folder {} cannot be read", folder.display());
    let entries: Result<Vec<_>, _> = std::fs::read_dir(folder).with_context(read)?.collect();
    let mut entries = entries.with_context(read)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries.into_iter().filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b".")) {
        // A link to a folder is not followed: it may lead back here.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            walk(&entry.path(), found)?;
        } else if entry.path().is_file() {
            found.push(Source::File(entry.path()));
        }
    }
    Ok(())
}

impl Source {
    /// The file name of the dump.
    pub(crate) fn name(&self) -> Cow<'_, str> {
        match self {
            Self::Stdin => "stdin".into(),
            Self::File(path) => path.to_string_lossy(),
        }
    }
}

/// Reads every source with this function, on all cores. The results are in the order of the sources.
pub(crate) fn each<T: Send>(sources: &[Source], read: impl Fn(&Source) -> T + Sync) -> Vec<(&Source, T)> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(sources.len().max(1));
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(sources.len()));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((at, source)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    sources.get(at).map(|source| (at, source))
                } {
                    let result = read(source);
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((at, source, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _, _)| *at);
    done.into_iter().map(|(_, source, result)| (source, result)).collect()
}

/// The result of reading a source.
pub(crate) enum FileRead {
    /// It is a dump.
    Dump(Box<Extract>),
    /// It was refused: its entry for the report, and the reason.
    Refused(Box<FileReport>, Error),
}

/// Reads one source.
pub(crate) fn read(source: &Source) -> Result<FileRead> {
    let mut extractor = Extractor::new(&source.name());
    let mut len = 0;
    feed(source, &mut |bytes| {
        len += bytes.len() as u64;
        extractor.push(bytes);
    })?;
    Ok(match extractor.finish() {
        Ok(extract) => FileRead::Dump(Box::new(extract)),
        Err(error) => FileRead::Refused(Box::new(extract::refused(&source.name(), len, &error)), error),
    })
}

/// Pushes the bytes of a source, chunk by chunk.
pub(crate) fn feed(source: &Source, push: &mut dyn FnMut(&[u8])) -> Result<()> {
    let mut bytes: Box<dyn Read> = match source {
        Source::Stdin => Box::new(std::io::stdin().lock()),
        Source::File(path) => Box::new(File::open(path).context("cannot be opened")?),
    };
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        match bytes.read(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(len) => push(chunk.get(..len).unwrap_or_default()),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error).context("cannot be read to its end"),
        }
    }
}

/// The error of a file with what it looks like, what was expected and what to do.
pub(crate) fn in_words(error: &Error) -> anyhow::Error {
    anyhow!("{}. {}", error.title(), error.hint())
}

/// A number of files in words.
pub(crate) fn files(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}

/// Fails where none of the sources was a dump.
pub(crate) fn require_dump(dumps: usize, sources: &[Source]) -> Outcome {
    if dumps == 0 {
        let files = files(sources.len());
        return Err(Failure::NoAnswer(anyhow!("nothing that was given is a dump ({files} read)")));
    }
    Ok(())
}
