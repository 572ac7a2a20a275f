//! The assignment of files to extract workers. Bookkeeping only: it neither starts nor uses workers.

use std::collections::{BTreeMap, VecDeque};

/// The most extract workers. More would not be faster and need more memory.
const MOST_WORKERS: usize = 8;

/// An action that the scheduler requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analysis) enum Order {
    /// Start a worker and give it this number.
    Start(u32),
    /// Have a worker read a file.
    Read {
        /// The worker.
        worker: u32,
        /// The file.
        file: u32,
    },
    /// End this worker.
    End(u32),
}

/// The state of a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WorkerState {
    Starting,
    Reading(u32),
}

/// The workers of a load and the files that wait for a worker.
#[derive(Clone, Debug, Default)]
pub(in crate::analysis) struct Scheduler {
    waiting: VecDeque<u32>,
    workers: BTreeMap<u32, WorkerState>,
    next_worker: u32,
}

impl Scheduler {
    /// Adds files to the load. Starts workers up to the number of waiting files, of processor cores, and of eight.
    pub(in crate::analysis) fn begin(
        &mut self,
        files: impl IntoIterator<Item = u32>,
        cores: usize,
    ) -> Vec<Order> {
        self.waiting.extend(files);
        let wanted = self.waiting.len().min(cores.clamp(1, MOST_WORKERS));
        (self.workers.len()..wanted).map(|_| self.start()).collect()
    }

    /// A worker is ready, or has finished its file.
    pub(in crate::analysis) fn free(&mut self, worker: u32) -> Option<Order> {
        if !self.workers.contains_key(&worker) {
            return None;
        }
        Some(match self.waiting.pop_front() {
            Some(file) => {
                self.workers.insert(worker, WorkerState::Reading(file));
                Order::Read { worker, file }
            }
            None => {
                self.workers.remove(&worker);
                Order::End(worker)
            }
        })
    }

    /// A worker has ended unexpectedly. Returns the files that are lost with it, and what to do.
    ///
    /// A worker that ends while it reads a file is replaced. A worker that does not start is not replaced; if it was
    /// the last one, nothing can be read, and all waiting files are lost.
    pub(in crate::analysis) fn died(&mut self, worker: u32) -> (Vec<u32>, Vec<Order>) {
        match self.workers.remove(&worker) {
            Some(WorkerState::Reading(file)) => {
                let replacement = (self.waiting.len() > self.starting()).then(|| self.start());
                (vec![file], replacement.into_iter().collect())
            }
            Some(WorkerState::Starting) if self.workers.is_empty() => {
                (self.waiting.drain(..).collect(), vec![])
            }
            _ => (vec![], vec![]),
        }
    }

    /// The file that a worker is reading.
    #[must_use]
    pub(in crate::analysis) fn file_of(&self, worker: u32) -> Option<u32> {
        match self.workers.get(&worker)? {
            WorkerState::Reading(file) => Some(*file),
            WorkerState::Starting => None,
        }
    }

    /// Ends the load.
    pub(in crate::analysis) fn clear(&mut self) {
        self.waiting.clear();
        self.workers.clear();
    }

    fn starting(&self) -> usize {
        self.workers.values().filter(|state| **state == WorkerState::Starting).count()
    }

    fn start(&mut self) -> Order {
        let worker = self.next_worker;
        self.next_worker += 1;
        self.workers.insert(worker, WorkerState::Starting);
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
    fn files_are_assigned_in_order_and_idle_workers_end() {
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
    fn a_worker_that_ends_loses_its_file_and_is_replaced() {
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
