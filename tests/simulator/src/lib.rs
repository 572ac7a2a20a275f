//! Simulates WebRTC calls: the dumps of clients and servers, and the ground truth about them.
//!
//! A [`Scenario`] states participants, their activity and faults. A network model computes each second of true time:
//! packets are sent and lost at random, and the counters of senders, bridges and receivers agree. Each presence of a
//! participant gives a dump as current Jitsi clients write it, on a clock of its own. [`Truth`] is what an analyzer
//! should find. The same scenario gives the same bytes.

mod calendar;
mod deployment;
mod draw;
mod dump;
mod fault;
mod model;
mod polling;
mod random;
mod reports;
mod scenario;
mod script;
mod server_truth;
mod servers;
mod session;
mod truth;

pub use deployment::{
    Bridge, BridgeFault, BridgeFaultKind, Focus, Host, Lines, Machine, MachineKind, Servers, Spelling,
};
pub use draw::ScenarioOptions;
pub use dump::{DeltaEncoder, Fields, Form, Snapshot, Value};
pub use fault::{Fault, FaultKind, RelayProtocol};
pub use polling::{Counted, Direction};
pub use random::Random;
pub use scenario::{Browser, Person, Presence, Scenario, TimeRange, Topology, Turn};
pub use server_truth::{
    TrueBridge, TrueBridgeFinding, TrueBridgePresence, TrueCount, TrueFocus, TrueFocusPoll, TrueLoss,
    TrueMachine, TrueMember, TruePart, TruePoll, TrueRelay, TrueServer, TrueServerDump, TrueServers,
    TrueSource, TrueSpeaker, TrueStress, TrueTime,
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
    /// Index of its participant in the scenario.
    pub person: usize,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Size of its text.
    pub text_bytes: u64,
    /// The model's counters of each stream at the last poll.
    pub counted: Vec<Counted>,
}

/// A simulated call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// One dump for each presence, by participant and time.
    pub dumps: Vec<Dump>,
    /// The dumps of the servers, if the scenario has any: of each bridge by time, then of the focus.
    pub servers: Vec<ServerDump>,
    /// What an analyzer should find.
    pub truth: Truth,
}

/// Simulates a scenario.
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
