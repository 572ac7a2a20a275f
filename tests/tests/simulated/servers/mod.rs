//! What reports tell of servers' dumps, against what the servers of simulated calls knew: with everybody's own dumps
//! beside them, and alone.

mod bridge_side;
mod bridge_truth;
mod bridges_alone;
mod calls;
mod comings;
mod files;
mod focus_side;
mod happened;
mod lines;
mod machines;
mod people;
mod spoke;
mod streams;
mod switched;
mod visitors;

use analyzer_wasm::report::{Event, Interval, IntervalKind, Participant, Report, Server};
use calls::cases;
use e2e::driver;
use simulator::{Call, Lines, Scenario, TrueServer, TrueServers};

/// A bridge is polled every 5 s, the focus every 10 s; a poll comes some ms late.
const BRIDGE_POLL_MS: f64 = 5_000.0;
const FOCUS_POLL_MS: f64 = 10_000.0;
/// A line is stored 3 to 30 ms after it was sent, and no stamp is before another; what is mapped to the stamps' clock
/// by the fastest line is that late. To this adds where logs are sent 8 to 12 ms after the poll.
const STORING_MS: f64 = 60.0;

/// A call and what is told of it.
struct Case {
    seed: u64,
    scenario: Scenario,
    call: Call,
    truth: TrueServers,
    /// From all dumps.
    all: Report,
    /// From the servers' alone.
    alone: Report,
    /// From the bridges' alone.
    bridges: Report,
}

/// Both reports of a case, with what they were made of in words.
impl Case {
    fn reports(&self) -> [(&'static str, &Report); 2] {
        [("all", &self.all), ("alone", &self.alone)]
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

    /// What must be taken from the times that a server's dump tells to get true ones: its clock is known only where
    /// its lines were stamped when they were stored.
    fn ahead_ms(&self, file: &str) -> f64 {
        let server = self.server_of(file);
        if server.lines == Lines::Enveloped { 0.0 } else { -server.clock_offset_ms as f64 }
    }

    /// How far apart the servers' clocks are, where that cannot be known: what two of them tell of is that inexact.
    fn skew_ms(&self) -> f64 {
        let used = self.servers().filter(|server| !server.dumps.is_empty());
        let unknown = used.filter(|server| server.lines != Lines::Enveloped);
        unknown.map(|server| server.clock_offset_ms.abs() as f64).fold(0.0, f64::max)
    }

    /// Whether a server lost polls in the middle: what changed in them and never again is not known, and what a later
    /// part does not tell is taken to be as it was.
    fn is_cut(&self, server: &TrueServer) -> bool {
        server.dumps.iter().any(|dump| dump.parts.len() > 1)
    }

    /// The participant that a person of the scenario became.
    fn participant<'a>(&self, report: &'a Report, person: usize) -> &'a Participant {
        let id = &self.call.truth.people[person].presences[0].endpoint_id;
        let is = |told: &&Participant| told.endpoint_ids.contains(id);
        report.participants.iter().find(is).unwrap_or_else(|| panic!("seed {}: nobody is {id}", self.seed))
    }

    /// Who was in the room: some leave so soon that it never knew them.
    fn were_there(&self) -> Vec<usize> {
        let there = |person: &usize| self.truth.members.iter().any(|member| member.person == *person);
        (0..self.scenario.people.len()).filter(there).collect()
    }
}

/// What is told wrongly, all of it: one mistake has many faces.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
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

fn intervals(told: &Participant, kind: IntervalKind) -> Vec<&Interval> {
    told.activity.intervals.iter().filter(|interval| interval.kind == kind).collect()
}

/// The one server of this name.
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
