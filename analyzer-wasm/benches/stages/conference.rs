//! The measured conference: simulated in memory from a fixed seed, about 100 MB of text.

use std::fmt;
use std::io::Read as _;

use flate2::read::GzDecoder;
use simulator::{Form, Scenario, ScenarioOptions, simulate};

const SEED: u64 = 1;
const PEOPLE: usize = 30;
const MINUTES: u64 = 21;
/// The polling interval of most deployments.
const POLL_MS: u64 = 10_000;

/// One file of it, in both forms.
#[derive(Debug)]
pub(crate) struct Dump {
    pub(crate) name: String,
    pub(crate) gz: Vec<u8>,
    pub(crate) text: Vec<u8>,
}

/// All files, one for each presence.
#[derive(Debug)]
pub(crate) struct Conference {
    pub(crate) dumps: Vec<Dump>,
}

impl Conference {
    /// Simulates the conference.
    pub(crate) fn simulated() -> Self {
        let options = ScenarioOptions {
            seed: SEED,
            people: PEOPLE,
            faulty: true,
            duration_ms: MINUTES * 60_000,
            poll_ms: Some(POLL_MS),
        };
        let dumps = simulate(&Scenario::from_options(&options), Form::Gzip).dumps.into_iter().map(|dump| {
            let mut text = Vec::new();
            GzDecoder::new(dump.bytes.as_slice())
                .read_to_end(&mut text)
                .expect("the simulator's gzip is whole");
            Dump { name: dump.name, gz: dump.bytes, text }
        });
        Self { dumps: dumps.collect() }
    }

    /// Bytes of text in all files.
    pub(crate) fn text_bytes(&self) -> u64 {
        self.dumps.iter().map(|dump| dump.text.len() as u64).sum()
    }

    /// The file with the most text.
    pub(crate) fn largest(&self) -> &Dump {
        self.dumps.iter().max_by_key(|dump| dump.text.len()).expect("a conference has dumps")
    }
}

/// One line that describes the conference, printed above the measurements.
impl fmt::Display for Conference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gz_bytes: usize = self.dumps.iter().map(|dump| dump.gz.len()).sum();
        let lines: usize = self.dumps.iter().map(|dump| memchr::memchr_iter(b'\n', &dump.text).count()).sum();
        let samples: usize = self.dumps.iter().map(|dump| samples(&dump.text)).sum();
        write!(
            formatter,
            "A simulated conference: {PEOPLE} people, {MINUTES} min, polls every {} s, seed {SEED}\n{} files, {:.1} MB \
             gzip, {:.1} MB text, {lines} lines, {samples} samples (fields with a number)",
            POLL_MS / 1_000,
            self.dumps.len(),
            gz_bytes as f64 / 1e6,
            self.text_bytes() as f64 / 1e6,
        )
    }
}

/// Fields with a number, as they are written.
fn samples(text: &[u8]) -> usize {
    text.windows(3).filter(|window| matches!(window, [b'"', b':', b'-' | b'0'..=b'9'])).count()
}
