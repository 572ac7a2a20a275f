//! Draws the servers of a call: number of bridges, dump formats and bridge faults.

use super::super::deployment::{
    Bridge, BridgeFault, BridgeFaultKind, DOMAIN, Focus, Host, Lines, REGION, Servers, Spelling,
};
use super::super::fault::{Fault, FaultKind};
use super::super::random::Random;
use super::super::scenario::{Scenario, TimeRange, Topology};
use super::stretch_in;

/// Random stream of servers.
const PURPOSE: u64 = 4_000;
/// From this number of people on, there are several bridges.
const CROWD: usize = 8;
/// The region of a second bridge, if it differs.
const FAR_REGION: &str = "us-east-1";
/// Time without faults at the start of a call and before its end.
const SETTLED_MS: u64 = 70_000;
const LEFT_MS: u64 = 30_000;
/// Distance between a bridge's fault and people's faults, and between faults and joins or leaves.
const APART_MS: u64 = 55_000;
const QUIET_MS: u64 = 8_000;
/// The number of attempts to find a time for a fault.
const TRIES: usize = 60;

impl Scenario {
    /// Adds servers with dumps. Their random numbers do not change the rest of the scenario: without bridge faults, and
    /// with all people on one bridge, the clients' dumps are byte for byte the same.
    #[must_use]
    pub fn with_servers(mut self, faulty: bool) -> Self {
        let mut random = Random::new(self.seed, PURPOSE);
        let direct = self.topology == Topology::PeerToPeer;
        let several = !direct && (self.people.len() >= CROWD || random.yes(0.3));
        let far = random.yes(0.5);
        let zone_min = random.pick(&[0, 0, 60, 120, -300, 330]).copied().unwrap_or(0);
        let count = 1 + usize::from(several);
        let mut bridges: Vec<Bridge> = (0..count)
            .map(|place| {
                let region = if place > 0 && far { FAR_REGION } else { REGION };
                draw_bridge(&mut random, self.duration_ms, region, zone_min)
            })
            .collect();
        let homes = self.people.iter().map(|_| random.whole(0, count as u64 - 1) as usize).collect();
        let name = format!("focus-{}.{DOMAIN}", random.whole(1, 40));
        let lines = draw_lines(&mut random);
        let host = draw_host(&mut random, self.duration_ms, name, lines, zone_min);
        let unlogged = random.pick(&[0.0, 0.3, 0.6]).copied().unwrap_or(0.0);
        let spare = random.yes(0.5);
        if spare && !several && !direct {
            bridges.push(draw_bridge(&mut random, self.duration_ms, REGION, zone_min));
        }
        let focus = Focus { host, unlogged, machines: Vec::new(), limits: [None; 2] };
        let mut servers = Servers { bridges, homes, focus, faults: Vec::new() };
        if faulty && !direct {
            if let Some(fault) = draw_fault(&mut random, &self, &servers).filter(|_| random.yes(0.75)) {
                // Faults of people at the same time could not be distinguished from it.
                self.faults.retain(|own| lasts(own) || !own.time.overlaps(around(fault.time, APART_MS)));
                servers.faults.push(fault);
            }
            self.faults.extend(draw_narrow(&mut random, &self, &servers).filter(|_| random.yes(0.5)));
            self.faults.sort_by_key(|fault| (fault.time.from_ms, fault.person));
        }
        self.servers = Some(servers);
        self
    }
}

fn draw_bridge(random: &mut Random, duration_ms: u64, region: &str, zone_min: i64) -> Bridge {
    let name =
        format!("jvb-{}-{}-{}.{DOMAIN}", random.whole(10, 99), random.whole(1, 254), random.whole(1, 254));
    let lines = draw_lines(random);
    // A state without a time requires lines with the stats server's time.
    let snake = lines == Lines::Enveloped && random.yes(0.6);
    Bridge {
        host: draw_host(random, duration_ms, name, lines, zone_min),
        region: region.to_owned(),
        spelling: if snake { Spelling::Stats } else { Spelling::Debug },
        logs: random.yes(0.5),
        busy: random.between(0.03, 0.45),
        drain: None,
    }
}

fn draw_lines(random: &mut Random) -> Lines {
    let all = [Lines::Enveloped, Lines::Enveloped, Lines::Enveloped, Lines::Requests, Lines::Bare];
    random.pick(&all).copied().unwrap_or(Lines::Enveloped)
}

fn draw_host(random: &mut Random, duration_ms: u64, name: String, lines: Lines, zone_min: i64) -> Host {
    let width_ms = if random.yes(0.8) { 25.0 } else { 900.0 };
    let clock_ahead_ms = (random.normal() * width_ms) as i64;
    let middle = TimeRange { from_ms: duration_ms * 3 / 10, to_ms: duration_ms * 8 / 10 };
    let length_ms = random.whole(6, 16) * 1_000;
    let cut = stretch_in(random, middle, length_ms).filter(|_| random.yes(0.4));
    Host { name, clock_ahead_ms, utc_offset_min: zone_min, lines, cuts: cut.into_iter().collect() }
}

/// Draws a fault of the first bridge, at a time without joins and leaves.
fn draw_fault(random: &mut Random, scenario: &Scenario, servers: &Servers) -> Option<BridgeFault> {
    let kinds = [
        BridgeFaultKind::Restart { successor: servers.bridges.len() - 1 },
        BridgeFaultKind::Loss { ratio: random.between(0.07, 0.2) },
        BridgeFaultKind::Overload { stress: random.between(0.85, 1.3) },
    ];
    let kind = random.pick(&kinds).copied()?;
    let length_ms = match kind {
        BridgeFaultKind::Restart { .. } => random.whole(9, 15) * 1_000,
        _ => random.whole(60, 110) * 1_000,
    };
    let middle = TimeRange { from_ms: SETTLED_MS, to_ms: scenario.duration_ms.saturating_sub(LEFT_MS) };
    (0..TRIES).find_map(|_| {
        let time = stretch_in(random, middle, length_ms)?;
        let quiet = is_quiet(scenario, time, |_| false);
        quiet.then_some(BridgeFault { bridge: 0, time, kind })
    })
}

/// Draws a time in which the downlink of one person has a low bandwidth.
fn draw_narrow(random: &mut Random, scenario: &Scenario, servers: &Servers) -> Option<Fault> {
    let person = random.whole(0, scenario.people.len() as u64 - 1) as usize;
    let kind = FaultKind::NarrowDownlink { bps: random.between(90_000.0, 700_000.0) };
    let presence = scenario.people.get(person)?.presences.first()?;
    let settled = TimeRange {
        from_ms: presence.time.from_ms + SETTLED_MS,
        to_ms: presence.time.to_ms.saturating_sub(LEFT_MS),
    };
    let length_ms = random.whole(40, 90) * 1_000;
    (0..TRIES).find_map(|_| {
        let time = stretch_in(random, settled, length_ms)?;
        let near_bridge_fault =
            servers.faults.iter().any(|fault| fault.time.overlaps(around(time, APART_MS)));
        let quiet = !near_bridge_fault && is_quiet(scenario, time, |other| other == person);
        quiet.then_some(Fault { person, time, kind })
    })
}

fn around(time: TimeRange, apart_ms: u64) -> TimeRange {
    TimeRange { from_ms: time.from_ms.saturating_sub(apart_ms), to_ms: time.to_ms + apart_ms }
}

/// Whether a fault lasts for the whole call.
fn lasts(fault: &Fault) -> bool {
    matches!(fault.kind, FaultKind::Relay { .. } | FaultKind::Tcp)
}

/// Whether the given people have no other fault around a time, and there are no joins and leaves.
fn is_quiet(scenario: &Scenario, time: TimeRange, concerns: impl Fn(usize) -> bool) -> bool {
    let mut faults = scenario.faults.iter().filter(|fault| !lasts(fault) && concerns(fault.person));
    let mut edges =
        scenario.presences().flat_map(|(.., presence)| [presence.time.from_ms, presence.time.to_ms]);
    !faults.any(|fault| fault.time.overlaps(around(time, APART_MS)))
        && !edges.any(|edge_ms| around(time, QUIET_MS).contains(edge_ms))
}
