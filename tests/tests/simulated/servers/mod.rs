//! Results from servers' dumps of simulated calls, compared with the true state of the servers: with the clients' dumps
//! and without.

mod bridge_side;
mod bridge_truth;
mod bridges_only;
mod calls;
mod files;
mod focus_side;
mod joins_and_leaves;
mod lines;
mod mutes_and_shares;
mod participants;
mod recorders_and_gateways;
mod server_events;
mod server_facts;
mod speakers;
mod streams;

use analyzer_wasm::report::{Event, Interval, IntervalKind, Participant, Report, Server};
use calls::cases;
use e2e::driver;
use simulator::{Call, Lines, Scenario, TrueServer, TrueServers};

/// A bridge is polled every 5 s, the focus every 10 s; a poll is some ms late.
const BRIDGE_POLL_MS: f64 = 5_000.0;
const FOCUS_POLL_MS: f64 = 10_000.0;
/// Tolerance for times from servers. A line is stored 3 to 30 ms after it was sent, timestamps never decrease, and the
/// clock is aligned by the fastest line. Logs are sent 8 to 12 ms after the poll, which adds to this.
const STORING_MS: f64 = 60.0;

/// A simulated call with its truth and its reports.
struct SimulatedCase {
    seed: u64,
    scenario: Scenario,
    call: Call,
    truth: TrueServers,
    /// The report of all dumps.
    all: Report,
    /// The report of the servers' dumps only.
    servers_only: Report,
    /// The report of the bridges' dumps only.
    bridges_only: Report,
}

impl SimulatedCase {
    /// The reports with the focus' dump, each with a label for messages.
    fn reports(&self) -> [(&'static str, &Report); 2] {
        [("all", &self.all), ("servers only", &self.servers_only)]
    }

    fn servers(&self) -> impl Iterator<Item = &TrueServer> {
        self.truth.bridges.iter().map(|bridge| &bridge.server).chain([&self.truth.focus.server])
    }

    fn server_of(&self, file: &str) -> &TrueServer {
        let has = |server: &&TrueServer| {
            server.dumps.iter().flat_map(|dump| &dump.parts).any(|part| part.file == file)
        };
        self.servers().find(has).unwrap_or_else(|| panic!("seed {}: no server wrote {file}", self.seed))
    }

    /// What to subtract from the times of a server's dump to get true time. The clock of a server is only known where
    /// its lines have the timestamp of their storage.
    fn ahead_ms(&self, file: &str) -> f64 {
        let server = self.server_of(file);
        if server.lines == Lines::Enveloped { 0.0 } else { -server.clock_offset_ms as f64 }
    }

    /// The largest offset of a server's clock that cannot be determined. Observations of two servers differ by up to
    /// that much.
    fn skew_ms(&self) -> f64 {
        let used = self.servers().filter(|server| !server.dumps.is_empty());
        let unknown = used.filter(|server| server.lines != Lines::Enveloped);
        unknown.map(|server| server.clock_offset_ms.abs() as f64).fold(0.0, f64::max)
    }

    /// Whether a server lost polls in the middle. A change that is only in lost polls is unknown, and a value that a
    /// later part does not repeat is taken as unchanged.
    fn is_cut(&self, server: &TrueServer) -> bool {
        server.dumps.iter().any(|dump| dump.parts.len() > 1)
    }

    /// The participant of a person of the scenario.
    fn participant<'a>(&self, report: &'a Report, person: usize) -> &'a Participant {
        let id = &self.call.truth.people[person].presences[0].endpoint_id;
        let is = |reported: &&Participant| reported.endpoint_ids.contains(id);
        report
            .participants
            .iter()
            .find(is)
            .unwrap_or_else(|| panic!("seed {}: no participant has {id}", self.seed))
    }

    /// The people who were members of the room. A very short presence never becomes one.
    fn were_there(&self) -> Vec<usize> {
        let there = |person: &usize| self.truth.members.iter().any(|member| member.person == *person);
        (0..self.scenario.people.len()).filter(there).collect()
    }
}

/// Collects all wrong values of a test, because one mistake usually shows in many of them.
#[derive(Default)]
struct Mismatches(Vec<String>);

impl Mismatches {
    fn unless(&mut self, right: bool, what: impl FnOnce() -> String) {
        if !right {
            self.0.push(what());
        }
    }

    fn conclude(self) {
        assert!(
            self.0.is_empty(),
            "{} wrong:\n{}",
            self.0.len(),
            self.0.iter().take(30).cloned().collect::<Vec<_>>().join("\n")
        );
    }
}

fn events<'a>(report: &'a Report, subtype: &str) -> Vec<&'a Event> {
    report.events.iter().filter(|event| event.subtype == subtype).collect()
}

fn intervals(reported: &Participant, kind: IntervalKind) -> Vec<&Interval> {
    reported.activity.intervals.iter().filter(|interval| interval.kind == kind).collect()
}

/// The only server with this name.
fn server<'a>(report: &'a Report, name: &str, what: &str) -> &'a Server {
    let named: Vec<&Server> =
        report.servers.iter().filter(|server| server.name.as_deref() == Some(name)).collect();
    let [server] = named.as_slice() else { panic!("{what}: {name} is {named:?}") };
    server
}

fn close(a: f64, b: f64, within: f64) -> bool {
    (a - b).abs() <= within
}

fn report_of<'a>(dumps: impl Iterator<Item = (&'a String, &'a Vec<u8>)>) -> Report {
    driver::report(dumps).unwrap()
}
