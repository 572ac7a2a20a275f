//! Listens, answers and stops.

use std::future::Future;
use std::io;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::config::Config;
use crate::error::StartError;

/// How long an answer that is under way may take once the service is told to stop.
const GRACE: Duration = Duration::from_secs(5);

/// Takes the address.
///
/// # Errors
/// When the address is in use or not this machine's.
pub async fn bind(config: &Config) -> Result<TcpListener, StartError> {
    let addr = config.addr;
    TcpListener::bind(addr).await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => StartError::PortInUse(addr),
        _ => StartError::Listen { addr, source },
    })
}

/// Answers until `stop` is done, then lets answers under way finish for a few seconds.
///
/// # Errors
/// When the socket fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (stopping, mut stopped) = watch::channel(false);
    let told = async move {
        stop.await;
        stopping.send_replace(true);
    };
    let answering = axum::serve(listener, router).with_graceful_shutdown(told).into_future();
    let overtime = async move {
        if stopped.wait_for(|stopped| *stopped).await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        ended = answering => ended,
        () = overtime => Ok(()),
    }
}
