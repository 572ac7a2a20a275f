//! An allocator that counts the allocated bytes and their peak during a measurement.
//!
//! Written here because the crates that do this either copy at every reallocation, which costs time and counts twice,
//! or report the peak but not the retained bytes. Timed runs are not counted: they only check one flag.
#![expect(
    unsafe_code,
    reason = "an allocator is unsafe by its trait; every call goes to the system's as it came"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicIsize, Ordering::Relaxed};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

static IS_COUNTING: AtomicBool = AtomicBool::new(false);
/// Allocated bytes relative to the start of counting; negative if older blocks were freed.
static LIVE: AtomicIsize = AtomicIsize::new(0);
static PEAK: AtomicIsize = AtomicIsize::new(0);

/// The system's allocator with counters.
struct Counting;

/// Memory use of a piece of work, in bytes above the allocated bytes at its start.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Memory {
    /// The peak.
    pub(crate) peak: usize,
    /// Bytes retained by the result.
    pub(crate) kept: usize,
}

/// Runs the work and counts its allocations. No other thread may allocate meanwhile.
pub(crate) fn counted<T>(work: impl FnOnce() -> T) -> (T, Memory) {
    LIVE.store(0, Relaxed);
    PEAK.store(0, Relaxed);
    IS_COUNTING.store(true, Relaxed);
    let result = work();
    IS_COUNTING.store(false, Relaxed);
    let bytes = |counter: &AtomicIsize| usize::try_from(counter.load(Relaxed)).unwrap_or(0);
    (result, Memory { peak: bytes(&PEAK), kept: bytes(&LIVE) })
}

/// Counts a change of a block's size from old to new.
fn count(old: usize, new: usize) {
    if IS_COUNTING.load(Relaxed) {
        // No block is larger than `isize::MAX`.
        let change = new.wrapping_sub(old).cast_signed();
        let live = LIVE.load(Relaxed) + change;
        LIVE.store(live, Relaxed);
        PEAK.store(PEAK.load(Relaxed).max(live), Relaxed);
    }
}

// SAFETY: every call is passed on unchanged, so the requirements and guarantees of `System` hold.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(0, layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(0, layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        count(layout.size(), 0);
        unsafe { System.dealloc(block, layout) };
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        count(layout.size(), new_size);
        unsafe { System.realloc(block, layout, new_size) }
    }
}
