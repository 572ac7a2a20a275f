//! The project's own service in this process, serving a built page under a sub-path, with a log of the requests.

use std::future::pending;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use presign_api::Config;
use tokio::runtime::{Builder, Runtime};

/// The path of the page: shared hosts do not serve it at the root.
pub const BASE: &str = "/tools/rtcscope/";

/// One request and the status of its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Path and query.
    pub path: String,
    /// The status of the answer.
    pub status: u16,
}

type Log = Arc<Mutex<Vec<Asked>>>;

/// A served page; it ends when this is dropped.
#[derive(Debug)]
pub struct Site {
    addr: SocketAddr,
    log: Log,
    runtime: Option<Runtime>,
}

impl Site {
    /// Serves a directory under [`BASE`] on a free port.
    ///
    /// # Errors
    /// When the directory holds no page.
    pub fn serve(dir: &Path) -> Result<Self> {
        let config = Config {
            dir: dir.to_path_buf(),
            addr: SocketAddr::from(([127, 0, 0, 1], 0)),
            base: BASE.parse()?,
        };
        let log = Log::default();
        let writer = middleware::from_fn_with_state(Arc::clone(&log), write_down);
        let router = presign_api::router(&config)?.layer(writer);
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let listener = runtime.block_on(presign_api::bind(&config))?;
        let addr = listener.local_addr().context("the socket has no address")?;
        runtime.spawn(presign_api::serve(listener, router, pending()));
        Ok(Self { addr, log, runtime: Some(runtime) })
    }

    /// The page's address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{BASE}", self.addr)
    }

    /// All requests, in the order of the answers.
    #[must_use]
    pub fn asked(&self) -> Vec<Asked> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn write_down(State(log): State<Log>, request: Request, next: Next) -> Response {
    let path = request.uri().to_string();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    log.lock().unwrap_or_else(PoisonError::into_inner).push(Asked { path, status });
    response
}
