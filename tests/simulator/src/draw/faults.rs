//! Draws faults so that each can be observed and distinguished from the others.

use super::super::fault::{Fault, FaultKind, RelayProtocol};
use super::super::random::Random;
use super::super::scenario::{Scenario, TimeRange, Topology};
use super::stretch_in;

/// Time without faults at the start of a connection and before its end.
const SETTLED_MS: u64 = 45_000;
const LEFT_MS: u64 = 20_000;
/// Distance between two faults of one person, in addition to four polls.
const APART_MS: u64 = 50_000;

/// Draws the faults of a call.
pub(super) fn draw(random: &mut Random, scenario: &mut Scenario) {
    let count = scenario.people.len();
    let mut order: Vec<usize> = (0..count).collect();
    random.shuffle(&mut order);
    let wanted = random.whole(2, 2 + count as u64 / 3) as usize;
    let p2p = scenario.topology == Topology::PeerToPeer;
    let mut sufferers: Vec<usize> = order.iter().copied().cycle().take(order.len() * 3).collect();
    let mut drawn = 0;
    while let Some(person) = sufferers.pop() {
        if drawn == wanted {
            break;
        }
        let kind = draw_kind(random, p2p);
        if let Some(time) = draw_time(random, scenario, person, kind) {
            scenario.faults.push(Fault { person, time, kind });
            drawn += 1;
        }
    }
    draw_transport(random, scenario, &order);
    spotlight(scenario);
    scenario.faults.sort_by_key(|fault| (fault.time.from_ms, fault.person));
}

fn draw_kind(random: &mut Random, p2p: bool) -> FaultKind {
    let kinds = [
        FaultKind::UplinkLoss { ratio: random.between(0.08, 0.25) },
        FaultKind::DownlinkLoss { ratio: random.between(0.08, 0.25) },
        FaultKind::Delay { rtt_ms: random.between(360.0, 900.0) },
        FaultKind::CpuLimited,
        FaultKind::BandwidthLimited { bps: random.between(400_000.0, 600_000.0) },
        FaultKind::VideoFreeze { share: random.between(0.15, 0.45) },
        FaultKind::IceDisconnect,
        FaultKind::Blackout,
        // A peer-to-peer call falls back to the bridge instead.
        FaultKind::IceFailure,
        FaultKind::IceRestart,
    ];
    let possible = if p2p { kinds.get(..8).unwrap_or(&kinds) } else { &kinds };
    random.pick(possible).copied().unwrap_or(FaultKind::CpuLimited)
}

/// Draws the time of a fault: within a presence of the person and apart from other faults.
fn draw_time(random: &mut Random, scenario: &Scenario, person: usize, kind: FaultKind) -> Option<TimeRange> {
    let sufferer = scenario.people.get(person)?;
    let length_ms = match kind {
        FaultKind::IceDisconnect => random.whole(7, 9) * 1_000,
        FaultKind::Blackout => random.whole(10, 13) * 1_000,
        FaultKind::IceFailure => random.whole(25, 35) * 1_000,
        FaultKind::IceRestart => 2_000,
        _ => random.whole(60, 120) * 1_000 + 8 * sufferer.poll_ms,
    };
    let presence = random.pick(&sufferer.presences)?;
    let quiet = TimeRange {
        from_ms: presence.time.from_ms + SETTLED_MS,
        to_ms: presence.time.to_ms.saturating_sub(LEFT_MS + 2 * sufferer.poll_ms),
    };
    let time = stretch_in(random, quiet, length_ms)?;
    let apart_ms = APART_MS + 4 * sufferer.poll_ms;
    let around = TimeRange {
        from_ms: time.from_ms.saturating_sub(apart_ms),
        to_ms: time.to_ms.saturating_add(apart_ms),
    };
    let together = |fault: &Fault| match scenario.topology {
        // A fault of a peer-to-peer path affects both ends.
        Topology::PeerToPeer => true,
        Topology::Bridge => fault.person == person,
    };
    let disturbed = scenario.faults.iter().any(|fault| together(fault) && fault.time.overlaps(around));
    (!disturbed).then_some(time)
}

/// Draws a person behind a TURN relay or a TCP-only firewall for the whole call.
fn draw_transport(random: &mut Random, scenario: &mut Scenario, order: &[usize]) {
    if !random.yes(0.4) {
        return;
    }
    let Some(person) = random.pick(order).copied() else { return };
    let kind = match scenario.topology {
        Topology::PeerToPeer => FaultKind::Relay { protocol: RelayProtocol::Udp },
        Topology::Bridge => random
            .pick(&[
                FaultKind::Relay { protocol: RelayProtocol::Udp },
                FaultKind::Relay { protocol: RelayProtocol::Tcp },
                FaultKind::Relay { protocol: RelayProtocol::Tls },
                FaultKind::Tcp,
            ])
            .copied()
            .unwrap_or(FaultKind::Tcp),
    };
    let time = TimeRange { from_ms: 0, to_ms: scenario.duration_ms };
    scenario.faults.push(Fault { person, time, kind });
}

/// Puts people with faults of their sent video into others' spotlight. Layers without receivers are disabled and cannot
/// be limited.
fn spotlight(scenario: &mut Scenario) {
    for fault in &scenario.faults {
        let watched = matches!(
            fault.kind,
            FaultKind::CpuLimited | FaultKind::BandwidthLimited { .. } | FaultKind::UplinkLoss { .. }
        );
        if let (true, Some(person)) = (watched, scenario.people.get_mut(fault.person)) {
            person.spotlight = true;
        }
    }
}
