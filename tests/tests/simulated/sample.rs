//! The sample call that the page ships is the simulator's, whole and as described.
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::PathBuf;

use e2e::scoring::{report_of, score};
use e2e::simulator::{Form, Scenario, simulate};

fn shipped() -> BTreeMap<String, Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../public/samples");
    let files = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    files.map(|file| (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap())).collect()
}

fn text(bytes: &[u8]) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

/// If this fails, the simulator has changed: `simulate --sample` writes the files anew.
#[test]
fn the_shipped_files_are_what_the_simulator_writes() {
    let call = simulate(&Scenario::sample(), Form::Plain);
    let shipped = shipped();
    assert_eq!(shipped.len(), call.dumps.len());
    for dump in &call.dumps {
        let ours = shipped
            .iter()
            .find(|(name, _)| name.trim_end_matches(".gz") == dump.name.trim_end_matches(".gz"));
        assert!(text(ours.unwrap().1) == String::from_utf8_lossy(&dump.bytes), "{}", dump.name);
    }
    assert!(shipped.values().map(Vec::len).sum::<usize>() < 400_000);
}

#[test]
fn the_sample_shows_a_namesake_a_rejoin_and_at_least_four_faults() {
    let call = simulate(&Scenario::sample(), Form::Plain);
    let report = report_of(&call).unwrap();
    assert_eq!(report.participants.len(), 6);
    assert!(report.participants.iter().any(|person| person.presences.len() == 2));
    let names: Vec<_> = report.participants.iter().filter_map(|person| person.stats_id.as_ref()).collect();
    assert!(names.iter().any(|name| names.iter().filter(|other| other == &name).count() == 2));
    let codes: std::collections::BTreeSet<_> = report.findings.iter().map(|finding| &finding.code).collect();
    assert!(codes.len() >= 4, "{codes:?}");
    let score = score(&report, &call.truth);
    assert_eq!(
        (score.missed, score.invented, score.right_side),
        (0, 0, score.overlaps.len()),
        "{:?}",
        score.remarks
    );
}
