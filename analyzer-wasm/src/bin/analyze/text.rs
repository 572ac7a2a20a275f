//! The report to read: one block for each conference, people as rows, what is not known as a dash.

use std::fmt::Write as _;

use analyzer_wasm::date::utc;
use analyzer_wasm::report::{FileReport, Finding, Gravity, Report, Severity, Spread};

/// Written where there is no data.
const NO_DATA: &str = "–";

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
    if !report.participants.is_empty() {
        line(&mut out, "");
        out.push_str(&table(&people(report)));
    }
    for server in &report.servers {
        let name = server.name.as_deref().unwrap_or(NO_DATA);
        line(&mut out, &format!("{} {name}, from {}", server.kind, server.file));
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

fn line(out: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{text}");
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

fn people(report: &Report) -> Vec<Vec<String>> {
    let head = [
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
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    rows.extend(report.participants.iter().map(|person| {
        let (network, media, client) = (&person.network, &person.media, &person.client);
        let words = |words: &[&Option<String>]| {
            let known: Vec<&str> = words.iter().filter_map(|word| word.as_deref()).collect();
            if known.is_empty() { NO_DATA.to_owned() } else { known.join(" ") }
        };
        let path = person.transport.as_ref().map(|path| words(&[&path.kind, &path.protocol]));
        let ms = |spread: Option<Spread>| spread.map(|spread| spread.mean);
        vec![
            called(report, &person.key),
            words(&[&client.browser, &client.browser_version, &client.os]),
            path.unwrap_or_else(|| NO_DATA.to_owned()),
            network.rtt_ms.map_or(NO_DATA.to_owned(), |rtt| format!("{:.0} ({:.0})", rtt.mean, rtt.p95)),
            number(ms(network.jitter_ms), 1.0, 1, ""),
            number(network.loss_down_ratio, 100.0, 2, " %"),
            number(network.loss_up_ratio, 100.0, 2, " %"),
            number(network.send_bps, 0.001, 0, ""),
            number(network.receive_bps, 0.001, 0, ""),
            number(media.fps, 1.0, 1, ""),
            number(media.height, 1.0, 0, ""),
            number(media.freeze_ms, 0.001, 1, " s"),
            number(media.concealed_ratio, 100.0, 2, " %"),
        ]
    }));
    rows
}

fn number(value: Option<f64>, factor: f64, places: usize, unit: &str) -> String {
    value.map_or(NO_DATA.to_owned(), |value| format!("{:.places$}{unit}", value * factor))
}

/// Columns as wide as their widest cell; the first three are words, the rest numbers.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let mut out = String::new();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(
                |(column, (cell, width))| {
                    if column < 3 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
                },
            )
            .collect();
        line(&mut out, cells.join("  ").trim_end());
    }
    out
}
