//! The files of one load and the progress of each.

use analyzer_wasm::wire::Failure;

use super::pace::Pace;

/// A file that the user gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its number in this instance.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// The stage of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It waits for a worker.
    Waiting,
    /// A worker reads it.
    Reading,
    /// Its extract has arrived.
    Read,
    /// It could not be read.
    Failed,
}

/// A file of a load.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchFile {
    /// The file.
    pub given: Given,
    /// Its stage.
    pub stage: Stage,
    /// Bytes of it that are read.
    pub bytes_read: u64,
    /// Bytes of text in them, after decompression.
    pub text_bytes: u64,
    /// When a worker began to read it, in ms on the document's clock.
    pub began_ms: Option<f64>,
    /// When its worker last reported progress.
    pub updated_ms: f64,
}

/// The files of one load.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// In ascending order of their numbers.
    files: Vec<BatchFile>,
    refused: Vec<Failure>,
    began_ms: f64,
    now_ms: f64,
    pace: Pace,
}

impl Batch {
    /// Starts a load of files that were given at `given_ms`, in ascending order of their numbers.
    #[must_use]
    pub fn new(given: impl IntoIterator<Item = Given>, given_ms: f64) -> Self {
        let files = given.into_iter().map(|given| BatchFile {
            given,
            stage: Stage::Waiting,
            bytes_read: 0,
            text_bytes: 0,
            began_ms: None,
            updated_ms: given_ms,
        });
        let (files, refused) = (files.collect(), vec![]);
        Self { files, refused, began_ms: given_ms, now_ms: given_ms, pace: Pace::default() }
    }

    /// This load with the files of another one after its own.
    #[must_use]
    pub fn joined_by(&self, other: Self) -> Self {
        let mut joined = self.clone();
        joined.files.extend(other.files);
        joined.refused.extend(other.refused);
        joined
    }

    /// All files, in the order in which they were given.
    #[must_use]
    pub fn files(&self) -> &[BatchFile] {
        &self.files
    }

    /// A file by number.
    #[must_use]
    pub fn file(&self, number: u32) -> Option<&BatchFile> {
        self.files.get(self.index_of(number)?)
    }

    /// When the first of them was given, in ms on the document's clock.
    #[must_use]
    pub fn began_ms(&self) -> f64 {
        self.began_ms
    }

    /// The number of files that could not be read.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.files.iter().filter(|file| file.stage == Stage::Failed).count()
    }

    /// Their numbers.
    #[must_use]
    pub fn numbers(&self) -> Vec<u32> {
        self.files.iter().map(|file| file.given.number).collect()
    }

    /// The number of files that are read or failed.
    #[must_use]
    pub fn settled(&self) -> usize {
        self.files.iter().filter(|file| matches!(file.stage, Stage::Read | Stage::Failed)).count()
    }

    /// Whether all files are read or failed.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.settled() == self.files.len()
    }

    /// Whether any file was read.
    #[must_use]
    pub fn any_read(&self) -> bool {
        self.files.iter().any(|file| file.stage == Stage::Read)
    }

    /// Bytes of all files.
    #[must_use]
    pub fn total_bytes(&self) -> u64 {
        self.files.iter().map(|file| file.given.bytes).sum()
    }

    /// Bytes that are read, and all bytes of files that failed.
    #[must_use]
    pub fn done_bytes(&self) -> u64 {
        self.files.iter().map(BatchFile::done_bytes).sum()
    }

    /// Bytes of text per second since the load began; `None` before the first progress.
    #[must_use]
    pub fn text_bytes_per_s(&self) -> Option<f64> {
        rate(self.files.iter().map(|file| file.text_bytes).sum(), self.now_ms - self.began_ms)
    }

    /// Bytes of files per second since the load began; `None` before the first progress.
    #[must_use]
    pub fn bytes_per_s(&self) -> Option<f64> {
        rate(self.done_bytes(), self.now_ms - self.began_ms)
    }

    /// The time for the rest; `None` while the speed is not steady.
    #[must_use]
    pub fn remaining_ms(&self) -> Option<f64> {
        self.pace.remaining_ms(self.total_bytes().saturating_sub(self.done_bytes()))
    }

    /// A worker began to read the file.
    pub(super) fn start(&mut self, number: u32, now_ms: f64) {
        if let Some(file) = self.at(number) {
            file.stage = Stage::Reading;
            file.began_ms = Some(now_ms);
            file.updated_ms = now_ms;
        }
    }

    /// A worker has read more of the file.
    pub(super) fn progress(&mut self, number: u32, bytes: u64, text_bytes: u64, now_ms: f64) {
        if let Some(file) = self.at(number) {
            file.bytes_read = bytes;
            file.text_bytes = text_bytes;
            file.updated_ms = now_ms;
        }
        self.update_pace(now_ms);
    }

    /// A worker is done with the file.
    pub(super) fn settle(&mut self, number: u32, read: bool, now_ms: f64) {
        if let Some(file) = self.at(number) {
            file.stage = if read { Stage::Read } else { Stage::Failed };
        }
        self.update_pace(now_ms);
    }

    /// A file could not be read.
    pub(super) fn refuse(&mut self, failure: Failure) {
        self.refused.push(failure);
    }

    /// Takes the failures of files that could not be read.
    pub(super) fn take_refused(&mut self) -> Vec<Failure> {
        std::mem::take(&mut self.refused)
    }

    fn update_pace(&mut self, now_ms: f64) {
        self.now_ms = self.now_ms.max(now_ms);
        if self.pace.is_due(self.now_ms) {
            self.pace.note(self.now_ms, self.done_bytes());
        }
    }

    fn at(&mut self, number: u32) -> Option<&mut BatchFile> {
        let index = self.index_of(number)?;
        self.files.get_mut(index)
    }

    fn index_of(&self, number: u32) -> Option<usize> {
        self.files.binary_search_by_key(&number, |file| file.given.number).ok()
    }
}

impl BatchFile {
    /// Bytes that are read; all of them if it failed.
    #[must_use]
    pub fn done_bytes(&self) -> u64 {
        match self.stage {
            Stage::Read | Stage::Failed => self.given.bytes,
            Stage::Waiting | Stage::Reading => self.bytes_read.min(self.given.bytes),
        }
    }

    /// Bytes of its text per second since a worker began to read it; `None` before the first progress.
    #[must_use]
    pub fn text_bytes_per_s(&self) -> Option<f64> {
        rate(self.text_bytes, self.updated_ms - self.began_ms?)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a rate to display")]
fn rate(bytes: u64, ms: f64) -> Option<f64> {
    (bytes > 0 && ms > 0.0).then(|| bytes as f64 / ms * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_adds_up_and_a_failed_file_counts_as_done() {
        let given = |number| Given { number, name: String::new(), bytes: 1000 };
        let mut batch = Batch::new([given(4), given(7), given(9)], 500.0);
        assert_eq!((batch.total_bytes(), batch.done_bytes(), batch.text_bytes_per_s()), (3000, 0, None));
        batch.start(4, 1000.0);
        batch.progress(4, 250, 5000, 1500.0);
        batch.settle(7, false, 0.0);
        assert_eq!((batch.done_bytes(), batch.settled(), batch.any_read()), (1250, 1, false));
        assert_eq!((batch.text_bytes_per_s(), batch.bytes_per_s()), (Some(5000.0), Some(1250.0)));
        assert_eq!(batch.file(4).unwrap().text_bytes_per_s(), Some(10_000.0));
        assert_eq!((batch.file(7).unwrap().text_bytes_per_s(), batch.file(5)), (None, None));
        batch.settle(4, true, 1600.0);
        batch.settle(9, true, 1600.0);
        assert!(batch.is_settled() && batch.any_read());
        assert_eq!(batch.done_bytes(), 3000);
    }
}
