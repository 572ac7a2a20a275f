//! The failures of workers, queries, opened files and the sample call, in words for the user.

use analyzer_wasm::wire::Failure;

/// A worker is of another version than the page.
pub(super) fn versions_differ() -> Failure {
    failure(
        "",
        "This page and its analyzer are of different versions",
        "Reload the page, then open the files again.",
    )
}

/// An extract worker ended while it read a file.
pub(super) fn reader_crashed(file: String) -> Failure {
    failure(
        &file,
        "Reading this file failed because of an error in rtcscope, or ran out of memory",
        "The other files are not affected. Open this file alone: that needs less memory. If it fails again, please \
         report it with the file's format and size.",
    )
}

/// A detail worker ended, or did not start.
pub(super) fn detail_crashed(file: String) -> Failure {
    failure(
        &file,
        "Reading all statistics of this file failed because of an error in rtcscope, or ran out of memory",
        "The call itself is not affected. Search again to read the file once more.",
    )
}

/// A query concerns a file whose fields are not in memory, or a call that is not open.
pub(super) fn nothing_to_query(file: Option<String>) -> Failure {
    failure(
        &file.unwrap_or_default(),
        "The data for this view is no longer in memory",
        "Search again to read the file once more, or open the call again.",
    )
}

/// An answer cannot be decoded.
pub(super) fn answer_unreadable() -> Failure {
    failure(
        "",
        "The analyzer sent an answer that this page cannot read",
        "Reload the page, then open the files again. If it happens again, please report it.",
    )
}

/// No extract worker starts.
pub(super) fn no_reader(file: String) -> Failure {
    failure(&file, "The browser did not start the worker that reads files", RELOAD)
}

/// The coordinator does not start.
pub(super) fn no_coordinator() -> Failure {
    failure("", "The browser did not start the worker that makes the report", RELOAD)
}

/// The coordinator ended.
pub(super) fn coordinator_crashed() -> Failure {
    failure(
        "",
        "Making the report failed because of an error in rtcscope, or ran out of memory",
        "Open the files again. Opening fewer files at a time needs less memory.",
    )
}

/// The browser does not accept a download.
pub(super) fn no_download() -> Failure {
    failure(
        "",
        "The browser did not accept the report as a download",
        "Allow downloads for this page and try again.",
    )
}

/// A drop or a chosen folder contains no file.
pub(super) fn nothing_given() -> Failure {
    failure(
        "",
        "There was no file in what was dropped or chosen",
        "Expected Jitsi RTCStats dumps, plain or gzip-compressed: drop or choose such files, or a folder of them.",
    )
}

/// The browser does not open an entry of a drop.
pub(super) fn not_opened(name: String) -> Failure {
    failure(
        &name,
        "The browser could not open this file or folder",
        "Check that it still exists and that you have permission to read it, then open it again.",
    )
}

/// The server does not answer the request for the sample call.
pub(super) fn sample_unreachable() -> Failure {
    failure(
        "",
        "The sample call could not be fetched: the server of this page did not answer",
        "Check the network connection and try again. Your own dumps need none: they are read on this computer.",
    )
}

/// The server does not have the sample call.
pub(super) fn sample_missing() -> Failure {
    failure(
        "",
        "The sample call is not on the server of this page",
        "The operator of this page must add samples.json and the folder samples. Your own dumps work without them.",
    )
}

const RELOAD: &str = "Reload the page. If that does not help, the browser may be too old: rtcscope needs WebAssembly and \
                      module workers.";

fn failure(file: &str, title: &str, hint: &str) -> Failure {
    Failure { file: file.to_owned(), title: title.to_owned(), hint: hint.to_owned() }
}
