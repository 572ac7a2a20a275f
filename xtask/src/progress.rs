//! Says what is being done and how long it took.

use std::time::{Duration, Instant};

use anyhow::Result;

/// Announces the work, does it, and says how long it took.
pub(crate) fn step<T>(title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    begin(title);
    let start = Instant::now();
    let done = work();
    let took = time_text(start.elapsed());
    println!("    {} ({took})", if done.is_ok() { "done" } else { "failed" });
    done
}

/// Announces work whose own last words must stay the last.
pub(crate) fn begin(title: &str) {
    println!("==> {title}");
}

/// A remark that belongs to the present step.
pub(crate) fn note(text: &str) {
    println!("    {text}");
}

/// A duration as people say it: `0.4 s`, `12 s`, `3 min 05 s`.
pub(crate) fn time_text(took: Duration) -> String {
    let seconds = took.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", took.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, time_text};

    #[test]
    fn durations_read_well() {
        assert_eq!(time_text(Duration::from_millis(440)), "0.4 s");
        assert_eq!(time_text(Duration::from_millis(12_900)), "12 s");
        assert_eq!(time_text(Duration::from_secs(185)), "3 min 05 s");
    }
}
