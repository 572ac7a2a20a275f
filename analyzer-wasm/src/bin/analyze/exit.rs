//! The exit status of the command.

use std::process::ExitCode;

use crate::output;

/// Why a command gives no answer. Each variant has its own exit status.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Nothing given is a dump, or the output cannot be written: exit status 1.
    NoAnswer(anyhow::Error),
    /// The arguments are wrong: exit status 2.
    Usage(anyhow::Error),
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::NoAnswer(error)
    }
}

/// What running a command gives.
pub(crate) type Outcome = Result<(), Failure>;

/// The exit status of an outcome; an error is reported on standard error.
pub(crate) fn status(outcome: Outcome) -> ExitCode {
    let (error, status) = match outcome {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::NoAnswer(error)) if output::is_broken_pipe(&error) => return ExitCode::SUCCESS,
        Err(Failure::NoAnswer(error)) => (error, 1),
        Err(Failure::Usage(error)) => (error, 2),
    };
    output::warn(format_args!("{error:#}"));
    ExitCode::from(status)
}
