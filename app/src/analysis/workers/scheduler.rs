//! Which worker reads which file: bookkeeping only, the workers themselves are elsewhere.

use std::collections::{BTreeMap, VecDeque};

/// More workers than this only compete for memory.
const MOST_WORKERS: usize = 8;

/// What is to be done with the workers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analysis) enum Order {
    /// Start a worker under this number.
    Start(u32),
    /// Give this worker a file.
    Read {
        /// The worker.
        worker: u32,
        /// The file.
        file: u32,
    },
    /// End this worker.
    End(u32),
}

/// What a worker does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Duty {
    Starting,
    Reading(u32),
}

/// The workers of one load and the files that wait for them.
#[derive(Clone, Debug, Default)]
pub(in crate::analysis) struct Scheduler {
    waiting: VecDeque<u32>,
    workers: BTreeMap<u32, Duty>,
    next_worker: u32,
}

impl Scheduler {
    /// Begins a load: as many workers as there is work and machine for.
    pub(in crate::analysis) fn begin(
        &mut self,
        files: impl IntoIterator<Item = u32>,
        cores: usize,
    ) -> Vec<Order> {
        self.waiting.extend(files);
        let wanted = self.waiting.len().min(cores.clamp(1, MOST_WORKERS));
        (self.workers.len()..wanted).map(|_| self.start()).collect()
    }

    /// A worker is ready, or is done with its file.
    pub(in crate::analysis) fn free(&mut self, worker: u32) -> Option<Order> {
        if !self.workers.contains_key(&worker) {
            return None;
        }
        Some(match self.waiting.pop_front() {
            Some(file) => {
                self.workers.insert(worker, Duty::Reading(file));
                Order::Read { worker, file }
            }
            None => {
                self.workers.remove(&worker);
                Order::End(worker)
            }
        })
    }

    /// A worker died: the files that are lost with it, and what to do.
    ///
    /// One that dies over a file is replaced. One that cannot even start is not: where none is left, nothing can be
    /// read, and all waiting files are lost.
    pub(in crate::analysis) fn died(&mut self, worker: u32) -> (Vec<u32>, Vec<Order>) {
        match self.workers.remove(&worker) {
            Some(Duty::Reading(file)) => {
                let replacement = (self.waiting.len() > self.starting()).then(|| self.start());
                (vec![file], replacement.into_iter().collect())
            }
            Some(Duty::Starting) if self.workers.is_empty() => (self.waiting.drain(..).collect(), vec![]),
            _ => (vec![], vec![]),
        }
    }

    /// The file that a worker reads.
    #[must_use]
    pub(in crate::analysis) fn file_of(&self, worker: u32) -> Option<u32> {
        match self.workers.get(&worker)? {
            Duty::Reading(file) => Some(*file),
            Duty::Starting => None,
        }
    }

    /// Forgets the load.
    pub(in crate::analysis) fn clear(&mut self) {
        self.waiting.clear();
        self.workers.clear();
    }

    fn starting(&self) -> usize {
        self.workers.values().filter(|duty| **duty == Duty::Starting).count()
    }

    fn start(&mut self) -> Order {
        let worker = self.next_worker;
        self.next_worker += 1;
        self.workers.insert(worker, Duty::Starting);
        Order::Start(worker)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_no_more_workers_than_files_cores_or_eight() {
        for (files, cores, workers) in [(1, 4, 1), (9, 2, 2), (100, 64, 8), (3, 0, 1), (0, 4, 0)] {
            assert_eq!(Scheduler::default().begin(0..files, cores).len(), workers);
        }
    }

    #[test]
    fn files_are_handed_out_in_order_and_idle_workers_end() {
        let mut scheduler = Scheduler::default();
        assert_eq!(scheduler.begin([10, 11, 12], 2), [Order::Start(0), Order::Start(1)]);
        assert_eq!(scheduler.free(1), Some(Order::Read { worker: 1, file: 10 }));
        assert_eq!(scheduler.free(0), Some(Order::Read { worker: 0, file: 11 }));
        assert_eq!(scheduler.file_of(1), Some(10));
        assert_eq!(scheduler.free(1), Some(Order::Read { worker: 1, file: 12 }));
        assert_eq!(scheduler.free(0), Some(Order::End(0)));
        assert_eq!(scheduler.free(1), Some(Order::End(1)));
        assert_eq!(scheduler.free(1), None);
    }

    #[test]
    fn a_death_costs_its_file_and_the_rest_goes_on() {
        let mut scheduler = Scheduler::default();
        scheduler.begin([10, 11], 1);
        scheduler.free(0);
        assert_eq!(scheduler.died(0), (vec![10], vec![Order::Start(1)]));
        assert_eq!(scheduler.free(1), Some(Order::Read { worker: 1, file: 11 }));
        assert_eq!(scheduler.died(1), (vec![11], vec![]));
    }

    #[test]
    fn workers_that_cannot_start_lose_all_files_once_none_is_left() {
        let mut scheduler = Scheduler::default();
        scheduler.begin([10, 11, 12], 2);
        assert_eq!(scheduler.died(0), (vec![], vec![]));
        assert_eq!(scheduler.died(1), (vec![10, 11, 12], vec![]));
    }

    #[test]
    fn more_files_join_a_load_that_runs() {
        let mut scheduler = Scheduler::default();
        scheduler.begin([10], 2);
        assert_eq!(scheduler.begin([11, 12], 2), [Order::Start(1)]);
        scheduler.clear();
        assert_eq!(scheduler.free(0), None);
    }
}
