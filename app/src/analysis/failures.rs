//! What the page says when a worker, a drop or the sample fails.

use analyzer_wasm::wire::Failure;

/// A page of one version met a worker of another.
pub(super) fn versions_differ() -> Failure {
    failure(
        "",
        "This page and its parts come from different versions",
        "Reload the page, then open the files again.",
    )
}

/// A worker died over a file.
pub(super) fn reader_crashed(file: String) -> Failure {
    failure(
        &file,
        "Reading this file failed inside rtcscope, or ran out of memory",
        "The other files are not affected. Open it again by itself: that needs less memory. If it fails again, please \
         report it with the file's kind and size.",
    )
}

/// A detail worker died, or did not start.
pub(super) fn detail_crashed(file: String) -> Failure {
    failure(
        &file,
        "Reading all statistics of this file failed inside rtcscope, or ran out of memory",
        "The call itself is not affected. Search again to read the file once more.",
    )
}

/// No extract worker starts.
pub(super) fn no_reader(file: String) -> Failure {
    failure(&file, "The browser did not start the part of the page that reads files", RELOAD)
}

/// The coordinator does not start.
pub(super) fn no_coordinator() -> Failure {
    failure("", "The browser did not start the part of the page that makes the report", RELOAD)
}

/// The coordinator died.
pub(super) fn coordinator_crashed() -> Failure {
    failure(
        "",
        "Making the report failed inside rtcscope, or ran out of memory",
        "Open the files again; fewer at a time need less memory.",
    )
}

/// The browser does not take the report.
pub(super) fn no_download() -> Failure {
    failure(
        "",
        "The browser did not accept the report as a download",
        "Allow downloads for this page and try again.",
    )
}

/// A drop or a folder without a file.
pub(super) fn nothing_given() -> Failure {
    failure(
        "",
        "There was no file in what you gave",
        "Expected Jitsi RTCStats dumps, plain or gzip-compressed: drop or choose such files, or a folder of them.",
    )
}

/// The browser does not open something of a drop.
pub(super) fn not_opened(name: String) -> Failure {
    failure(
        &name,
        "The browser could not open this file or folder",
        "Check that it is still there and that you may read it, then drop it again.",
    )
}

/// The sample does not come.
pub(super) fn sample_unreachable() -> Failure {
    failure(
        "",
        "The sample call could not be fetched: the server of this page did not answer",
        "Check the connection and try again. Your own dumps need none: they are read on this machine.",
    )
}

/// The sample is not where it should be.
pub(super) fn sample_missing() -> Failure {
    failure(
        "",
        "The sample call is not on the server of this page",
        "Whoever runs it left out samples.json or the folder samples. Your own dumps work without them.",
    )
}

const RELOAD: &str = "Reload the page. If that does not help, this browser may be too old: rtcscope needs WebAssembly \
                      and module workers.";

fn failure(file: &str, title: &str, hint: &str) -> Failure {
    Failure { file: file.to_owned(), title: title.to_owned(), hint: hint.to_owned() }
}
