//! The modules of the analyzer form layers: a module imports leaves and the modules that its row names.

use crate::references::{named_after, supers};
use crate::tree::File;

const SRC: &str = "analyzer-wasm/src/";

/// Modules that every module may import. Of each other they import only what stands before them.
const LEAVES: &[&str] =
    &["catalog", "civil_date", "error", "limits", "median", "report", "time_span", "wording", "problems"];

/// The other modules in the order of the data, each with the earlier ones that it may import. A new module needs a row.
const LAYERS: &[(&str, &[&str])] = &[
    // Messages between the page and its workers.
    ("wire", &[]),
    // One file.
    ("model", &[]),
    ("input", &["model"]),
    ("extract", &["model", "input"]),
    ("detail", &["wire", "model", "input"]),
    // All files of a conference.
    ("sessions", &["model", "extract"]),
    ("clocks", &["model", "extract", "sessions"]),
    ("participants", &["model", "extract", "sessions", "clocks"]),
    ("events", &["model", "extract", "participants"]),
    ("judge", &["model"]),
    ("conference", &["wire", "model", "extract", "sessions", "clocks", "participants", "events", "judge"]),
    ("workspace", &["model", "extract", "sessions", "conference"]),
    (
        "query",
        &["wire", "model", "input", "extract", "detail", "sessions", "participants", "judge", "workspace"],
    ),
    // The browser side of the workers.
    ("worker", &["wire", "extract", "detail", "workspace", "query"]),
    // The features of rtcstats-server, for the command alone: no stage depends on them.
    ("rtcstats_server", &["input"]),
];

pub(crate) fn wrong_imports(files: &[File]) -> Vec<String> {
    check(files, LEAVES, LAYERS)
}

fn check(files: &[File], leaves: &[&str], layers: &[(&str, &[&str])]) -> Vec<String> {
    let mut violations = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        let Some(path) = file.path.strip_prefix(SRC).and_then(module_path) else { continue };
        let module = path[0];
        let leaf = leaves.iter().position(|leaf| *leaf == module);
        let row = layers.iter().find(|(name, _)| *name == module);
        let (leaves, allowed) = match (leaf, row) {
            (Some(place), _) => (&leaves[..place], &[][..]),
            (None, Some((_, allowed))) => (leaves, *allowed),
            (None, None) => {
                violations.push(format!("{}: {module} has no row in the table of layers", file.path));
                continue;
            }
        };
        for (line, name) in named_after(&file.text, "crate") {
            let name = name.as_str();
            if name != module && !leaves.contains(&name) && !allowed.contains(&name) {
                violations.push(format!("{}:{line}: {module} must not import {name}", file.path));
            }
        }
        for (line, count) in supers(&file.text) {
            if count >= path.len() {
                violations.push(format!("{}:{line}: write crate:: to import another layer", file.path));
            }
        }
    }
    violations
}

/// The module path of a file from the crate's root; `None` for the root, the programs and tests.
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

    const TEST_LAYERS: &[(&str, &[&str])] = &[("decode", &[]), ("readers", &["decode"])];

    fn violations(path: &str, text: &str) -> Vec<String> {
        check(&[file(&format!("{SRC}{path}"), text)], &["limits", "problems"], TEST_LAYERS)
    }

    #[test]
    fn earlier_layers_and_leaves_may_be_imported() {
        for (path, text) in [
            ("decode/gzip.rs", "use crate::limits;\nuse super::lines;\nuse crate::decode::x;\n"),
            ("readers/jitsi/mod.rs", "use crate::decode::Lines;\nuse super::detect;\n"),
            ("problems.rs", "use crate::limits;\n"),
            ("lib.rs", "pub use crate::readers;\n"),
            ("bin/analyze.rs", "use crate::anything;\n"),
            ("decode/tests.rs", "use crate::readers;\n"),
        ] {
            assert_eq!(violations(path, text), [""; 0], "{path}");
        }
    }

    #[test]
    fn later_layers_may_not_be_imported() {
        let found = violations("decode/gzip.rs", "//! Gunzips.\n\nuse crate::readers::Format;\n");
        assert_eq!(found, [format!("{SRC}decode/gzip.rs:3: decode must not import readers")]);
        assert_eq!(violations("limits.rs", "fn a() { crate::{decode::b, limits} }\n").len(), 1);
        assert_eq!(violations("limits.rs", "use crate::problems;\n").len(), 1);
    }

    #[test]
    fn a_relative_import_of_another_layer_is_found() {
        for (path, text) in
            [("decode/mod.rs", "use super::readers;\n"), ("decode/gzip.rs", "use super::super::readers;\n")]
        {
            assert!(violations(path, text)[0].contains("write crate::"), "{path}");
        }
    }

    #[test]
    fn a_new_module_needs_a_row() {
        assert!(violations("magic/mod.rs", "")[0].contains("magic has no row"));
    }

    #[test]
    fn rows_name_only_earlier_rows() {
        for (place, (name, allowed)) in LAYERS.iter().enumerate() {
            for other in *allowed {
                let is_earlier = LAYERS[..place].iter().any(|(earlier, _)| earlier == other);
                assert!(is_earlier, "{name} may not import {other}, which is not before it");
            }
        }
    }
}
