//! Repeats a stage until its duration is known with sufficient accuracy, and prints its row.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::clock::worked;
use crate::memory::{Memory, counted};

/// Minimum number of runs of a stage, and minimum total duration.
const LEAST_RUNS: usize = 7;
const LEAST_TIME: Duration = Duration::from_secs(1);

/// The meaning of the columns.
pub(crate) const LEGEND: &str = "\
MB/s   megabytes of text behind the stage for each second of CPU time (on Unix; elsewhere of time), on one thread: the
       median run, in brackets the slowest and the fastest
CPU    of the median run
peak   the most bytes at once beyond those that were there before: of the greediest file or, where the stage is no
       file's, of the greediest answer
kept   bytes that the results of all files or answers hold together";

/// Measures stages and prints a table of them.
#[derive(Debug)]
pub(crate) struct Table {
    wanted: Vec<String>,
    rows: usize,
}

impl Table {
    /// Begins a table of the stages whose names contain one of these words, or of all stages if there are no words.
    pub(crate) fn new(wanted: Vec<String>) -> Self {
        println!(
            "{:<13} {:>10} {:>8} {:<16} {:>9} {:>6} {:>12} {:>12}",
            "stage", "text", "MB/s", "", "CPU", "runs", "peak", "kept"
        );
        Self { wanted, rows: 0 }
    }

    /// How many stages were measured.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Measures one stage: `inputs` makes what `work` takes, one after the other. Neither it nor the drop of the
    /// results is measured. `text_bytes` is the text behind all inputs together.
    pub(crate) fn stage<I, T>(
        &mut self,
        name: &str,
        text_bytes: u64,
        inputs: impl Fn() -> Vec<I>,
        work: impl Fn(I) -> T,
    ) {
        if !self.wanted.is_empty() && !self.wanted.iter().any(|word| name.contains(word)) {
            return;
        }
        self.rows += 1;
        let memory = memory_of(inputs(), &work);
        let times = times_of(&inputs, &work);
        let megabytes = text_bytes as f64 / 1e6;
        let seconds = |at: usize| times.get(at).map_or(f64::NAN, Duration::as_secs_f64);
        let speed = |at: usize| megabytes / seconds(at);
        let median = times.len() / 2;
        let range = format!("({:.0}–{:.0})", speed(times.len() - 1), speed(0));
        println!(
            "{name:<13} {megabytes:>7.1} MB {:>8.0} {range:<16} {:>6.1} ms {:>6} {:>9} kB {:>9} kB",
            speed(median),
            seconds(median) * 1e3,
            times.len(),
            memory.peak.div_ceil(1_000),
            memory.kept.div_ceil(1_000),
        );
    }
}

/// The highest peak of an input, and the retained bytes of all results together.
fn memory_of<I, T>(inputs: Vec<I>, work: impl Fn(I) -> T) -> Memory {
    let mut results = Vec::with_capacity(inputs.len());
    let mut all = Memory::default();
    for input in inputs {
        let (result, memory) = counted(|| work(input));
        all.peak = all.peak.max(memory.peak);
        all.kept += memory.kept;
        results.push(result);
    }
    all
}

/// Durations of all inputs together, fastest run first.
fn times_of<I, T>(inputs: impl Fn() -> Vec<I>, work: impl Fn(I) -> T) -> Vec<Duration> {
    let begin = Instant::now();
    let mut times = Vec::new();
    while times.len() < LEAST_RUNS || begin.elapsed() < LEAST_TIME {
        let inputs = inputs();
        let start = worked();
        let results: Vec<T> = inputs.into_iter().map(&work).collect();
        times.push(worked().saturating_sub(start));
        black_box(results);
    }
    times.sort();
    times
}
