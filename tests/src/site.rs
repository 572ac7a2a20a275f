//! The project's own service in this process, serving a built page under a sub-path, with a log of what was asked.

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

/// Where shared hosts put things: not at the root.
pub const BASE: &str = "/tools/rtcscope/";

type Asked = Arc<Mutex<Vec<String>>>;

/// A served page; it ends when this is dropped.
#[derive(Debug)]
pub struct Site {
    addr: SocketAddr,
    asked: Asked,
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
        let asked = Asked::default();
        let log = middleware::from_fn_with_state(Arc::clone(&asked), write_down);
        let router = presign_api::router(&config)?.layer(log);
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let listener = runtime.block_on(presign_api::bind(&config))?;
        let addr = listener.local_addr().context("the socket has no address")?;
        runtime.spawn(presign_api::serve(listener, router, pending()));
        Ok(Self { addr, asked, runtime: Some(runtime) })
    }

    /// The page's address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{BASE}", self.addr)
    }

    /// Every path and query that was asked for, in order.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn write_down(State(asked): State<Asked>, request: Request, next: Next) -> Response {
    asked.lock().unwrap_or_else(PoisonError::into_inner).push(request.uri().to_string());
    next.run(request).await
}
