//! The report as text: one block for each conference, with a table of its participants.

use analyzer_wasm::catalog::Quantity;
use analyzer_wasm::civil_date::utc;
use analyzer_wasm::report::{FileReport, Finding, FindingSeverity, Participant, ProblemSeverity, Report};
use analyzer_wasm::wording::clock_duration;

use crate::server_tables;
use crate::table::{self, NO_DATA, distribution, number, ratio, words};
use crate::terminal_text::TerminalText;

/// Every report, with two empty lines between them.
pub(crate) fn render(reports: &[Report]) -> TerminalText {
    let mut out = TerminalText::default();
    for (at, report) in reports.iter().enumerate() {
        if at > 0 {
            out.blank_line();
            out.blank_line();
        }
        conference(&mut out, report);
    }
    out
}

fn conference(out: &mut TerminalText, report: &Report) {
    let conference = &report.conference;
    out.line(conference.room.as_deref().or(conference.url.as_deref()).unwrap_or(&conference.id));
    if let Some(start_ms) = conference.start_ms {
        out.line(utc(start_ms));
    }
    report.summary.iter().for_each(|sentence| out.line(sentence));
    if !report.findings.is_empty() {
        out.blank_line();
        report.findings.iter().for_each(|finding| add_finding(out, report, finding));
    }
    add_participants(out, report);
    server_tables::add_bridge_measurements(out, report, |participant| label(report, &participant.key));
    server_tables::add_servers(out, report);
    let problems: Vec<String> = report.files.iter().flat_map(problems).collect();
    if !problems.is_empty() {
        out.blank_line();
        out.line("Problems in the files:");
        problems.iter().for_each(|problem| out.line(problem));
    }
}

/// Adds `CRITICAL  16:05–16:45  Ada's uplink lost 12 % …`, then its effects, its evidence and the advice.
fn add_finding(out: &mut TerminalText, report: &Report, finding: &Finding) {
    let severity = match finding.severity {
        FindingSeverity::Critical => "CRITICAL",
        FindingSeverity::Warning => "WARNING ",
        FindingSeverity::Info => "info    ",
    };
    let start_ms = report.conference.start_ms.unwrap_or(finding.from_ms);
    let (from, to) = (clock_duration(finding.from_ms - start_ms), clock_duration(finding.to_ms - start_ms));
    out.line(format_args!("{severity}  {from}–{to}  {} [{}]", finding.title, finding.code));
    if finding.severity == FindingSeverity::Info {
        return;
    }
    let mut effects: Vec<(&str, Vec<String>)> = Vec::new();
    for effect in &finding.effects {
        let name = effect.participant.as_ref().map(|key| label(report, key)).unwrap_or_default();
        match effects.iter_mut().find(|(code, _)| *code == effect.code) {
            Some((_, names)) => names.push(name),
            None => effects.push((&effect.code, vec![name])),
        }
    }
    let effects: Vec<String> =
        effects.iter().map(|(code, names)| format!("{code} of {}", names.join(", "))).collect();
    let evidence: Vec<String> =
        finding.evidence.iter().map(|place| format!("{}:{}", place.file, place.line)).collect();
    let side = format!("{} (began {})", finding.attribution.side, utc(finding.from_ms));
    for (name, text) in [
        ("side", side),
        ("effects", effects.join("; ")),
        ("evidence", evidence.join(", ")),
        ("advice", finding.advice.clone()),
    ] {
        if !text.is_empty() {
            out.line(format_args!("            {name}: {text}"));
        }
    }
}

/// The name of a participant, with the key where another one has the same name.
fn label(report: &Report, key: &str) -> String {
    let Some(participant) = report.participants.iter().find(|participant| participant.key == key) else {
        return key.to_owned();
    };
    let name = participant.label();
    let is_shared = report.participants.iter().filter(|other| other.label() == name).count() > 1;
    if is_shared && name != key { format!("{name} ({key})") } else { name.to_owned() }
}

fn problems(file: &FileReport) -> Vec<String> {
    file.problems
        .iter()
        .filter(|problem| problem.severity != ProblemSeverity::Info)
        .map(|problem| {
            let at = problem.first_line.map(|first| format!(" (first on line {first})")).unwrap_or_default();
            format!("  {}: {} × {}{at}: {}", file.name, problem.count, problem.kind, problem.message)
        })
        .collect()
}

/// Adds the table of the participants with the numbers of their own dumps.
fn add_participants(out: &mut TerminalText, report: &Report) {
    let head = table::heads(
        &["participant", "client", "transport"],
        &[
            (Quantity::RoundTripTime, "ms (p95)"),
            (Quantity::Jitter, "ms"),
            (Quantity::DownlinkLoss, ""),
            (Quantity::UplinkLoss, ""),
            (Quantity::BitrateSent, "kbit/s"),
            (Quantity::BitrateReceived, "kbit/s"),
            (Quantity::FrameRate, ""),
            (Quantity::FrameHeight, ""),
            (Quantity::FreezeTime, ""),
            (Quantity::Concealment, ""),
        ],
    );
    let row = |participant: &Participant| {
        let (network, media, client) = (&participant.network, &participant.media, &participant.client);
        let path = participant.transport.as_ref().map(|path| words(&[&path.kind, &path.protocol]));
        vec![
            label(report, &participant.key),
            words(&[&client.browser, &client.browser_version, &client.os]),
            path.unwrap_or_else(|| NO_DATA.to_owned()),
            distribution(network.rtt_ms),
            number(network.jitter_ms.map(|jitter| jitter.mean), 1.0, 1, ""),
            ratio(network.loss_down_ratio),
            ratio(network.loss_up_ratio),
            number(network.send_bps, 0.001, 0, ""),
            number(network.receive_bps, 0.001, 0, ""),
            number(media.fps, 1.0, 1, ""),
            number(media.height, 1.0, 0, ""),
            number(media.freeze_ms, 0.001, 1, " s"),
            ratio(media.concealed_ratio),
        ]
    };
    table::add(out, head, 3, report.participants.iter().map(row).collect());
}
