//! Builds the truth about the servers at the end of the simulation.

use super::Watch;
use super::logs::LoggedChange;
use super::plan::Setting;
use super::presences::{Conference, member_time, published_ms};
use super::wire::Stored;
use super::{ServerDump, sources};
use crate::deployment::{BRIDGE_VERSION, Bridge, BridgeFault, BridgeFaultKind, Host, Machine};
use crate::scenario::TimeRange;
use crate::server_truth::{
    TrueBridge, TrueBridgeFinding, TrueBridgePresence, TrueFocus, TrueFocusPoll, TrueMachine, TrueMember,
    TruePoll, TrueRelay, TrueServer, TrueServerDump, TrueServers, TrueSource, TrueSpeaker, TrueTime,
};
use crate::session::Session;

/// From this share on, a bridge's loss is critical.
const CRITICAL_LOSS: f64 = 0.1;
/// From this stress on, an overload is critical.
const CRITICAL_STRESS: f64 = 1.0;

/// Ends the dumps and returns their files with the truth about the servers.
pub(super) fn finish(watch: Watch<'_>) -> (Vec<ServerDump>, TrueServers) {
    let Watch { scenario, servers, sessions, plan, bridges, focus, polls, relayed, .. } = watch;
    let setting = Setting { scenario, servers, sessions, plan: &plan };
    let mut files = Vec::new();
    let stored: Vec<(usize, Vec<Stored>)> =
        bridges.into_iter().map(|pusher| (pusher.conference(), pusher.finish())).collect();
    let parts = |number: usize| {
        let own = stored.iter().filter(|(conference, _)| *conference == number);
        own.flat_map(|(_, parts)| parts.iter().map(|part| part.truth.clone())).collect()
    };
    let bridge = |(place, (bridge, relays)): (usize, (&Bridge, Vec<TrueRelay>))| {
        let own = plan.conferences.iter().enumerate().filter(|(_, conference)| conference.bridge == place);
        let own: Vec<(usize, &Conference)> = own.collect();
        let dumps = own.iter().map(|(number, conference)| TrueServerDump {
            session_id: conference.session_id.clone(),
            conference_id: Some(conference.id.clone()),
            created_ms: scenario.start_ms + conference.time.from_ms,
            ended_ms: scenario.start_ms + conference.time.to_ms,
            parts: parts(*number),
        });
        let numbers: Vec<usize> = own.iter().map(|(number, _)| *number).collect();
        TrueBridge {
            server: server(&bridge.host, dumps.collect()),
            region: bridge.region.clone(),
            version: BRIDGE_VERSION.to_owned(),
            spelling: bridge.spelling,
            stays: true_presences(setting, bridge, &numbers, &polls),
            relays,
        }
    };
    let true_bridges = servers.bridges.iter().zip(relayed).enumerate().map(bridge).collect();
    for (number, parts) in stored {
        let bridge = plan.conferences.get(number).map_or(0, |conference| conference.bridge);
        files.extend(parts.into_iter().map(|part| file(setting.bridge_name(bridge), part)));
    }
    let (session_id, logged_changes) = (focus.session_id.clone(), focus.logged_changes.clone());
    let (parts, focus_polls) = focus.finish();
    let dump = TrueServerDump {
        session_id,
        conference_id: None,
        created_ms: sessions.iter().map(|session| member_time(session).from_ms).min().unwrap_or(0)
            + scenario.start_ms,
        ended_ms: sessions.iter().map(|session| member_time(session).to_ms).max().unwrap_or(0)
            + scenario.start_ms,
        parts: parts.iter().map(|part| part.truth.clone()).collect(),
    };
    files.extend(parts.into_iter().map(|part| file(&servers.focus.host.name, part)));
    let members = (0..)
        .zip(sessions)
        .map(|(index, session)| member(setting, index, session, &logged_changes, &focus_polls));
    let truth = TrueServers {
        bridges: true_bridges,
        members: members.collect(),
        machines: machines(setting, &logged_changes),
        focus: TrueFocus { server: server(&servers.focus.host, vec![dump]), polls: focus_polls },
        sources: all_sources(setting),
        speakers: speakers(setting),
        findings: servers.faults.iter().filter_map(|fault| finding(setting, fault)).collect(),
    };
    (files, truth)
}

fn file(server: &str, part: Stored) -> ServerDump {
    ServerDump {
        name: part.truth.file,
        server: server.to_owned(),
        bytes: part.bytes,
        text_bytes: part.text_bytes,
    }
}

fn server(host: &Host, dumps: Vec<TrueServerDump>) -> TrueServer {
    TrueServer {
        name: host.name.clone(),
        clock_offset_ms: -host.clock_ahead_ms,
        utc_offset_min: host.utc_offset_min,
        lines: host.lines,
        dumps,
    }
}

fn true_presences(
    setting: Setting<'_>,
    bridge: &Bridge,
    dumps: &[usize],
    polls: &[Vec<TruePoll>],
) -> Vec<TrueBridgePresence> {
    let start_ms = setting.scenario.start_ms;
    let own = setting.plan.presences.iter().zip(polls).filter_map(|(presence, polls)| {
        let dump = dumps.iter().position(|number| *number == presence.conference)?;
        let session = setting.sessions.get(presence.session)?;
        Some(TrueBridgePresence {
            endpoint_id: session.presence.endpoint_id.clone(),
            person: session.person,
            dump,
            allocated_ms: start_ms + presence.allocated_ms,
            connected_ms: start_ms + presence.connected_ms,
            left_ms: start_ms + presence.to_ms,
            client_ahead_ms: session.details.clock_ahead_ms - bridge.host.clock_ahead_ms,
            polls: polls.clone(),
        })
    });
    own.collect()
}

fn member(
    setting: Setting<'_>,
    index: usize,
    session: &Session,
    logged_changes: &[LoggedChange],
    polls: &[TrueFocusPoll],
) -> TrueMember {
    let start_ms = setting.scenario.start_ms;
    let time = member_time(session);
    let published = TimeRange { from_ms: published_ms(session), to_ms: time.to_ms };
    let within = |stretches: &[TimeRange]| {
        let clipped = stretches.iter().map(|stretch| TimeRange {
            from_ms: stretch.from_ms.max(published.from_ms),
            to_ms: stretch.to_ms.min(published.to_ms),
        });
        let inside = clipped.filter(|stretch| stretch.from_ms < stretch.to_ms);
        inside
            .map(|stretch| TrueTime { from_ms: start_ms + stretch.from_ms, to_ms: start_ms + stretch.to_ms })
            .collect()
    };
    let (joined_ms, left_ms) = (start_ms + time.from_ms, start_ms + time.to_ms);
    let mut written = polls.iter().filter(|poll| poll.written).map(|poll| poll.at_ms);
    let first_seen_ms = written.clone().find(|at_ms| (joined_ms..left_ms).contains(at_ms));
    let focus = &setting.servers.focus.host;
    TrueMember {
        endpoint_id: session.presence.endpoint_id.clone(),
        stats_id: session.details.stats_id.clone(),
        person: session.person,
        region: setting.scenario.region_of(session.person).to_owned(),
        joined_ms,
        published_ms: start_ms + published.from_ms,
        left_ms,
        client_ahead_ms: session.details.clock_ahead_ms - focus.clock_ahead_ms,
        join_logged: logged_changes.contains(&LoggedChange::Joined(index)),
        leave_logged: logged_changes.contains(&LoggedChange::Left(index)),
        first_missed_ms: written.find(|at_ms| first_seen_ms.is_some() && left_ms <= *at_ms),
        first_seen_ms,
        audio_muted: within(&session.details.audio_muted),
        video_muted: within(&session.details.video_muted),
        screen: within(&session.details.screen),
    }
}

fn machines(setting: Setting<'_>, logged_changes: &[LoggedChange]) -> Vec<TrueMachine> {
    let start_ms = setting.scenario.start_ms;
    let machine = |(index, machine): (usize, &Machine)| TrueMachine {
        kind: machine.kind,
        endpoint_id: machine.endpoint_id.clone(),
        joined_ms: start_ms + machine.time.from_ms,
        left_ms: start_ms + machine.time.to_ms,
        join_logged: logged_changes.contains(&LoggedChange::MachineJoined(index)),
        leave_logged: logged_changes.contains(&LoggedChange::MachineLeft(index)),
    };
    setting.servers.focus.machines.iter().enumerate().map(machine).collect()
}

fn all_sources(setting: Setting<'_>) -> Vec<TrueSource> {
    let mut all = Vec::new();
    for (session, repairs) in setting.sessions.iter().zip(&setting.plan.repairs) {
        let shares = !session.details.screen.is_empty();
        all.extend(repairs.rows(session, shares).into_iter().map(|row: sources::Row| TrueSource {
            ssrc: row.ssrc,
            endpoint_id: session.presence.endpoint_id.clone(),
            media_type: row.media_type().to_owned(),
            video_type: row.video_type().map(str::to_owned),
            repair: row.is_repair,
            name: row.name,
        }));
    }
    all
}

fn speakers(setting: Setting<'_>) -> Vec<TrueSpeaker> {
    let start_ms = setting.scenario.start_ms;
    let turns = setting.plan.dominance.iter().filter_map(|turn| {
        let session = setting.sessions.get(turn.session)?;
        let time = TrueTime { from_ms: start_ms + turn.time.from_ms, to_ms: start_ms + turn.time.to_ms };
        Some(TrueSpeaker { endpoint_id: session.presence.endpoint_id.clone(), time })
    });
    turns.collect()
}

/// The finding that a bridge's fault is expected to cause.
fn finding(setting: Setting<'_>, fault: &BridgeFault) -> Option<TrueBridgeFinding> {
    let (code, critical) = match fault.kind {
        BridgeFaultKind::Restart { .. } => ("bridge-failure", true),
        BridgeFaultKind::Loss { ratio } => ("high-bridge-loss", ratio >= CRITICAL_LOSS),
        BridgeFaultKind::Overload { stress } => ("bridge-overloaded", stress >= CRITICAL_STRESS),
    };
    let was_there = setting.plan.presences.iter().filter(|presence| {
        presence.bridge == fault.bridge
            && presence.connected_ms < fault.time.to_ms
            && fault.time.from_ms <= presence.to_ms
    });
    let mut sufferers: Vec<usize> = was_there
        .filter_map(|presence| setting.sessions.get(presence.session).map(|session| session.person))
        .collect();
    sufferers.sort_unstable();
    sufferers.dedup();
    Some(TrueBridgeFinding {
        code: code.to_owned(),
        severity: if critical { "critical" } else { "warning" }.to_owned(),
        bridge: setting.servers.bridges.get(fault.bridge)?.host.name.clone(),
        from_ms: setting.scenario.start_ms + fault.time.from_ms,
        to_ms: setting.scenario.start_ms + fault.time.to_ms,
        sufferers,
    })
}
