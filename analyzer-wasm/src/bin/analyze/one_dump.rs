//! The subcommands that print the content of one dump.

use std::path::PathBuf;

use analyzer_wasm::detail::{Detail, DetailReader};
use anyhow::anyhow;
use clap::{Args, ValueHint};

use crate::exit::Failure;
use crate::input;

// Not a doc comment: clap would take it for the help of the commands that hold this argument.
// The dump to read.
#[derive(Debug, Args)]
pub(crate) struct OneDump {
    /// The dump, plain or gzip, or - for standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,
}

impl OneDump {
    /// Reads the dump with this reader.
    pub(crate) fn read(&self, mut reader: DetailReader) -> Result<Detail, Failure> {
        let sources = input::sources(std::slice::from_ref(&self.file)).map_err(Failure::Usage)?;
        let [source] = sources.as_slice() else {
            let (folder, files) = (self.file.display(), input::files(sources.len()));
            return Err(Failure::Usage(anyhow!("{folder} is a folder with {files}: name one dump")));
        };
        input::feed(source, &mut |bytes| reader.push(bytes))?;
        Ok(reader.finish().map_err(|error| input::in_words(&error))?)
    }
}
