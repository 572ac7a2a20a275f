//! Makes calls that never were: what each browser's dump says of them, and the truth about them.
//!
//! A [`Scenario`] says who comes, speaks and suffers. A network model lets it happen, a second of true time at a
//! step: packets are sent and lost by chance, counters are whole numbers that fit each other on every way. Each
//! stay's dump is written in the form of current Jitsi clients, in its own wrong clock. [`Truth`] is what an
//! analyzer should find. The same scenario gives the same bytes.

mod calendar;
mod chance;
mod deployment;
mod draw;
mod dump;
mod fault;
mod model;
mod polling;
mod reports;
mod scenario;
mod script;
mod server_truth;
mod servers;
mod session;
mod truth;

pub use chance::Chance;
pub use deployment::{
    Bridge, BridgeFault, BridgeFaultKind, Focus, Host, Lines, Machine, MachineKind, Servers, Spelling,
};
pub use draw::Wish;
pub use dump::{DeltaEncoder, Fields, Form, Snapshot, Value};
pub use fault::{Fault, FaultKind, RelayProtocol};
pub use polling::{Counted, Direction};
pub use scenario::{Browser, Person, Presence, Scenario, Stretch, Topology, Turn};
pub use server_truth::{
    TrueBridge, TrueBridgeFinding, TrueCount, TrueFocus, TrueFocusPoll, TrueLoss, TrueMachine, TrueMember,
    TruePart, TruePoll, TrueRelay, TrueServer, TrueServerDump, TrueServers, TrueSource, TrueSpeaker,
    TrueStay, TrueStress, TrueTime,
};
pub use servers::{ServerDump, difference};
pub use truth::{Tolerated, TrueFinding, TruePerson, TruePresence, Truth};

use model::Network;
use polling::Client;
use servers::Watch;
use session::Session;

/// One dump of a simulated call.
#[derive(Clone, Debug, PartialEq)]
pub struct Dump {
    /// Its file's name.
    pub name: String,
    /// Its person's place in the scenario.
    pub person: usize,
    /// Its content.
    pub bytes: Vec<u8>,
    /// How much text it holds.
    pub text_bytes: u64,
    /// What the model counted of each stream until its last poll.
    pub counted: Vec<Counted>,
}

/// A simulated call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// One dump for each stay, by person and time.
    pub dumps: Vec<Dump>,
    /// Those of the servers, if the scenario has any: each bridge's by time, then the focus'.
    pub servers: Vec<ServerDump>,
    /// What an analyzer should find.
    pub truth: Truth,
}

/// Lets a scenario happen.
#[must_use]
pub fn simulate(scenario: &Scenario, form: Form) -> Call {
    let sessions = Session::all(scenario);
    let mut network = Network::new(scenario, &sessions);
    let mut clients: Vec<Client> =
        (0..sessions.len()).filter_map(|index| Client::new(scenario, &sessions, index, form)).collect();
    let mut watch = scenario.servers.as_ref().map(|servers| Watch::new(scenario, servers, &sessions, form));
    let steps = u32::try_from(scenario.duration_ms.div_ceil(1_000)).unwrap_or(u32::MAX);
    for step in 0..steps {
        network.step(scenario, &sessions, step);
        for client in &mut clients {
            client.step(scenario, &sessions, &network, step);
        }
        if let Some(watch) = &mut watch {
            watch.step(&network, step);
        }
    }
    let dumps = clients.into_iter().zip(&sessions).map(|(client, session)| client.finish(session)).collect();
    let (servers, true_servers) = watch.map(Watch::finish).unzip();
    let truth = Truth { servers: true_servers, ..Truth::of(scenario) };
    Call { dumps, servers: servers.unwrap_or_default(), truth }
}
