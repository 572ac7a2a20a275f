//! Counts of passed, failed and skipped tests, read from the summary lines of test harnesses.

use std::fmt;

/// How many tests had each result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TestCounts {
    passed: u64,
    failed: u64,
    skipped: u64,
}

impl TestCounts {
    /// Adds the counts of a line such as `test result: ok. 41 passed; 0 failed; 2 ignored; 0 measured; …`, which
    /// libtest and libtest-mimic print at the end of each target. Other lines add nothing.
    pub(crate) fn add_line(&mut self, line: &str) {
        let Some(summary) = line.strip_prefix("test result: ") else { return };
        for part in summary.split(';') {
            let mut words = part.split_ascii_whitespace().rev();
            let (Some(result), Some(Ok(count))) = (words.next(), words.next().map(str::parse::<u64>)) else {
                continue;
            };
            match result {
                "passed" => self.passed += count,
                "failed" => self.failed += count,
                "ignored" => self.skipped += count,
                _ => {}
            }
        }
    }
}

impl fmt::Display for TestCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { passed, failed, skipped } = self;
        write!(f, "{passed} passed, {failed} failed, {skipped} skipped")
    }
}

#[cfg(test)]
mod tests {
    use super::TestCounts;

    #[test]
    fn summaries_are_added() {
        let mut counts = TestCounts::default();
        for line in [
            "running 3 tests",
            "test result: ok. 41 passed; 0 failed; 2 ignored; 0 measured; 7 filtered out; finished in 0.99s",
            "test a ... ok",
            "test result: \u{1b}[31mFAILED\u{1b}[m. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1s",
        ] {
            counts.add_line(line);
        }
        assert_eq!(counts.to_string(), "44 passed, 1 failed, 2 skipped");
    }
}
