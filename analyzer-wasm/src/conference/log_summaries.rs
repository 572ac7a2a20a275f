//! The number of log lines of each participant and server.

use crate::participants::ConferenceDump;
use crate::report::LogSummary;

/// The number of log lines by level of each participant and server that logged any.
pub(crate) fn log_summaries(dumps: &[ConferenceDump<'_>]) -> Vec<LogSummary> {
    let mut summaries: Vec<LogSummary> = Vec::new();
    for dump in dumps {
        let (participant, server) = (dump.participant_key.map(str::to_owned), dump.server.map(str::to_owned));
        let levels = dump.extract.logs.levels();
        match summaries.iter_mut().find(|known| known.participant == participant && known.server == server) {
            Some(known) => known.levels.merge(&levels),
            None if levels.total() > 0 => summaries.push(LogSummary { participant, server, levels }),
            None => {}
        }
    }
    summaries
}
