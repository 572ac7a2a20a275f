//! The number of entries of each kind, and the memory that their lines take in JavaScript.

use super::value::Object;

/// Bytes of one UTF-16 code unit.
const UNIT_BYTES: f64 = 2.0;

/// The kinds of entries that the server counts. Entries that it uses for something else are not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Stats,
    Other,
    Sdp,
    DominantSpeaker,
    Sentiment,
}

/// The kinds with the prefix of their counts. The last is not part of the totals.
const CLASSES: [(Class, &str); 5] = [
    (Class::Stats, "stats"),
    (Class::Other, "other"),
    (Class::Sdp, "sdp"),
    (Class::DominantSpeaker, "ds"),
    (Class::Sentiment, "sentiment"),
];

/// The counts of the part of the dump read so far.
#[derive(Debug, Default)]
pub(super) struct Requests([(f64, f64); CLASSES.len()]);

impl Requests {
    /// Counts a line of this many UTF-16 code units.
    #[expect(clippy::cast_precision_loss, reason = "no file has 2^53 of them")]
    pub(super) fn count(&mut self, class: Class, units: u64) {
        if let Some((bytes, count)) = self.0.get_mut(class as usize) {
            *bytes += UNIT_BYTES * units as f64;
            *count += 1.0;
        }
    }

    /// Writes the counts and their totals.
    pub(super) fn write(&self, metrics: &mut Object) {
        let (mut all_bytes, mut all_count) = (0.0, 0.0);
        for ((class, name), (bytes, count)) in CLASSES.iter().zip(self.0) {
            metrics.set(&format!("{name}RequestBytes"), bytes);
            metrics.set(&format!("{name}RequestCount"), count);
            if *class != Class::Sentiment {
                all_bytes += bytes;
                all_count += count;
            }
        }
        metrics.set("totalProcessedBytes", all_bytes);
        metrics.set("totalProcessedCount", all_count);
    }
}
