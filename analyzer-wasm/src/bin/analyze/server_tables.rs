//! The tables of what servers measured: the servers themselves, and the participants as bridges measured them.

use analyzer_wasm::catalog::Quantity;
use analyzer_wasm::report::{Participant, Report, Server};

use crate::table::{self, NO_DATA, distribution, number, ratio, words};
use crate::terminal_text::TerminalText;

/// Adds the table of the servers of a conference.
pub(crate) fn add_servers(out: &mut TerminalText, report: &Report) {
    const HEAD: [&str; 11] = [
        "server",
        "kind",
        "region",
        "version",
        "dump",
        "polls",
        "endpoints",
        "people",
        "stress (p95)",
        "overloaded",
        "state",
    ];
    table::add(out, table::heads(&HEAD, &[]), 5, report.servers.iter().map(row).collect());
}

fn row(server: &Server) -> Vec<String> {
    let states = [
        (server.healthy == Some(true), "healthy"),
        (server.healthy == Some(false), "unhealthy"),
        (server.draining == Some(true), "draining"),
    ];
    let states: Vec<&str> = states.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
    let parts = match server.other_parts.len() {
        0 => String::new(),
        others => format!(" and {others} more"),
    };
    #[expect(clippy::cast_precision_loss, reason = "a number of endpoints")]
    let endpoints = server.peak_endpoints.map(|count| count as f64);
    let stress = server.stress.map(|stress| format!("{:.2} ({:.2})", stress.mean, stress.p95));
    vec![
        words(&[&server.name]),
        server.kind.clone(),
        words(&[&server.region]),
        words(&[&server.version]),
        if server.has_dump { server.file.clone() + &parts } else { NO_DATA.to_owned() },
        if server.has_dump { server.polls.to_string() } else { NO_DATA.to_owned() },
        number(endpoints, 1.0, 0, ""),
        number(server.peak_people, 1.0, 0, ""),
        stress.unwrap_or_else(|| NO_DATA.to_owned()),
        number(server.overloaded_ms, 0.001, 0, " s"),
        if states.is_empty() { NO_DATA.to_owned() } else { states.join(", ") },
    ]
}

/// Adds the table of what bridges measured of the participants.
pub(crate) fn add_bridge_measurements(
    out: &mut TerminalText,
    report: &Report,
    label: impl Fn(&Participant) -> String,
) {
    let head = table::heads(
        &["as bridges measured", "ICE", "DTLS"],
        &[
            (Quantity::RoundTripTime, "ms (p95)"),
            (Quantity::BridgeUplinkLoss, ""),
            (Quantity::BridgeDownlinkLoss, ""),
            (Quantity::BridgeBitrateReceived, "kbit/s"),
            (Quantity::BridgeBitrateSent, "kbit/s"),
            (Quantity::BridgeEstimate, "kbit/s"),
            (Quantity::IdealBitrate, "kbit/s"),
            (Quantity::TargetBitrate, "kbit/s"),
            (Quantity::SuspendedSources, ""),
            (Quantity::Oversending, ""),
        ],
    );
    let rows: Vec<Vec<String>> = report
        .participants
        .iter()
        .filter_map(|participant| {
            let bridge = participant.bridge.as_ref()?;
            let kbps = |bps: Option<f64>| number(bps, 0.001, 0, "");
            Some(vec![
                label(participant),
                words(&[&bridge.ice_state]),
                words(&[&bridge.dtls_state]),
                distribution(bridge.rtt_ms),
                ratio(bridge.loss_up_ratio),
                ratio(bridge.loss_down_ratio),
                kbps(bridge.receive_bps),
                kbps(bridge.send_bps),
                kbps(bridge.estimate_bps),
                kbps(bridge.ideal_bps),
                kbps(bridge.target_bps),
                number(bridge.suspended_ms, 0.001, 0, " s"),
                number(bridge.oversending_ms, 0.001, 0, " s"),
            ])
        })
        .collect();
    table::add(out, head, 3, rows);
}
