//! Prints the current step and its duration.

use std::time::{Duration, Instant};

use anyhow::Result;

/// Prints `title`, runs `work`, and prints the result and the duration.
pub(crate) fn step<T>(title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    begin(title);
    let start = Instant::now();
    let result = work();
    let duration = format_duration(start.elapsed());
    println!("    {} ({duration})", if result.is_ok() { "done" } else { "failed" });
    result
}

/// Prints the title of a step whose own output must be the last on the terminal.
pub(crate) fn begin(title: &str) {
    println!("==> {title}");
}

/// Prints a line that belongs to the current step.
pub(crate) fn note(text: &str) {
    println!("    {text}");
}

/// A rounded duration: `0.4 s`, `12 s`, `3 min 05 s`.
pub(crate) fn format_duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", duration.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, format_duration};

    #[test]
    fn durations_have_fitting_units() {
        assert_eq!(format_duration(Duration::from_millis(440)), "0.4 s");
        assert_eq!(format_duration(Duration::from_millis(12_900)), "12 s");
        assert_eq!(format_duration(Duration::from_secs(185)), "3 min 05 s");
    }
}
