//! The conferences of the dumps that were given, read on all cores.

use analyzer_wasm::workspace::Workspace;
use anyhow::anyhow;
use clap::Args;

use crate::exit::Failure;
use crate::input::{self, FileRead, Inputs};
use crate::output;

// Not a doc comment: clap would take it for the help of the commands that hold these arguments.
// Which conferences to read.
#[derive(Debug, Args)]
pub(crate) struct Selection {
    /// Only this conference, by its id, where the dumps are of several
    #[arg(long, value_name = "ID")]
    conference: Option<String>,
    #[command(flatten)]
    inputs: Inputs,
}

impl Selection {
    /// Reads every dump. Files that are not read are named on standard error and listed in the reports.
    pub(crate) fn read(&self) -> Result<Workspace, Failure> {
        let sources = self.inputs.sources()?;
        let mut workspace = Workspace::default();
        let mut dumps = 0_usize;
        for ((source, read), number) in input::each(&sources, input::read).into_iter().zip(0..) {
            match read {
                Ok(FileRead::Dump(extract)) => {
                    workspace.add_as(number, *extract);
                    dumps += 1;
                }
                Ok(FileRead::Refused(file, error)) => {
                    output::warn(format_args!("{source}: {}", input::in_words(&error)));
                    workspace.refuse(number, *file);
                }
                Err(error) => output::warn(format_args!("{source}: {error:#}")),
            }
        }
        input::require_dump(dumps, &sources)?;
        workspace.conclude();
        match &self.conference {
            Some(id) if !workspace.keep_only(id) => {
                let ids = workspace.conference_ids().join(", ");
                Err(Failure::Usage(anyhow!("no conference has the id {id}; there are: {ids}")))
            }
            _ => Ok(workspace),
        }
    }
}
