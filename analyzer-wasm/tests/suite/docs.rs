//! The generated tables of the documents: README.md, docs/events.md and docs/quantities.md.
//!
//! With the environment variable `UPDATE_DOCS=1` these tests write the tables instead of comparing them.

use analyzer_wasm::catalog::{FindingInfo, Fold, Quantity, Thresholds, Unit};
use analyzer_wasm::judge::FINDINGS;
use analyzer_wasm::model::{EventKind, Metric};

const BEGIN: &str = "<!-- generated: begin -->\n";
const END: &str = "<!-- generated: end -->\n";

/// Compares the text between the two markers of a document with a table, or replaces it.
fn check(document: &str, table: &str) {
    let path = format!("{}/../{document}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (current, after) = rest.split_once(END).unwrap();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
    } else {
        let command = "UPDATE_DOCS=1 cargo test -p analyzer-wasm --test suite docs::";
        assert!(current == table, "{document} is out of date; `{command}` writes this table:\n{table}");
    }
}

#[test]
fn readme_lists_the_findings() {
    let mut rows: Vec<String> = FINDINGS.iter().map(|info| finding_row(info)).collect();
    rows.sort();
    let head = "| code | label | meaning | when it counts | can explain |\n| --- | --- | --- | --- | --- |\n";
    check("README.md", &format!("{head}{}", rows.concat()));
}

fn finding_row(info: &FindingInfo) -> String {
    let measured = match info.quantity {
        Some(quantity) => format!(" Measured by `{}`.", quantity.info().source),
        None => String::new(),
    };
    let limits = info.thresholds.map(|thresholds| format!("{} ", limits(thresholds))).unwrap_or_default();
    let explains: Vec<String> = info.explains.iter().map(|code| format!("`{code}`")).collect();
    format!(
        "| `{}` | {} | {}{measured} | {limits}{} | {} |\n",
        info.code,
        info.label,
        info.explanation,
        info.criteria,
        explains.join(", ")
    )
}

/// For example `Warning from 5 %, critical from 10 %.`
fn limits(Thresholds { warning, critical, unit }: Thresholds) -> String {
    match unit {
        Unit::Ratio => format!("Warning from {:.0} %, critical from {:.0} %.", warning * 1e2, critical * 1e2),
        _ => format!("Warning from {warning} {0}, critical from {critical} {0}.", unit.symbol()),
    }
}

#[test]
fn quantities_are_documented_and_their_ids_are_unique() {
    let row = |quantity: &Quantity| {
        let info = quantity.info();
        let unit = if info.unit == Unit::Ratio { "0–1" } else { info.unit.symbol() };
        let fold = match info.fold {
            Fold::Mean => "mean",
            Fold::Max => "maximum",
            Fold::Sum => "sum",
        };
        format!(
            "| `{}` | {} | {} | {unit} | {fold} | {} |\n",
            info.id, info.label, info.source, info.explanation
        )
    };
    let head = "| id | label | source | unit | fold | explanation |\n| --- | --- | --- | --- | --- | --- |\n";
    check("docs/quantities.md", &format!("{head}{}", Quantity::ALL.iter().map(row).collect::<String>()));

    let mut ids: Vec<&str> = Quantity::ALL.iter().map(|quantity| quantity.info().id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), Quantity::ALL.len());
}

#[test]
fn sources_of_client_quantities_are_fields_that_readers_read() {
    let reports = ["inbound-rtp.", "outbound-rtp.", "remote-inbound-rtp.", "candidate-pair."];
    let mut fields = 0;
    for info in Quantity::ALL.iter().map(|quantity| quantity.info()) {
        let Some(field) = reports.iter().find_map(|report| info.source.strip_prefix(report)) else {
            continue;
        };
        assert!(Metric::of_key(field.as_bytes()).is_some(), "{}", info.source);
        fields += 1;
    }
    assert!(fields > 10);
}

#[test]
fn findings_explain_codes_that_have_a_rule() {
    for info in FINDINGS {
        for code in info.explains {
            assert!(FINDINGS.iter().any(|other| other.code == *code && code != &info.code), "{code}");
        }
    }
}

#[test]
fn events_are_documented_and_their_names_are_unique() {
    let mut names: Vec<&str> = EventKind::ALL.iter().map(|kind| kind.name()).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "two kinds have one name");

    let row = |kind: &EventKind| {
        let issue = kind.issue().unwrap_or_default();
        format!("| `{}` | `{}` | {issue} | {} |\n", kind.family(), kind.name(), kind.meaning())
    };
    let listed = EventKind::ALL.iter().filter(|kind| !EventKind::REPLACED_IN_REPORTS.contains(kind));
    let head = "| type | subtype | issue | what happened |\n| --- | --- | --- | --- |\n";
    check("docs/events.md", &format!("{head}{}", listed.map(row).collect::<String>()));
}
