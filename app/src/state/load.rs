//! What is open and what is being read: a state machine that only [`Load::apply`] changes.

use analyzer_wasm::wire::{Failure, Overview};

use super::batch::Batch;
pub use super::call::Call;
use super::notice::{Notice, NoticeContent};

/// The state of the page. An open call stays visible while more files are read.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Phase {
    /// Nothing is open.
    #[default]
    Empty,
    /// The sample is being fetched from the page's own server.
    Fetching(Fetched),
    /// Files are being read.
    Reading {
        /// The files.
        batch: Batch,
        /// The call that was open before.
        open: Option<Call>,
    },
    /// All files are read; the coordinator makes the report.
    Concluding {
        /// The number of the request; answers to other requests are stale.
        request: u32,
        /// The files that were read.
        batch: Batch,
        /// The call that was open before.
        open: Option<Call>,
    },
    /// A call is open.
    Open {
        /// The call.
        call: Call,
    },
}

/// Progress of a fetch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// Bytes received.
    pub bytes: u64,
    /// Bytes to receive; 0 while that is not known.
    pub of_bytes: u64,
}

/// The state machine.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Load {
    phase: Phase,
    notices: Vec<Notice>,
    next_notice: u32,
    next_request: u32,
}

/// The events that change the state.
#[derive(Clone, Debug)]
pub enum Step {
    /// So much of the sample is fetched.
    Fetching(Fetched),
    /// The user gave files.
    Begin(Batch),
    /// A worker began to read a file.
    Started {
        /// The file's number.
        file: u32,
        /// When, in ms on the document's clock.
        now_ms: f64,
    },
    /// A worker has read more of a file.
    Progress {
        /// The file's number.
        file: u32,
        /// Bytes of the file that are read.
        bytes: u64,
        /// Bytes of text in them, after decompression.
        text_bytes: u64,
        /// When, in ms on the document's clock.
        now_ms: f64,
    },
    /// The extract of a file has arrived.
    Extracted {
        /// The file's number.
        file: u32,
        /// When, in ms on the document's clock.
        now_ms: f64,
    },
    /// A file could not be read.
    Failed {
        /// The file's number.
        file: u32,
        /// The reason.
        failure: Failure,
    },
    /// The coordinator made the report.
    Concluded {
        /// The number of the request.
        request: u32,
        /// One for each conference.
        conferences: Vec<Overview>,
        /// The trends, as [`analyzer_wasm::wire::Trend`] orders them.
        trends: Vec<f32>,
    },
    /// The user stopped it.
    Cancelled,
    /// The user closed the call.
    Closed,
    /// Loading cannot continue: workers do not start, the coordinator died, or the sample cannot be fetched.
    Broken(Failure),
    /// Something failed that ends no load.
    Noticed(Failure),
    /// The user dismissed a notice.
    Dismissed(u32),
}

/// What the caller of [`Load::apply`] has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Ask the coordinator for the report.
    Conclude {
        /// The number of the request.
        request: u32,
    },
    /// Let the coordinator forget these files: their load was cancelled.
    Forget {
        /// The files' numbers.
        files: Vec<u32>,
    },
}

impl Load {
    /// The state.
    #[must_use]
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// The open call.
    #[must_use]
    pub fn call(&self) -> Option<&Call> {
        match &self.phase {
            Phase::Open { call } => Some(call),
            Phase::Reading { open, .. } | Phase::Concluding { open, .. } => open.as_ref(),
            Phase::Empty | Phase::Fetching(_) => None,
        }
    }

    /// The files that are being read.
    #[must_use]
    pub fn batch(&self) -> Option<&Batch> {
        match &self.phase {
            Phase::Reading { batch, .. } | Phase::Concluding { batch, .. } => Some(batch),
            Phase::Open { .. } | Phase::Empty | Phase::Fetching(_) => None,
        }
    }

    /// The failures that the user has not dismissed.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Changes the state, and says what has to be done for it.
    pub fn apply(&mut self, step: Step) -> Option<Next> {
        match step {
            Step::Fetching(fetched) => {
                if *self.phase() == Phase::Empty {
                    self.notices.clear();
                }
                self.phase = Phase::Fetching(fetched);
            }
            Step::Begin(batch) => self.begin(batch),
            Step::Started { file, now_ms } => self.with_batch(|batch| batch.start(file, now_ms)),
            Step::Progress { file, bytes, text_bytes, now_ms } => {
                self.with_batch(|batch| batch.progress(file, bytes, text_bytes, now_ms));
            }
            Step::Extracted { file, now_ms } => {
                self.with_batch(|batch| batch.settle(file, true, now_ms));
                return self.conclude_if_settled();
            }
            Step::Failed { file, failure } => {
                self.with_batch(|batch| {
                    batch.refuse(failure);
                    batch.settle(file, false, 0.0);
                });
                return self.conclude_if_settled();
            }
            Step::Concluded { request, conferences, trends } => match self.phase {
                Phase::Concluding { request: wanted, .. } if request == wanted => {
                    self.concluded(conferences, trends);
                }
                // The answer is stale: more files were added, or the load was cancelled.
                _ => {}
            },
            Step::Cancelled => {
                let files = self.batch().map(Batch::numbers).unwrap_or_default();
                self.go_back();
                return (*self.phase() != Phase::Empty && !files.is_empty())
                    .then_some(Next::Forget { files });
            }
            Step::Closed => {
                let (next_notice, next_request) = (self.next_notice, self.next_request);
                *self = Self { next_notice, next_request, ..Self::default() };
            }
            Step::Broken(failure) => {
                self.phase = Phase::Empty;
                self.notice(NoticeContent::One(failure));
            }
            Step::Noticed(failure) => self.notice(NoticeContent::One(failure)),
            Step::Dismissed(id) => self.notices.retain(|notice| notice.id != id),
        }
        None
    }

    fn begin(&mut self, mut batch: Batch) {
        let open = self.call().cloned();
        if let Some(running) = self.batch() {
            batch = running.joined_by(batch);
        } else if open.is_none() {
            self.notices.clear();
        }
        self.phase = Phase::Reading { batch, open };
    }

    fn with_batch(&mut self, change: impl FnOnce(&mut Batch)) {
        if let Phase::Reading { batch, .. } = &mut self.phase {
            change(batch);
        }
    }

    fn conclude_if_settled(&mut self) -> Option<Next> {
        let Phase::Reading { batch, open } = &mut self.phase else { return None };
        if !batch.is_settled() {
            return None;
        }
        let (of, mut refused) = (batch.files().len(), batch.take_refused());
        let next = if batch.any_read() {
            let request = self.next_request;
            self.next_request += 1;
            self.phase = Phase::Concluding { request, batch: batch.clone(), open: open.take() };
            Some(Next::Conclude { request })
        } else {
            self.go_back();
            None
        };
        match refused.len() {
            0 => {}
            1 => refused.drain(..).for_each(|failure| self.notice(NoticeContent::One(failure))),
            _ => {
                refused.sort_by(|one, other| one.file.cmp(&other.file));
                self.notice(NoticeContent::Files { refused, of });
            }
        }
        next
    }

    fn concluded(&mut self, conferences: Vec<Overview>, trends: Vec<f32>) {
        let people = conferences.iter().any(|one| !one.participants.is_empty());
        if !people {
            self.notice(NoticeContent::One(Failure {
                file: String::new(),
                title: "None of these files is the dump of a participant".to_owned(),
                hint:
                    "Add the dumps of the participants' browsers or apps, as the RTCStats server stores them."
                        .to_owned(),
            }));
        }
        if conferences.is_empty() {
            self.go_back();
        } else {
            self.phase = Phase::Open { call: Call::new(conferences, trends) };
        }
    }

    fn go_back(&mut self) {
        self.phase = match self.call() {
            Some(call) => Phase::Open { call: call.clone() },
            None => Phase::Empty,
        };
    }

    fn notice(&mut self, content: NoticeContent) {
        self.notices.push(Notice { id: self.next_notice, content });
        self.next_notice += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::batch::Given;
    use crate::state::samples;

    fn batch(numbers: &[u32]) -> Batch {
        let given = numbers.iter().map(|&number| Given { number, name: format!("{number}.gz"), bytes: 100 });
        Batch::new(given, 1000.0)
    }

    fn failure() -> Failure {
        Failure { file: "1.gz".into(), title: "The file is empty".into(), hint: "Copy it again.".into() }
    }

    fn overview() -> Overview {
        samples::overview("call", &["someone"])
    }

    fn concluded(request: u32, conferences: Vec<Overview>) -> Step {
        Step::Concluded { request, conferences, trends: vec![] }
    }

    fn open() -> Load {
        let mut load = Load::default();
        load.apply(Step::Begin(batch(&[1])));
        assert_eq!(load.apply(Step::Extracted { file: 1, now_ms: 0.0 }), Some(Next::Conclude { request: 0 }));
        load.apply(concluded(0, vec![overview()]));
        load
    }

    #[test]
    fn the_report_is_requested_when_the_last_file_is_done() {
        let mut load = Load::default();
        load.apply(Step::Begin(batch(&[1, 2])));
        assert_eq!(load.apply(Step::Extracted { file: 1, now_ms: 0.0 }), None);
        assert_eq!(
            load.apply(Step::Failed { file: 2, failure: failure() }),
            Some(Next::Conclude { request: 0 })
        );
        assert!(matches!(load.phase(), Phase::Concluding { .. }));
        load.apply(concluded(0, vec![overview()]));
        assert!(matches!(load.phase(), Phase::Open { .. }));
        assert_eq!(load.notices().len(), 1);
    }

    #[test]
    fn failed_files_leave_the_page_empty_with_their_notices() {
        let mut load = Load::default();
        load.apply(Step::Begin(batch(&[1])));
        assert_eq!(load.apply(Step::Failed { file: 1, failure: failure() }), None);
        assert_eq!(load.phase(), &Phase::Empty);
        assert_eq!(load.notices().len(), 1);
        load.apply(Step::Dismissed(load.notices()[0].id));
        assert!(load.notices().is_empty());
    }

    #[test]
    fn an_open_call_stays_while_more_is_read_and_after_cancel_or_failure() {
        for step in [Step::Cancelled, Step::Failed { file: 9, failure: failure() }] {
            let mut load = open();
            let before = load.call().cloned();
            load.apply(Step::Begin(batch(&[9])));
            assert_eq!(load.call().cloned(), before);
            let next = load.apply(step.clone());
            let cancelled = matches!(step, Step::Cancelled).then(|| Next::Forget { files: vec![9] });
            assert_eq!(next, cancelled);
            assert!(matches!(load.phase(), Phase::Open { .. }));
            assert_eq!(load.call().cloned(), before);
        }
    }

    #[test]
    fn cancel_of_a_first_load_and_close_empty_the_page() {
        let mut load = Load::default();
        load.apply(Step::Begin(batch(&[1])));
        load.apply(Step::Cancelled);
        assert_eq!(load.phase(), &Phase::Empty);
        let mut load = open();
        load.apply(Step::Noticed(failure()));
        load.apply(Step::Closed);
        assert_eq!((load.phase(), load.notices()), (&Phase::Empty, &[][..]));
    }

    #[test]
    fn late_messages_of_a_cancelled_load_change_nothing() {
        let mut load = open();
        let before = load.clone();
        assert_eq!(load.apply(Step::Extracted { file: 1, now_ms: 5.0 }), None);
        load.apply(Step::Progress { file: 1, bytes: 5, text_bytes: 5, now_ms: 5.0 });
        assert_eq!(load, before);
    }

    #[test]
    fn files_given_while_others_are_read_join_them() {
        let mut load = Load::default();
        load.apply(Step::Begin(batch(&[1])));
        load.apply(Step::Begin(batch(&[2])));
        assert_eq!(load.apply(Step::Extracted { file: 1, now_ms: 0.0 }), None);
        assert_eq!(load.apply(Step::Extracted { file: 2, now_ms: 0.0 }), Some(Next::Conclude { request: 0 }));
        load.apply(Step::Begin(batch(&[3])));
        load.apply(concluded(0, vec![overview()]));
        assert!(matches!(load.phase(), Phase::Reading { .. }), "an early answer does not end the reading");
        assert_eq!(load.apply(Step::Extracted { file: 3, now_ms: 0.0 }), Some(Next::Conclude { request: 1 }));
    }

    #[test]
    fn cancel_while_the_report_is_made_leaves_the_open_call() {
        let mut load = open();
        let before = load.call().cloned();
        load.apply(Step::Begin(batch(&[9])));
        assert_eq!(load.apply(Step::Extracted { file: 9, now_ms: 0.0 }), Some(Next::Conclude { request: 1 }));
        assert_eq!(load.apply(Step::Cancelled), Some(Next::Forget { files: vec![9] }));
        load.apply(concluded(1, vec![overview()]));
        assert_eq!(load.call().cloned(), before, "the answer comes too late");
    }

    #[test]
    fn several_unreadable_files_give_one_notice_at_the_end() {
        let mut load = Load::default();
        load.apply(Step::Begin(batch(&[1, 2, 3])));
        for file in [1, 2] {
            load.apply(Step::Failed { file, failure: failure() });
            assert!(load.notices().is_empty());
        }
        load.apply(Step::Extracted { file: 3, now_ms: 0.0 });
        load.apply(Step::Begin(batch(&[4])));
        load.apply(Step::Extracted { file: 4, now_ms: 0.0 });
        let [Notice { content: NoticeContent::Files { refused, of }, .. }] = load.notices() else {
            panic!("{load:?}")
        };
        assert_eq!((refused.len(), *of), (2, 3));
    }

    #[test]
    fn a_call_without_participants_gives_a_notice() {
        for (people, notices) in [(&[][..], 1), (&["a"][..], 0)] {
            let mut load = Load::default();
            load.apply(Step::Begin(batch(&[1])));
            load.apply(Step::Extracted { file: 1, now_ms: 0.0 });
            load.apply(concluded(0, vec![samples::overview("call", people)]));
            assert!(matches!(load.phase(), Phase::Open { .. }));
            assert_eq!(load.notices().len(), notices);
            for notice in load.notices() {
                let NoticeContent::One(failure) = &notice.content else { panic!("{notice:?}") };
                assert!(failure.hint.starts_with("Add the dumps"), "{failure:?}");
            }
        }
    }

    #[test]
    fn a_fetch_clears_old_notices_and_ends_in_a_load_or_in_words() {
        for (step, notices) in [(Step::Cancelled, 0), (Step::Broken(failure()), 1)] {
            let mut load = Load::default();
            load.apply(Step::Noticed(failure()));
            load.apply(Step::Fetching(Fetched::default()));
            assert!(load.notices().is_empty());
            assert_eq!(load.apply(step), None);
            assert_eq!((load.phase(), load.notices().len()), (&Phase::Empty, notices));
        }
        let mut load = Load::default();
        load.apply(Step::Fetching(Fetched { bytes: 1, of_bytes: 2 }));
        load.apply(Step::Begin(batch(&[1])));
        assert!(matches!(load.phase(), Phase::Reading { open: None, .. }));
    }

    #[test]
    fn an_answer_without_a_conference_is_said_in_words() {
        let mut load = Load::default();
        load.apply(Step::Begin(batch(&[1])));
        load.apply(Step::Extracted { file: 1, now_ms: 0.0 });
        load.apply(concluded(0, vec![]));
        assert_eq!(load.phase(), &Phase::Empty);
        assert_eq!(load.notices().len(), 1);
    }

    #[test]
    fn a_broken_coordinator_takes_its_call_along() {
        let mut load = open();
        load.apply(Step::Broken(failure()));
        assert_eq!(load.phase(), &Phase::Empty);
        assert_eq!(load.notices().len(), 1);
    }
}
