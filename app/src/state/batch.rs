//! The files of one load and how far each of them is.

/// A file that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The page's number for it.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
}

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// No worker has it yet.
    Waiting,
    /// A worker reads it.
    Reading,
    /// Its extract is there.
    Read,
    /// It gave nothing.
    Failed,
}

/// A file of a load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchFile {
    /// Which.
    pub given: Given,
    /// How far.
    pub stage: Stage,
    /// Bytes read of it.
    pub bytes_read: u64,
    /// Bytes of text in them.
    pub text_bytes: u64,
}

/// The files of one load.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    files: Vec<BatchFile>,
    began_ms: f64,
    now_ms: f64,
}

impl Batch {
    /// Begins with files of which nothing is read.
    #[must_use]
    pub fn new(given: impl IntoIterator<Item = Given>, now_ms: f64) -> Self {
        let files = given
            .into_iter()
            .map(|given| BatchFile { given, stage: Stage::Waiting, bytes_read: 0, text_bytes: 0 })
            .collect();
        Self { files, began_ms: now_ms, now_ms }
    }

    /// This load with the files of another one behind its own.
    #[must_use]
    pub fn joined_by(&self, other: Self) -> Self {
        let mut joined = self.clone();
        joined.files.extend(other.files);
        joined
    }

    /// All of them, in the order they were given.
    #[must_use]
    pub fn files(&self) -> &[BatchFile] {
        &self.files
    }

    /// Their numbers.
    #[must_use]
    pub fn numbers(&self) -> Vec<u32> {
        self.files.iter().map(|file| file.given.number).collect()
    }

    /// How many are done with, well or not.
    #[must_use]
    pub fn settled(&self) -> usize {
        self.files.iter().filter(|file| matches!(file.stage, Stage::Read | Stage::Failed)).count()
    }

    /// Whether all of them are.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.settled() == self.files.len()
    }

    /// Whether any gave an extract.
    #[must_use]
    pub fn any_read(&self) -> bool {
        self.files.iter().any(|file| file.stage == Stage::Read)
    }

    /// Bytes of all files.
    #[must_use]
    pub fn total_bytes(&self) -> u64 {
        self.files.iter().map(|file| file.given.bytes).sum()
    }

    /// Bytes done with: read, or of files that failed.
    #[must_use]
    pub fn done_bytes(&self) -> u64 {
        self.files.iter().map(BatchFile::done_bytes).sum()
    }

    /// Bytes of text per second since the load began; `None` before the first progress.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a rate for eyes")]
    pub fn text_bytes_per_s(&self) -> Option<f64> {
        let text: u64 = self.files.iter().map(|file| file.text_bytes).sum();
        let seconds = (self.now_ms - self.began_ms) / 1000.0;
        (text > 0 && seconds > 0.0).then(|| text as f64 / seconds)
    }

    /// A worker took the file.
    pub(super) fn start(&mut self, number: u32) {
        if let Some(file) = self.file(number) {
            file.stage = Stage::Reading;
        }
    }

    /// A worker got on with the file.
    pub(super) fn progress(&mut self, number: u32, bytes: u64, text_bytes: u64, now_ms: f64) {
        self.now_ms = self.now_ms.max(now_ms);
        if let Some(file) = self.file(number) {
            file.bytes_read = bytes;
            file.text_bytes = text_bytes;
        }
    }

    /// A worker is done with the file.
    pub(super) fn settle(&mut self, number: u32, read: bool, now_ms: f64) {
        self.now_ms = self.now_ms.max(now_ms);
        if let Some(file) = self.file(number) {
            file.stage = if read { Stage::Read } else { Stage::Failed };
        }
    }

    fn file(&mut self, number: u32) -> Option<&mut BatchFile> {
        self.files.iter_mut().find(|file| file.given.number == number)
    }
}

impl BatchFile {
    /// Bytes done with.
    #[must_use]
    pub fn done_bytes(&self) -> u64 {
        match self.stage {
            Stage::Read | Stage::Failed => self.given.bytes,
            Stage::Waiting | Stage::Reading => self.bytes_read.min(self.given.bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_adds_up_and_a_failed_file_counts_as_done() {
        let given = |number| Given { number, name: String::new(), bytes: 1000 };
        let mut batch = Batch::new([given(4), given(7), given(9)], 500.0);
        assert_eq!((batch.total_bytes(), batch.done_bytes(), batch.text_bytes_per_s()), (3000, 0, None));
        batch.start(4);
        batch.progress(4, 250, 5000, 1500.0);
        batch.settle(7, false, 0.0);
        assert_eq!((batch.done_bytes(), batch.settled(), batch.any_read()), (1250, 1, false));
        assert_eq!(batch.text_bytes_per_s(), Some(5000.0));
        batch.settle(4, true, 1600.0);
        batch.settle(9, true, 1600.0);
        assert!(batch.is_settled() && batch.any_read());
        assert_eq!(batch.done_bytes(), 3000);
    }
}
