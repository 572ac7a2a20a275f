//! Why the service could not start, in words that name the way out.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use thiserror::Error;

use crate::assets::HeaderRuleError;

/// Everything that can go wrong before the first request.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StartError {
    /// The directory to serve is not there.
    #[error("{} is not a directory: build the page first with `cargo xtask build`, or name its place with --dir", .0.display())]
    NoDirectory(PathBuf),
    /// The directory holds no page.
    #[error("{} holds no index.html: build the page with `cargo xtask build`", .0.display())]
    NoPage(PathBuf),
    /// Without this file the page would be served without its policy.
    #[error("{} cannot be read ({source}): it holds the security headers, and `cargo xtask build` puts it there", path.display())]
    NoHeaders {
        /// Where it was looked for.
        path: PathBuf,
        /// What reading it gave.
        source: io::Error,
    },
    /// The file of headers has a line that means nothing.
    #[error("{}: {source}", path.display())]
    BadHeaders {
        /// The file.
        path: PathBuf,
        /// The line and what is wrong with it.
        source: HeaderRuleError,
    },
    /// The base path is not usable.
    #[error("--base {0:?} is not a path such as /tools/rtcscope/")]
    BadBase(String),
    /// The address is not usable.
    #[error("--addr {0:?} is not an address such as 127.0.0.1:8600")]
    BadAddress(String),
    /// Somebody else listens there.
    #[error("port {} is in use on {}: choose another with --addr {}:PORT (0 takes any free one)", .0.port(), .0.ip(), host(*.0))]
    PortInUse(SocketAddr),
    /// The address cannot be listened on.
    #[error("cannot listen on {addr} ({source}): choose another address with --addr")]
    Listen {
        /// The address.
        addr: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
}

fn host(addr: SocketAddr) -> String {
    match addr {
        SocketAddr::V4(v4) => v4.ip().to_string(),
        SocketAddr::V6(v6) => format!("[{}]", v6.ip()),
    }
}
