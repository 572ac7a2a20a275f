//! Where `analyze` reads from: files, folders and standard input, one file per thread on all cores.

use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use analyzer_wasm::error::Error;
use analyzer_wasm::extract::{Extract, Extractor};
use anyhow::{Context as _, Result};

/// How much is read at once.
const CHUNK_BYTES: usize = 1 << 20;

/// One thing to read.
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

/// Every file of the inputs; folders are walked in the order of their names, hidden files left out.
pub(crate) fn sources(inputs: &[PathBuf]) -> Result<Vec<Source>> {
    let mut found = Vec::new();
    for input in inputs {
        if input.as_os_str() == "-" {
            found.push(Source::Stdin);
        } else if input.is_dir() {
            walk(input, &mut found)?;
        } else {
            std::fs::metadata(input).with_context(|| format!("{} cannot be read", input.display()))?;
            found.push(Source::File(input.clone()));
        }
    }
    Ok(found)
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
    /// What a dump from here is called.
    pub(crate) fn name(&self) -> Cow<'_, str> {
        match self {
            Self::Stdin => "stdin".into(),
            Self::File(path) => path.to_string_lossy(),
        }
    }
}

/// Reads every source in that way; the results come in the sources' order.
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

/// Reads one source.
pub(crate) fn read(source: &Source) -> Result<Extract> {
    let mut extractor = Extractor::new(&source.name());
    feed(source, &mut |bytes| extractor.push(bytes))?;
    extractor.finish().map_err(|error| in_words(&error))
}

/// Hands out a source's bytes, piece by piece.
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

/// What is wrong with a file, what it looks like, and what to do.
pub(crate) fn in_words(error: &Error) -> anyhow::Error {
    anyhow::anyhow!("{}. {}", error.title(), error.hint())
}

/// A number of files in words.
pub(crate) fn files(count: usize) -> String {
    if count == 1 { "1 file".to_owned() } else { format!("{count} files") }
}
