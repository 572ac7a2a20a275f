//! The results that an analyzer should produce for a simulated call: people, presences and findings, in true time.

use serde::{Deserialize, Serialize};

use super::deployment::BridgeFaultKind;
use super::fault::{Fault, FaultKind, RelayProtocol};
use super::scenario::{Person, Scenario, TimeRange, Topology};
use super::server_truth::TrueServers;
use super::session::{connected_after, dump_name};

/// The truth about a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Truth {
    /// The scenario's seed.
    pub seed: u64,
    /// The room's name.
    pub room: String,
    /// The conference's id.
    pub meeting_id: String,
    /// The media topology.
    pub topology: Topology,
    /// Epoch ms, true time.
    pub start_ms: u64,
    /// Epoch ms, true time.
    pub end_ms: u64,
    /// The people, one row for each person, also if they rejoined.
    pub people: Vec<TruePerson>,
    /// The expected findings. No others above `info` are expected.
    pub findings: Vec<TrueFinding>,
    /// Further findings that do not count as wrong.
    pub tolerated: Vec<Tolerated>,
    /// The truth about the servers; set by the simulation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub servers: Option<TrueServers>,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TruePerson {
    /// Jitsi's generated stats id. It is not unique.
    pub stats_id: String,
    /// What to add to the times in the person's dumps to get true time.
    pub clock_offset_ms: i64,
    /// The presences of the person.
    pub presences: Vec<TruePresence>,
}

/// One presence of a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TruePresence {
    /// The dump's name.
    pub file: String,
    /// The stats session.
    pub session_id: String,
    /// The endpoint's id.
    pub endpoint_id: String,
    /// Epoch ms, true time.
    pub from_ms: u64,
    /// Epoch ms, true time.
    pub to_ms: u64,
}

/// An expected finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrueFinding {
    /// The finding's code.
    pub code: String,
    /// `critical`, `warning` or `info`.
    pub severity: String,
    /// The affected person, as index in `people`.
    pub person: usize,
    /// Other people of the finding, as indices in `people`.
    pub others: Vec<usize>,
    /// Epoch ms, true time.
    pub from_ms: u64,
    /// Epoch ms, true time.
    pub to_ms: u64,
    /// `uplink`, `downlink`, `path`, `relay` or `device`.
    pub side: String,
}

/// A tolerated finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tolerated {
    /// The finding's code.
    pub code: String,
    /// The affected person, as index in `people`.
    pub person: usize,
}

impl Truth {
    /// The truth about a scenario, without the parts that only the simulation determines.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let mut truth = Self {
            seed: scenario.seed,
            room: scenario.room.clone(),
            meeting_id: scenario.meeting_id.clone(),
            topology: scenario.topology,
            start_ms: scenario.start_ms,
            end_ms: scenario.start_ms + scenario.duration_ms,
            people: scenario.people.iter().map(|person| true_person(scenario, person)).collect(),
            findings: Vec::new(),
            tolerated: Vec::new(),
            servers: None,
        };
        for fault in &scenario.faults {
            truth.expect(scenario, fault);
        }
        truth.tolerate_bridges(scenario);
        truth.findings.sort_by(|a, b| (a.from_ms, a.person, &a.code).cmp(&(b.from_ms, b.person, &b.code)));
        truth
    }

    /// Tolerates the symptoms of a bridge's fault for each person on that bridge. Without the bridge's dump an analyzer
    /// can only attribute them to the participants.
    fn tolerate_bridges(&mut self, scenario: &Scenario) {
        for (fault, servers) in scenario
            .servers
            .iter()
            .flat_map(|servers| servers.faults.iter().map(move |fault| (fault, servers)))
        {
            let codes: &[&str] = match fault.kind {
                BridgeFaultKind::Restart { .. } => {
                    &["ice-disconnect", "ice-failure", "ice-restart", "media-interruption"]
                }
                BridgeFaultKind::Loss { .. } => &["uplink-loss", "downlink-loss"],
                BridgeFaultKind::Overload { .. } => &["high-rtt", "high-jitter"],
            };
            let affects = |person: &usize| servers.faults_of(*person, fault.time).any(|other| other == fault);
            for person in (0..scenario.people.len()).filter(affects) {
                self.tolerated
                    .extend(codes.iter().map(|code| Tolerated { code: (*code).to_owned(), person }));
            }
        }
    }

    /// Adds the expected findings of a fault.
    fn expect(&mut self, scenario: &Scenario, fault: &Fault) {
        let Some((code, severity, side)) = expected_finding(fault.kind) else { return };
        let p2p = scenario.topology == Topology::PeerToPeer;
        let other = 1 - fault.person.min(1);
        let (person, others, side) = match fault.kind {
            FaultKind::UplinkLoss { .. } if p2p => (other, vec![fault.person], "path"),
            FaultKind::DownlinkLoss { .. } if p2p => (fault.person, vec![other], "path"),
            _ => (fault.person, Vec::new(), side),
        };
        let code = if p2p && code == "uplink-loss" { "downlink-loss" } else { code };
        // A fault of a peer-to-peer path affects both of its ends.
        let both = p2p && (fault.cuts() || matches!(fault.kind, FaultKind::Delay { .. }));
        for person in [person].into_iter().chain(both.then_some(other)) {
            for time in times(scenario, fault) {
                self.findings.push(TrueFinding {
                    code: code.to_owned(),
                    severity: severity.to_owned(),
                    person,
                    others: others.clone(),
                    from_ms: scenario.start_ms + time.from_ms,
                    to_ms: scenario.start_ms + time.to_ms,
                    side: side.to_owned(),
                });
            }
        }
        for (code, person) in tolerated(fault, p2p.then_some(other)) {
            self.tolerated.push(Tolerated { code: code.to_owned(), person });
        }
    }
}

fn true_person(scenario: &Scenario, person: &Person) -> TruePerson {
    TruePerson {
        stats_id: person.stats_id.clone(),
        clock_offset_ms: -person.clock_ahead_ms,
        presences: person
            .presences
            .iter()
            .map(|presence| TruePresence {
                file: dump_name(presence),
                session_id: presence.session_id.clone(),
                endpoint_id: presence.endpoint_id.clone(),
                from_ms: scenario.start_ms + presence.time.from_ms,
                to_ms: scenario.start_ms + presence.time.to_ms,
            })
            .collect(),
    }
}

/// Code, severity and side of a fault in a call through a bridge.
fn expected_finding(kind: FaultKind) -> Option<(&'static str, &'static str, &'static str)> {
    let graded = |critical: bool| if critical { "critical" } else { "warning" };
    Some(match kind {
        FaultKind::UplinkLoss { ratio } => ("uplink-loss", graded(ratio >= 0.1), "uplink"),
        FaultKind::DownlinkLoss { ratio } => ("downlink-loss", graded(ratio >= 0.1), "downlink"),
        FaultKind::Delay { rtt_ms } => ("high-rtt", graded(rtt_ms >= 600.0), "path"),
        FaultKind::Jitter { jitter_ms } => ("high-jitter", graded(jitter_ms >= 100.0), "downlink"),
        FaultKind::VideoFreeze { share } => ("video-freeze", graded(share >= 0.2), "device"),
        FaultKind::CpuLimited => ("cpu-limited", "critical", "device"),
        FaultKind::BandwidthLimited { .. } => ("bandwidth-limited", "critical", "uplink"),
        // Suspended sources are only in bridges' dumps.
        FaultKind::NarrowDownlink { .. } => return None,
        FaultKind::Relay { .. } => ("relay-transport", "info", "relay"),
        FaultKind::Tcp => ("tcp-transport", "info", "path"),
        FaultKind::IceDisconnect | FaultKind::Blackout => ("ice-disconnect", "warning", "path"),
        FaultKind::IceFailure => ("ice-failure", "critical", "path"),
        FaultKind::IceRestart => ("ice-restart", "info", "path"),
    })
}

/// The times of the expected findings. A fault that lasts for the whole call is expected once for each presence.
fn times(scenario: &Scenario, fault: &Fault) -> Vec<TimeRange> {
    if !matches!(fault.kind, FaultKind::Relay { .. } | FaultKind::Tcp) {
        return vec![fault.time];
    }
    let presences = scenario.people.get(fault.person).map(|person| person.presences.as_slice());
    let connected = |time: TimeRange| TimeRange { from_ms: connected_after(time.from_ms), ..time };
    presences.unwrap_or_default().iter().map(|presence| connected(presence.time)).collect()
}

/// The codes, with the person, that are tolerated for a fault.
fn tolerated(fault: &Fault, other: Option<usize>) -> Vec<(&'static str, usize)> {
    let person = fault.person;
    match fault.kind {
        FaultKind::BandwidthLimited { .. } => vec![("low-send-bitrate", person)],
        FaultKind::Relay { protocol: RelayProtocol::Udp } => {
            other.map(|other| ("relay-transport", other)).into_iter().collect()
        }
        FaultKind::Relay { .. } => vec![("tcp-transport", person)],
        FaultKind::IceFailure => vec![("ice-restart", person)],
        _ => Vec::new(),
    }
}
