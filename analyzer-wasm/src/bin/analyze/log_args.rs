//! The options that say which console lines are wanted.

use analyzer_wasm::report::{LogLevel, LogQuery};
use anyhow::{Context as _, Result, bail};

/// The options so far.
#[derive(Debug, Default)]
pub(crate) struct LogArgs {
    wanted: bool,
    find: Option<String>,
    query: LogQuery,
}

impl LogArgs {
    /// Takes an option, if it is one of these; whoever calls gives its value when asked.
    pub(crate) fn take(&mut self, name: &str, value: impl FnOnce() -> Result<String>) -> Result<bool> {
        match name {
            "logs" => self.wanted = true,
            "find" => self.find = Some(value()?),
            "level" => self.query.levels = levels(&value()?)?,
            "who" => self.query.participants.push(value()?),
            "component" => self.query.components.push(value()?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// What is asked, where lines are wanted.
    pub(crate) fn finish(self) -> Result<Option<LogQuery>> {
        if self.wanted {
            return Ok(Some(LogQuery { text: self.find.unwrap_or_default(), ..self.query }));
        }
        if self.find.is_some() || self.query != LogQuery::default() {
            bail!("--find, --level, --who and --component go with --logs");
        }
        Ok(None)
    }
}

/// `warn,error`.
fn levels(text: &str) -> Result<Vec<LogLevel>> {
    let level = |name: &str| {
        let known = LogLevel::ALL.into_iter().find(|level| level.name().eq_ignore_ascii_case(name));
        known.with_context(|| {
            let names: Vec<&str> = LogLevel::ALL.iter().map(|level| level.name()).collect();
            format!("--level takes some of {}, not {name:?}", names.join(","))
        })
    };
    text.split(',').map(level).collect()
}
