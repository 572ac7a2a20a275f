//! The sample call that the page ships is the simulator's, whole and as described.
use std::collections::BTreeMap;
use std::io::Read as _;

use e2e::scoring::{report_of, score};
use e2e::workspace::root;
use simulator::{Form, Scenario, simulate};

fn shipped() -> BTreeMap<String, Vec<u8>> {
    let folder = root().join("public/samples");
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

/// The page fetches what the index names. `simulate --sample` writes it, too.
#[test]
fn the_index_names_the_shipped_files_and_their_sizes() {
    let index = std::fs::read(root().join("public/samples.json")).unwrap();
    let index: BTreeMap<String, usize> = serde_json::from_slice(&index).unwrap();
    let shipped = shipped().into_iter().map(|(name, bytes)| (name, bytes.len()));
    assert_eq!(index, shipped.collect());
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
