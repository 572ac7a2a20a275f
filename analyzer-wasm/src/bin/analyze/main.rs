//! `analyze`: the page's report in a terminal, a script or a pipeline.

mod command_line;
mod commands;
mod conferences;
mod exit;
mod input;
mod one_dump;
mod output;
mod report_text;
mod rtcstats_dumps;
mod server_tables;
mod table;
mod terminal_text;
mod warehouse_files;

use std::process::ExitCode;

fn main() -> ExitCode {
    match command_line::run(std::env::args_os()) {
        Ok(outcome) => exit::status(outcome),
        // The help and the version are answers, not mistakes.
        Err(text) if !text.use_stderr() => {
            exit::status(output::print_bytes(text.to_string().as_bytes()).map_err(Into::into))
        }
        Err(error) => {
            output::warn_lines(&error.to_string());
            ExitCode::from(2)
        }
    }
}
