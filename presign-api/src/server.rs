//! Binds the address, serves requests and shuts down gracefully.

use std::future::Future;
use std::io;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::config::Config;
use crate::error::StartError;

/// How long requests in progress may take after shutdown was requested.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// Binds the configured address.
///
/// # Errors
/// If the address is in use or does not belong to this machine.
pub async fn bind(config: &Config) -> Result<TcpListener, StartError> {
    let addr = config.addr;
    TcpListener::bind(addr).await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => StartError::PortInUse(addr),
        _ => StartError::Listen { addr, source },
    })
}

/// Serves requests until `stop` completes, then waits a few seconds for requests in progress.
///
/// # Errors
/// If the socket fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (sender, mut receiver) = watch::channel(false);
    let shutdown = async move {
        stop.await;
        sender.send_replace(true);
    };
    let serving = axum::serve(listener, router).with_graceful_shutdown(shutdown).into_future();
    let timeout = async move {
        if receiver.wait_for(|stopped| *stopped).await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(SHUTDOWN_TIMEOUT).await;
    };
    tokio::select! {
        result = serving => result,
        () = timeout => Ok(()),
    }
}
