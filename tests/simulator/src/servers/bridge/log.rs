//! A bridge's log lines on a conference.

use crate::fault::Fault;
use crate::random::Random;
use crate::servers::logs::{Line, Log};
use crate::servers::plan::Setting;
use crate::servers::presences::{BridgePresence, Conference};
use crate::session::Session;

/// Random stream of bridges' logs; the index of the conference is added.
const PURPOSE: u64 = 4_500;
/// Time without packets after which an endpoint counts as disconnected.
const INACTIVE_MS: u64 = 8_200;
/// The length of the meeting id's prefix that a bridge logs.
const ID_LENGTH: usize = 8;

/// All lines on a conference.
pub(super) fn lines(setting: Setting<'_>, number: usize) -> std::vec::IntoIter<Line> {
    let scenario = setting.scenario;
    let conference = setting.plan.conferences.get(number);
    let host = conference.and_then(|conference| setting.servers.bridges.get(conference.bridge));
    let (Some(conference), Some(bridge)) = (conference, host.filter(|bridge| bridge.logs)) else {
        return Vec::new().into_iter();
    };
    let short: String = scenario.meeting_id.chars().take(ID_LENGTH).collect();
    let context = format!("confId={} conf_name={} meeting_id={short}", conference.id, setting.room());
    let random = Random::new(scenario.seed, PURPOSE + number as u64);
    let mut log = Log::new("JVB", &bridge.host, scenario.start_ms, context, random);
    let made = format!("create_conf, id={} meeting_id={}", conference.id, scenario.meeting_id);
    log.write(conference.time.from_ms, "", "Videobridge.createConference#326", &made);
    for (_, presence) in setting.plan.presences_of(number) {
        let Some(session) = setting.sessions.get(presence.session) else { continue };
        endpoint(&mut log, setting, conference, presence, session);
    }
    dominance(&mut log, setting, conference);
    log.finish()
}

fn endpoint(
    log: &mut Log<'_>,
    setting: Setting<'_>,
    conference: &Conference,
    presence: &BridgePresence,
    session: &Session,
) {
    let id = &session.presence.endpoint_id;
    let about = format!(" epId={id} stats_id={}", session.details.stats_id);
    let made = "Created new endpoint, iceControlling=true";
    log.write(presence.allocated_ms, &format!(" epId={id}"), "Endpoint.<init>#336", made);
    log.write(presence.connected_ms, &about, "Endpoint$setupIceTransport$2.connected#364", "ICE connected");
    let place = "Endpoint$setupDtlsTransport$3.handshakeComplete#440";
    log.write(presence.connected_ms + 35, &about, place, "DTLS handshake complete");
    let place = "EndpointConnectionStatusMonitor.monitorEndpointActivity#114";
    let own = |fault: &&Fault| fault.cuts() && fault.person == session.person;
    for fault in setting.scenario.faults.iter().filter(own) {
        let (from_ms, to_ms) = (fault.time.from_ms + INACTIVE_MS, fault.time.to_ms + 120);
        if from_ms < to_ms && presence.contains(fault.time.from_ms) && presence.contains(to_ms) {
            let gone = format!("{id} is considered disconnected.  No activity for PT8.2S");
            log.write(from_ms, "", place, &gone);
            log.write(to_ms, "", place, &format!("{id} has reconnected"));
        }
    }
    // The conference ends with its last endpoint, and its remaining log lines are not collected.
    if presence.to_ms < conference.time.to_ms {
        log.write(presence.to_ms + 30, &about, "Endpoint.expire#1202", "Expired.");
    }
}

fn dominance(log: &mut Log<'_>, setting: Setting<'_>, conference: &Conference) {
    let within = |at_ms: u64| conference.time.contains(at_ms);
    for turn in setting.plan.dominance.iter().filter(|turn| within(turn.time.from_ms)) {
        let Some(session) = setting.sessions.get(turn.session) else { continue };
        let message = format!(
            "Recent speakers changed: [{}], dominant speaker changed: true silence:false",
            session.presence.endpoint_id
        );
        log.write(turn.time.from_ms, "", "Conference.recentSpeakersChanged#467", &message);
    }
}
