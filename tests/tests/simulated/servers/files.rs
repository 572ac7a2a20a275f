//! The files of the report: their clocks, and that they have no problems.

use analyzer_wasm::report::ProblemSeverity;
use simulator::{Lines, Spelling};

use super::{STORING_MS, cases, server};

#[test]
fn clocks_of_stored_lines_are_determined() {
    let (mut stored, mut worst_ms) = (0, 0.0_f64);
    for case in cases() {
        for (what, report) in case.reports() {
            for expected in case.servers().filter(|server| !server.dumps.is_empty()) {
                let what = format!("seed {}, {what}, {}", case.seed, expected.name);
                let clock = server(report, &expected.name, &what).clock.clone().unwrap();
                for part in expected.dumps.iter().flat_map(|dump| &dump.parts) {
                    let of_file = report.files.iter().find(|file| file.name == part.file).unwrap();
                    assert_eq!(
                        of_file.clock.as_ref().map(|clock| &clock.method),
                        Some(&clock.method),
                        "{what}"
                    );
                }
                let bridge = case.truth.bridges.iter().find(|bridge| bridge.server.name == expected.name);
                let timeless = bridge.is_some_and(|bridge| bridge.spelling == Spelling::Stats);
                if expected.lines != Lines::Enveloped {
                    assert_eq!((clock.method.as_str(), clock.offset_ms), ("server", 0.0), "{what}");
                    continue;
                }
                assert_eq!(clock.method, "stored", "{what}");
                // Its times are the timestamps themselves.
                if timeless {
                    assert_eq!(clock.offset_ms, 0.0, "{what}");
                    continue;
                }
                let off_ms = clock.offset_ms - expected.clock_offset_ms as f64;
                assert!((0.0..=STORING_MS).contains(&off_ms), "{what}: {off_ms}");
                worst_ms = worst_ms.max(off_ms);
                stored += 1;
            }
        }
    }
    println!("{stored} clocks of stored lines: largest error {worst_ms:.0} ms");
    assert!(stored > 20, "{stored}");
}

#[test]
fn sound_dumps_have_no_problems() {
    for case in cases() {
        for (what, report) in case.reports() {
            for file in report.files.iter().filter(|file| file.format.as_deref() == Some("jitsi-server")) {
                let odd = file.problems.iter().filter(|problem| {
                    problem.severity == ProblemSeverity::DataLoss
                        || problem.kind == "late-entry"
                        || problem.severity != ProblemSeverity::Info
                });
                let odd: Vec<_> = odd.collect();
                assert!(odd.is_empty(), "seed {}, {what}, {}: {odd:?}", case.seed, file.name);
            }
        }
    }
}
