//! Scores a report against the ground truth of a simulated call.

use std::collections::BTreeSet;

use analyzer_wasm::report::{Finding, FindingSeverity, Report};
use anyhow::Result;
use simulator::{Call, TrueFinding, Truth};

use crate::driver;

/// The score of one or several calls.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// True pairs of participant and code that were found.
    pub found: usize,
    /// True pairs that were not.
    pub missed: usize,
    /// Pairs that are not true, nor tolerated.
    pub invented: usize,
    /// Overlap (intersection over union in time) of each true finding that was found.
    pub overlaps: Vec<f64>,
    /// Number of those that were attributed to the right side.
    pub right_side: usize,
    /// Findings above info.
    pub serious: usize,
    /// Errors of the estimated clock offsets relative to the others, in ms; of clocks that could be compared.
    pub clock_errors_ms: Vec<f64>,
    /// Descriptions of the deviations.
    pub remarks: Vec<String>,
}

impl Score {
    /// Share of true pairs that were found.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.found, self.found + self.missed)
    }

    /// Share of found pairs that are true.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.found, self.found + self.invented)
    }

    /// Share of found findings with the right side.
    #[must_use]
    pub fn attribution(&self) -> f64 {
        share(self.right_side, self.overlaps.len())
    }

    /// Median overlap in time.
    #[must_use]
    pub fn median_overlap(&self) -> f64 {
        if self.overlaps.is_empty() { 1.0 } else { median(self.overlaps.clone()) }
    }

    /// Adds another call's score.
    pub fn add(&mut self, other: Self) {
        self.found += other.found;
        self.missed += other.missed;
        self.invented += other.invented;
        self.overlaps.extend(other.overlaps);
        self.right_side += other.right_side;
        self.serious += other.serious;
        self.clock_errors_ms.extend(other.clock_errors_ms);
        self.remarks.extend(other.remarks);
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

#[expect(clippy::cast_precision_loss, reason = "counts of findings")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// The report of the clients' dumps of a simulated call.
///
/// # Errors
/// When a dump cannot be read, or the dumps are not taken for one conference.
pub fn report_of(call: &Call) -> Result<Report> {
    driver::report(call.dumps.iter().map(|dump| (&dump.name, &dump.bytes)))
}

/// Compares a report with the truth. Codes without a rule in the report are left out.
#[must_use]
pub fn score(report: &Report, truth: &Truth) -> Score {
    let person_of = |key: &str| {
        let participant = report.participants.iter().find(|participant| participant.key == key)?;
        truth.people.iter().position(|person| {
            person.presences.iter().any(|stay| participant.endpoint_ids.contains(&stay.endpoint_id))
        })
    };
    let reported: Vec<(usize, &Finding)> = report
        .findings
        .iter()
        .filter_map(|finding| Some((person_of(finding.participant.as_deref()?)?, finding)))
        .collect();
    let expected: Vec<&TrueFinding> =
        truth.findings.iter().filter(|finding| report.rules.contains(&finding.code)).collect();
    let mut score = Score {
        serious: report.findings.iter().filter(|f| f.severity != FindingSeverity::Info).count(),
        ..Score::default()
    };

    let aligned = report
        .participants
        .iter()
        .filter(|participant| matches!(participant.clock.method.as_str(), "sender-reports" | "servers"));
    let errors: Vec<(&str, f64)> = aligned
        .filter_map(|participant| {
            let person = truth.people.get(person_of(&participant.key)?)?;
            Some((person.stats_id.as_str(), participant.clock.offset_ms - person.clock_offset_ms as f64))
        })
        .collect();
    // Browsers' dumps alone give the differences of their clocks, but not the server's time.
    let common = median(errors.iter().map(|(_, error_ms)| *error_ms).collect());
    for (who, error_ms) in errors {
        let error_ms = error_ms - common;
        score.clock_errors_ms.push(error_ms);
        if error_ms.abs() > 50.0 {
            score.remarks.push(format!("seed {}: the clock of {who} is {error_ms:.0} ms off", truth.seed));
        }
    }

    let true_pairs: BTreeSet<(usize, &str)> =
        expected.iter().map(|finding| (finding.person, finding.code.as_str())).collect();
    let told_pairs: BTreeSet<(usize, &str)> =
        reported.iter().map(|(person, finding)| (*person, finding.code.as_str())).collect();
    score.found = true_pairs.intersection(&told_pairs).count();
    let times = |from: f64, to: f64| {
        let seconds = |at_ms: f64| (at_ms - truth.start_ms as f64) / 1_000.0;
        format!("{:.0}–{:.0} s", seconds(from), seconds(to))
    };
    for (person, code) in true_pairs.difference(&told_pairs) {
        score.missed += 1;
        for finding in expected.iter().filter(|finding| finding.person == *person && finding.code == *code) {
            let when = times(finding.from_ms as f64, finding.to_ms as f64);
            score.remarks.push(format!("seed {}: missed {code} of {person}, {when}", truth.seed));
        }
    }
    for (person, code) in told_pairs.difference(&true_pairs) {
        if truth.tolerated.iter().any(|tolerated| tolerated.person == *person && tolerated.code == *code) {
            continue;
        }
        score.invented += 1;
        for (_, finding) in
            reported.iter().filter(|(participant, finding)| participant == person && finding.code == *code)
        {
            let when = times(finding.from_ms, finding.to_ms);
            let (value, side) = (finding.value.unwrap_or(f64::NAN), &finding.attribution.side);
            score.remarks.push(format!(
                "seed {}: invented {code} of {person}, {when}, {value:.3}, {side}",
                truth.seed
            ));
        }
    }
    for finding in expected {
        let same = reported
            .iter()
            .filter(|(person, reported)| *person == finding.person && reported.code == finding.code);
        let best = same
            .map(|(_, reported)| (overlap(finding, reported), *reported))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((overlap, reported)) = best {
            score.overlaps.push(overlap);
            score.right_side += usize::from(reported.attribution.side == finding.side);
            if reported.attribution.side != finding.side || overlap < 0.5 {
                let (is, was) = (
                    times(reported.from_ms, reported.to_ms),
                    times(finding.from_ms as f64, finding.to_ms as f64),
                );
                score.remarks.push(format!(
                    "seed {}: {} of {} is {was} at the {}, reported {is} at the {}",
                    truth.seed, finding.code, finding.person, finding.side, reported.attribution.side
                ));
            }
        }
    }
    score
}

/// Intersection over union; two moments that are near are one.
#[expect(clippy::cast_precision_loss, reason = "epoch ms are far below 2^53")]
fn overlap(truth: &TrueFinding, reported: &Finding) -> f64 {
    const MOMENT_MS: f64 = 2_000.0;
    let (from, to) = (truth.from_ms as f64, truth.to_ms as f64);
    if to - from < MOMENT_MS && (reported.from_ms - from).abs() < 2.0 * MOMENT_MS {
        return 1.0;
    }
    let shared = (to.min(reported.to_ms) - from.max(reported.from_ms)).max(0.0);
    shared / (to.max(reported.to_ms) - from.min(reported.from_ms)).max(1.0)
}
