//! Start-up errors. Each message names a way to fix the problem.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use thiserror::Error;

use crate::assets::HeaderRuleError;

/// Why the service cannot start.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StartError {
    /// The directory of the page does not exist.
    #[error("{} is not a directory: build the page first with `cargo xtask build`, or set its directory with --dir", .0.display())]
    NoDirectory(PathBuf),
    /// The directory contains no page.
    #[error("{} contains no index.html: build the page with `cargo xtask build`", .0.display())]
    NoPage(PathBuf),
    /// The `_headers` file cannot be read; without it the page would be served without its security policy.
    #[error("{} cannot be read ({source}): it contains the security headers and is written by `cargo xtask build`", path.display())]
    NoHeaders {
        /// Path of the file.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// The `_headers` file has an invalid line.
    #[error("{}: {source}", path.display())]
    BadHeaders {
        /// Path of the file.
        path: PathBuf,
        /// The invalid line.
        source: HeaderRuleError,
    },
    /// The base path is invalid.
    #[error("--base {0:?} is not a path such as /tools/rtcscope/")]
    BadBase(String),
    /// The address is invalid.
    #[error("--addr {0:?} is not an address such as 127.0.0.1:8600")]
    BadAddress(String),
    /// Another process listens on this address.
    #[error("port {} is in use on {}: choose another with --addr {}:PORT (0 selects a free port)", .0.port(), .0.ip(), host(*.0))]
    PortInUse(SocketAddr),
    /// The address cannot be bound.
    #[error("cannot listen on {addr} ({source}): choose another address with --addr")]
    Listen {
        /// The address.
        addr: SocketAddr,
        /// The error of the system.
        source: io::Error,
    },
}

fn host(addr: SocketAddr) -> String {
    match addr {
        SocketAddr::V4(v4) => v4.ip().to_string(),
        SocketAddr::V6(v6) => format!("[{}]", v6.ip()),
    }
}
