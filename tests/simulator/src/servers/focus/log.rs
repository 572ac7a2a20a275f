//! The focus' log lines on a conference, without those that are drawn as missing.

use crate::deployment::{BRIDGE_VERSION, DOMAIN, Machine, MachineKind};
use crate::fault::FaultKind;
use crate::random::Random;
use crate::servers::logs::{Line, Log, LoggedChange};
use crate::servers::plan::Setting;
use crate::servers::presences::{BridgePresence, member_time, published_ms};
use crate::servers::sources::Row;
use crate::session::Session;

/// Random stream of the focus' log.
const PURPOSE: u64 = 4_002;
/// The features that current clients announce.
pub(super) const FEATURES: &[&str] = &[
    "XMPP_CAPS",
    "JSON_SOURCES",
    "RECEIVE_MULTIPLE_STREAMS",
    "REMB",
    "SOURCE_NAMES",
    "TCC",
    "VISITORS_V1",
    "RTX",
    "JINGLE",
    "DTLS",
    "JINGLE_RTP",
    "AUDIO",
    "VIDEO",
    "SCTP",
    "JINGLE_ICE",
];
/// Time from the acceptance of the session to the announcement of its media.
pub(super) const ACCEPTED_MS: u64 = 150;
/// Share of the lines on joins in which some letters are missing.
const DAMAGED: f64 = 0.1;
/// Time without responses after which the client reports that ICE has failed.
const FAILED_MS: u64 = 20_100;

/// All lines of the log, in the order of time.
pub(super) fn lines(setting: Setting<'_>) -> std::vec::IntoIter<Line> {
    let scenario = setting.scenario;
    let context = format!("room={} meeting_id={}", setting.room(), scenario.meeting_id);
    let host = &setting.servers.focus.host;
    let random = Random::new(scenario.seed, PURPOSE);
    let mut log = Log::new("Jicofo", host, scenario.start_ms, context, random);
    for (index, session) in setting.sessions.iter().enumerate() {
        joins(&mut log, setting, index, session);
        fails(&mut log, setting, index, session);
        leaves(&mut log, setting, index, session);
    }
    bridge_failures(&mut log, setting);
    for (index, machine) in setting.servers.focus.machines.iter().enumerate() {
        machine_presence(&mut log, setting, index, machine);
    }
    log.finish()
}

/// The role: `OWNER` for the first member, `PARTICIPANT` for all others.
pub(super) fn role(setting: Setting<'_>, index: usize) -> &'static str {
    let joined_ms = |session: &Session| member_time(session).from_ms;
    let first = (0..).zip(setting.sessions).min_by_key(|(_, session)| joined_ms(session));
    if first.map(|(first, _)| first) == Some(index) { "OWNER" } else { "PARTICIPANT" }
}

fn joins(log: &mut Log<'_>, setting: Setting<'_>, index: usize, session: &Session) {
    let id = &session.presence.endpoint_id;
    let time = member_time(session);
    let logged = !log.random().yes(setting.servers.focus.unlogged);
    let damaged = log.random().yes(DAMAGED);
    if logged {
        let video = if damaged { "voMuted" } else { "videoMuted" };
        let message = format!(
            "Member joined:{id} stats-id={} region={} audioMuted=true {video}=true role={} isJibri=false \
             isJigasi=false isTranscriber=false, room=main",
            session.details.stats_id,
            setting.scenario.region_of(session.person),
            role(setting, index)
        );
        let change = Some(LoggedChange::Joined(index));
        log.write_change(time.from_ms, change, "", "JitsiMeetConferenceImpl.onMemberJoined#728", &message);
        let message = format!("Creating participant {id} with features=[{}]", FEATURES.join(", "));
        log.write(time.from_ms, "", "JitsiMeetConferenceImpl.inviteChatMember#800", &message);
    }
    allocates(log, setting, time.from_ms + 2, index, session);
    let initiate = format!("Sending session-initiate to: {}/{id} sources={{}}", setting.room());
    let about = format!(" participant={id}");
    log.write(time.from_ms + 70, &about, "ParticipantInviteRunnable.doInviteOrReinvite#388", &initiate);
    let accepted_ms = published_ms(session) - ACCEPTED_MS;
    let place = "Participant$JingleRequestHandlerImpl.onSessionOrTransportAccept#418";
    log.write(accepted_ms, &about, place, "Received session-accept");
    let rows =
        setting.plan.repairs.get(index).map(|repairs| repairs.rows(session, false)).unwrap_or_default();
    let ssrcs = |media: &str| {
        let of_media = rows.iter().filter(|row| row.media_type() == media);
        of_media.map(|row: &Row| row.ssrc.to_string()).collect::<Vec<_>>().join(", ")
    };
    let sources = format!("[audio=[{}], video=[{}], groups=[]]", ssrcs("audio"), ssrcs("video"));
    let accepted = format!("Accepted initial sources from {id}: {sources}");
    log.write(accepted_ms + 1, "", "JitsiMeetConferenceImpl.acceptSession#1326", &accepted);
}

/// Logs the allocation of an endpoint on a bridge.
fn allocates(log: &mut Log<'_>, setting: Setting<'_>, at_ms: u64, index: usize, session: &Session) {
    let id = &session.presence.endpoint_id;
    log.write(at_ms, "", "ColibriV2SessionManager.allocate#278", &format!("Allocating for {id}"));
    let bridge = setting.servers.bridge_of(session.person, at_ms);
    let known = |presence: &&BridgePresence| {
        presence.bridge == bridge && presence.allocated_ms <= at_ms && presence.session != index
    };
    let exists = setting.plan.presences.iter().any(|presence| known(&presence) && at_ms < presence.to_ms);
    let message = format!("Selected {}, session exists: {exists}", setting.bridge_name(bridge));
    log.write(at_ms, "", "ColibriV2SessionManager.allocate#324", &message);
}

fn fails(log: &mut Log<'_>, setting: Setting<'_>, index: usize, session: &Session) {
    let own = setting.scenario.faults.iter().filter(|fault| fault.person == session.person);
    for fault in own.filter(|fault| fault.kind == FaultKind::IceFailure) {
        let at_ms = fault.time.from_ms + FAILED_MS;
        let presence = setting.plan.presence_of(index, at_ms).filter(|_| at_ms < fault.time.to_ms);
        let Some(conference) =
            presence.and_then(|presence| setting.plan.conferences.get(presence.conference))
        else {
            continue;
        };
        let message = format!(
            "Received ICE failed notification from {}, bridge-session ID: {}",
            session.presence.endpoint_id, conference.colibri_id
        );
        log.write(at_ms, "", "JitsiMeetConferenceImpl.iceFailed#880", &message);
    }
}

fn leaves(log: &mut Log<'_>, setting: Setting<'_>, index: usize, session: &Session) {
    if log.random().yes(setting.servers.focus.unlogged) {
        return;
    }
    let (at_ms, id) = (member_time(session).to_ms, &session.presence.endpoint_id);
    let change = Some(LoggedChange::Left(index));
    let place = "JitsiMeetConferenceImpl.onMemberLeft#942";
    log.write_change(at_ms, change, "", place, &format!("Member left:{id}"));
    let ending = format!("Terminating {id}, reason: gone, send session-terminate: false");
    log.write(at_ms, "", "JitsiMeetConferenceImpl.terminateParticipant#1021", &ending);
    log.write(at_ms, "", "ColibriV2SessionManager.removeParticipant#124", &format!("Removing {id}"));
}

/// Logs the join and the leave of a recorder or gateway.
fn machine_presence(log: &mut Log<'_>, setting: Setting<'_>, index: usize, machine: &Machine) {
    let id = &machine.endpoint_id;
    let joined = format!(
        "Member joined:{id} stats-id=null region=null audioMuted=true videoMuted=true role=PARTICIPANT isJibri={} \
         isJigasi={} isTranscriber={}, room=main",
        machine.kind == MachineKind::Jibri,
        machine.kind != MachineKind::Jibri,
        machine.kind == MachineKind::Transcriber,
    );
    if !log.random().yes(setting.servers.focus.unlogged) {
        let change = Some(LoggedChange::MachineJoined(index));
        log.write_change(
            machine.time.from_ms,
            change,
            "",
            "JitsiMeetConferenceImpl.onMemberJoined#728",
            &joined,
        );
    }
    if !log.random().yes(setting.servers.focus.unlogged) {
        let change = Some(LoggedChange::MachineLeft(index));
        let left = format!("Member left:{id}");
        log.write_change(machine.time.to_ms, change, "", "JitsiMeetConferenceImpl.onMemberLeft#942", &left);
    }
}

/// Logs the removal of failed bridges and the new allocations of their participants.
fn bridge_failures(log: &mut Log<'_>, setting: Setting<'_>) {
    for (fault, _) in setting.servers.restarts() {
        let Some(bridge) = setting.servers.bridges.get(fault.bridge) else { continue };
        let (name, at_ms) = (&bridge.host.name, fault.moved_ms());
        let moved = |(index, session): (usize, &Session)| {
            let was_there = setting.plan.presence_of(index, fault.time.from_ms.saturating_sub(1));
            was_there
                .filter(|presence| presence.bridge == fault.bridge && at_ms < session.time().to_ms)
                .map(|_| index)
        };
        let moved: Vec<usize> = setting.sessions.iter().enumerate().filter_map(moved).collect();
        let of = |index: &usize| setting.sessions.get(*index);
        let ids: Vec<&str> =
            moved.iter().filter_map(of).map(|session| session.presence.endpoint_id.as_str()).collect();
        let message = format!(
            "Bridge Bridge[jid=jvbbrewery@internal.auth.{DOMAIN}/{name}, version={BRIDGE_VERSION}, relayId={name}, \
             region={}, stress={:.2}] was removed from the conference. Re-inviting its participants: [{}]",
            bridge.region,
            bridge.busy,
            ids.join(", ")
        );
        log.write(
            at_ms,
            "",
            "JitsiMeetConferenceImpl$BridgeSelectorEventHandler.bridgeRemoved#1811",
            &message,
        );
        for index in &moved {
            if let Some(session) = of(index) {
                allocates(log, setting, at_ms, *index, session);
            }
        }
    }
}
