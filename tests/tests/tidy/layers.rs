//! The analyzer's stages: data flows one way, and imports point against it.

use crate::references::{named_after, supers};
use crate::tree::File;

const SRC: &str = "analyzer-wasm/src/";

/// Each module of the analyzer and what it may import beside itself. A new module needs a row.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    // Leaves: anything may use them.
    ("error", &[]),
    ("limits", &[]),
    ("date", &[]),
    ("catalog", &[]),
    ("report", &[]),
    ("problems", &["report"]),
    // What is said between the page and the workers.
    ("wire", &["catalog", "report"]),
    // The stages, in the order in which data passes.
    ("model", &["limits", "problems", "report"]),
    ("input", &["error", "limits", "problems", "report", "model"]),
    ("extract", &["catalog", "error", "limits", "problems", "report", "model", "input"]),
    ("detail", &["error", "limits", "problems", "report", "wire", "model", "input"]),
    ("judge", &["catalog", "report", "model"]),
    ("correlate", &["error", "limits", "problems", "report", "wire", "model", "input", "extract", "judge"]),
    // Another system's answers from the same bytes, for the command alone: no stage knows it, it knows no other.
    ("rtcstats_server", &["error", "limits", "date", "problems", "input"]),
    // The way in from JavaScript.
    ("worker", &["error", "limits", "problems", "report", "wire", "extract", "detail", "correlate"]),
];

pub(crate) fn wrong_imports(files: &[File]) -> Vec<String> {
    judge(files, MAY_IMPORT)
}

fn judge(files: &[File], may_import: &[(&str, &[&str])]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        let Some(module) = file.path.strip_prefix(SRC).and_then(module_path) else { continue };
        let stage = module[0];
        let Some((_, allowed)) = may_import.iter().find(|(name, _)| *name == stage) else {
            complaints.push(format!("{}: {stage} has no row in the table of layers", file.path));
            continue;
        };
        for (line, name) in named_after(&file.text, "crate") {
            if name != stage && !allowed.contains(&name.as_str()) {
                complaints.push(format!("{}:{line}: {stage} must not know {name}", file.path));
            }
        }
        for (line, count) in supers(&file.text) {
            if count >= module.len() {
                complaints
                    .push(format!("{}:{line}: write crate::, so that the layers can be seen", file.path));
            }
        }
    }
    complaints
}

/// The names of a file's module from the crate's root down; none for the root, the programs and files of tests.
fn module_path(path: &str) -> Option<Vec<&str>> {
    let mut parts: Vec<&str> = path.strip_suffix(".rs")?.split('/').collect();
    match parts.as_slice() {
        ["lib" | "main"] | ["bin", ..] | [.., "tests"] => return None,
        [.., "mod"] => parts.pop(),
        _ => None,
    };
    (!parts.is_empty() && !parts.contains(&"tests")).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file;

    const TABLE: &[(&str, &[&str])] = &[("limits", &[]), ("decode", &["limits"]), ("readers", &["decode"])];

    fn complaints(path: &str, text: &str) -> Vec<String> {
        judge(&[file(&format!("{SRC}{path}"), text)], TABLE)
    }

    #[test]
    fn earlier_stages_and_leaves_may_be_used() {
        assert!(
            complaints("decode/gzip.rs", "use crate::limits;\nuse super::lines;\nuse crate::decode::x;\n")
                .is_empty()
        );
        assert!(
            complaints("readers/jitsi/mod.rs", "use crate::decode::Lines;\nuse super::detect;\n").is_empty()
        );
        assert!(complaints("lib.rs", "pub use crate::readers;\n").is_empty());
        assert!(complaints("bin/analyze.rs", "use crate::anything;\n").is_empty());
    }

    #[test]
    fn a_later_stage_may_not() {
        let found = complaints("decode/gzip.rs", "//! Gunzips.\n\nuse crate::readers::Format;\n");
        assert_eq!(found, [format!("{SRC}decode/gzip.rs:3: decode must not know readers")]);
        assert_eq!(complaints("limits.rs", "fn a() { crate::{decode::b, limits} }\n").len(), 1);
    }

    #[test]
    fn a_way_around_is_seen() {
        for (path, text) in
            [("decode/mod.rs", "use super::readers;\n"), ("decode/gzip.rs", "use super::super::readers;\n")]
        {
            assert!(complaints(path, text)[0].contains("write crate::"), "{path}");
        }
    }

    #[test]
    fn a_new_module_needs_a_row() {
        assert!(complaints("magic/mod.rs", "")[0].contains("magic has no row"));
        assert!(complaints("decode/tests.rs", "use crate::readers;\n").is_empty());
    }

    #[test]
    fn the_table_has_no_circle() {
        for (name, allowed) in MAY_IMPORT {
            for other in *allowed {
                let row = MAY_IMPORT.iter().find(|(known, _)| known == other).expect(other);
                assert!(!row.1.contains(name), "{name} and {other} may import each other");
            }
        }
    }
}
