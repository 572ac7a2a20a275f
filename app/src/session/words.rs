//! What the page says when a worker fails.

use analyzer_wasm::protocol::Failure;

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
        "The other files are not affected. Please report this, with the file's kind and size.",
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

const RELOAD: &str = "Reload the page. If that does not help, this browser may be too old: rtcscope needs WebAssembly \
                      and module workers.";

fn failure(file: &str, title: &str, hint: &str) -> Failure {
    Failure { file: file.to_owned(), title: title.to_owned(), hint: hint.to_owned() }
}
