//! One server with all of its dumps, which share its clock.

use crate::clocks::server_clocks::ServerClocks;
use crate::extract::ServerExtract;
use crate::model::SourceKind;
use crate::sessions::Extracts;

/// The stats server stamps a line this long after it was sent at most.
const STAMPED_LATE_MS: f64 = 50.0;

/// One server.
#[derive(Debug)]
pub(super) struct Machine<'a> {
    /// Whether its clock is known by the stamps of its stored lines.
    pub(super) stamped: bool,
    name: Option<(Option<SourceKind>, &'a str)>,
    /// Its dumps, each with the offset that is added to its times.
    dumps: Vec<(f64, &'a ServerExtract)>,
    /// The times of its polls on the conference's clock.
    polls_ms: Vec<f64>,
}

impl<'a> Machine<'a> {
    /// The servers among the members of a conference.
    pub(super) fn all(extracts: &'a Extracts, members: &[usize], clocks: &ServerClocks) -> Vec<Self> {
        let mut machines: Vec<Self> = Vec::new();
        for index in members {
            let Some(extract) = extracts.get(*index) else { continue };
            let Some(server) = extract.server.as_deref() else { continue };
            let stamped = clocks.is_stamped(*index);
            let name = extract.identity.display_name.as_deref().map(|name| (extract.identity.kind, name));
            let same = machines
                .iter_mut()
                .find(|known| name.is_some() && known.name == name && known.stamped == stamped);
            let machine = match same {
                Some(known) => known,
                None => {
                    machines.push(Self { stamped, name, dumps: Vec::new(), polls_ms: Vec::new() });
                    let Some(new) = machines.last_mut() else { continue };
                    new
                }
            };
            let offset_ms = clocks.offset_ms(*index);
            machine.dumps.push((offset_ms, server));
            machine.polls_ms.extend(server.timeline.polls().map(|(at_ms, _)| at_ms + offset_ms));
        }
        for machine in &mut machines {
            machine.polls_ms.sort_by(f64::total_cmp);
        }
        machines
    }

    /// Its dumps, each with the offset that is added to its times.
    pub(super) fn dumps(&self) -> impl Iterator<Item = (f64, &'a ServerExtract)> {
        self.dumps.iter().copied()
    }

    /// The last poll before a time. A change that a poll shows happened after the poll before it.
    pub(super) fn polled_before(&self, at_ms: f64) -> Option<f64> {
        let before = self.polls_ms.partition_point(|poll_ms| *poll_ms < at_ms);
        self.polls_ms.get(before.checked_sub(1)?).copied()
    }

    /// Its last poll.
    pub(super) fn polled_last(&self) -> Option<f64> {
        self.polls_ms.last().copied()
    }

    /// How late its clock may be by the delay of stamps, ms.
    pub(super) fn late_ms(&self) -> f64 {
        if self.stamped { STAMPED_LATE_MS } else { 0.0 }
    }
}
