//! Damaged lines of every dump of the corpus.

use e2e::{corpus, corpus_tests};

use crate::damaged_lines::{self, Dump};

corpus_tests![cut_lines, emptied_lines, repeated_lines, swapped_lines];

fn dumps() -> Vec<Dump> {
    corpus::dumps().unwrap().into_iter().map(|(name, bytes)| Dump::new(&name, bytes)).collect()
}

fn cut_lines() {
    dumps().iter().for_each(damaged_lines::check_cut);
}

fn emptied_lines() {
    dumps().iter().for_each(damaged_lines::check_emptied);
}

fn repeated_lines() {
    dumps().iter().for_each(damaged_lines::check_repeated);
}

fn swapped_lines() {
    dumps().iter().for_each(damaged_lines::check_swapped);
}
