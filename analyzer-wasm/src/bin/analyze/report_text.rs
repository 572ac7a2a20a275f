//! The report to read: one block for each conference, people as rows, what is not known as a dash.

use analyzer_wasm::date::utc;
use analyzer_wasm::report::{FileReport, Finding, Gravity, Participant, Report, Severity};

use crate::servers_text;
use crate::table::{NO_DATA, distribution, line, number, table, words};

/// Every report, one after another.
pub(crate) fn render(reports: &[Report]) -> String {
    let blocks: Vec<String> = reports.iter().map(block).collect();
    blocks.join("\n\n")
}

fn block(report: &Report) -> String {
    let mut out = String::new();
    let conference = &report.conference;
    let title = conference.room.as_deref().or(conference.url.as_deref()).unwrap_or(&conference.id);
    line(&mut out, title);
    if let Some(start_ms) = conference.start_ms {
        line(&mut out, &utc(start_ms));
    }
    for sentence in &report.summary {
        line(&mut out, sentence);
    }
    if !report.findings.is_empty() {
        line(&mut out, "");
        report.findings.iter().for_each(|finding| line(&mut out, &finding_text(report, finding)));
    }
    let by_bridges = servers_text::bridge_sides(report, |person| called(report, &person.key));
    for part in [people(report), by_bridges, servers_text::machines(report)] {
        if !part.is_empty() {
            line(&mut out, "");
            out.push_str(&part);
        }
    }
    let files: Vec<String> = report.files.iter().flat_map(problems).collect();
    if !files.is_empty() {
        line(&mut out, "");
        line(&mut out, "While reading:");
        files.iter().for_each(|problem| line(&mut out, problem));
    }
    out
}

/// `CRITICAL  16:05–16:45  Ada's uplink lost 12 % …`, then what it caused, what to do and where to look.
fn finding_text(report: &Report, finding: &Finding) -> String {
    let severity = match finding.severity {
        Gravity::Critical => "CRITICAL",
        Gravity::Warning => "WARNING ",
        Gravity::Info => "info    ",
    };
    let start_ms = report.conference.start_ms.unwrap_or(finding.from_ms);
    let (from, to) = (offset(finding.from_ms - start_ms), offset(finding.to_ms - start_ms));
    let mut text = format!("{severity}  {from}–{to}  {} [{}]", finding.title, finding.code);
    if finding.severity == Gravity::Info {
        return text;
    }
    let mut effects: Vec<(&str, Vec<String>)> = Vec::new();
    for effect in &finding.effects {
        let who = effect.participant.as_ref().map(|key| called(report, key)).unwrap_or_default();
        match effects.iter_mut().find(|(code, _)| *code == effect.code) {
            Some((_, names)) => names.push(who),
            None => effects.push((&effect.code, vec![who])),
        }
    }
    let effects: Vec<String> =
        effects.iter().map(|(code, names)| format!("{code} of {}", names.join(", "))).collect();
    let seen: Vec<String> =
        finding.evidence.iter().map(|place| format!("{}:{}", place.file, place.line)).collect();
    let sides = format!("{} (began {})", finding.attribution.side, utc(finding.from_ms));
    for (what, words) in [
        ("side", sides),
        ("caused", effects.join("; ")),
        ("seen in", seen.join(", ")),
        ("do", finding.advice.clone()),
    ] {
        if !words.is_empty() {
            text.push_str(&format!("\n            {what}: {words}"));
        }
    }
    text
}

/// What somebody is called; namesakes with their key.
fn called(report: &Report, key: &str) -> String {
    let Some(person) = report.participants.iter().find(|person| person.key == key) else {
        return key.to_owned();
    };
    let name = person.label();
    let namesakes = report.participants.iter().filter(|other| other.label() == name).count();
    if namesakes > 1 && name != key { format!("{name} ({key})") } else { name.to_owned() }
}

/// A time in the call: `m:ss`, or `h:mm:ss`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a time in a call, made positive"
)]
fn offset(ms: f64) -> String {
    let seconds = (ms.max(0.0) / 1_000.0) as u64;
    match (seconds / 3_600, seconds / 60 % 60, seconds % 60) {
        (0, minutes, seconds) => format!("{minutes}:{seconds:02}"),
        (hours, minutes, seconds) => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

fn problems(file: &FileReport) -> Vec<String> {
    file.problems
        .iter()
        .filter(|problem| problem.severity != Severity::Info)
        .map(|problem| {
            let at = problem.first_line.map(|first| format!(" (first on line {first})")).unwrap_or_default();
            format!("  {}: {} × {}{at}: {}", file.name, problem.count, problem.kind, problem.message)
        })
        .collect()
}

/// Everybody as their own dump tells; empty where nobody was there.
fn people(report: &Report) -> String {
    const HEAD: [&str; 13] = [
        "participant",
        "client",
        "path",
        "RTT ms (p95)",
        "jitter ms",
        "loss down",
        "loss up",
        "send kbps",
        "recv kbps",
        "fps",
        "height",
        "frozen",
        "concealed",
    ];
    let row = |person: &Participant| {
        let (network, media, client) = (&person.network, &person.media, &person.client);
        let path = person.transport.as_ref().map(|path| words(&[&path.kind, &path.protocol]));
        vec![
            called(report, &person.key),
            words(&[&client.browser, &client.browser_version, &client.os]),
            path.unwrap_or_else(|| NO_DATA.to_owned()),
            distribution(network.rtt_ms),
            number(network.jitter_ms.map(|jitter| jitter.mean), 1.0, 1, ""),
            number(network.loss_down_ratio, 100.0, 2, " %"),
            number(network.loss_up_ratio, 100.0, 2, " %"),
            number(network.send_bps, 0.001, 0, ""),
            number(network.receive_bps, 0.001, 0, ""),
            number(media.fps, 1.0, 1, ""),
            number(media.height, 1.0, 0, ""),
            number(media.freeze_ms, 0.001, 1, " s"),
            number(media.concealed_ratio, 100.0, 2, " %"),
        ]
    };
    if report.participants.is_empty() {
        return String::new();
    }
    table(&HEAD, 3, report.participants.iter().map(row))
}
