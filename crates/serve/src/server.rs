//! The server: from the listener to the last response.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::app::router;
use crate::config::Config;
use crate::problem::problem;
use crate::request;

/// Why the service could not start.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The address is taken, or not this machine's.
    #[error("cannot listen on {address}: {error}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        error: io::Error,
    },
    /// The system gives no threads, or no signals.
    #[error("cannot start: {0}")]
    Start(#[from] io::Error),
}

/// Serves until the program is interrupted (Ctrl-C, SIGTERM). `ready` is called with the address once
/// the service listens.
///
/// # Errors
/// If it cannot listen.
pub fn run(config: Config, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        // A thread for each check; the others answer requests.
        .max_blocking_threads(config.checks.clamp(1, 512))
        .build()?;
    runtime.block_on(async {
        let address = config.address;
        let listen = |error| ServeError::Listen { address, error };
        let listener = TcpListener::bind(address).await.map_err(listen)?;
        let stop = interrupted()?;
        ready(listener.local_addr()?);
        serve(listener, config, stop).await;
        Ok(())
    })
}

/// Waits for Ctrl-C or SIGTERM.
fn interrupted() -> io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut ended = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    Ok(async move {
        #[cfg(unix)]
        let ended = async move { ended.recv().await };
        #[cfg(not(unix))]
        let ended = std::future::pending::<Option<()>>();
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = ended => {}
        }
    })
}

/// Serves the connections of a listener until `stop` is ready; then ends with the requests under
/// way, or after the time that the configuration gives them.
pub async fn serve(listener: TcpListener, config: Config, stop: impl Future<Output = ()>) {
    let connections = Arc::new(Semaphore::new(config.connections));
    let (timeout, shutdown_timeout) = (config.timeout, config.shutdown_timeout);
    let hosts = config.clone();
    let guard = axum::middleware::from_fn(move |request: Request, next: Next| {
        let allowed = request::host(&request, &hosts);
        async move {
            match allowed {
                Ok(()) => next.run(request).await,
                Err((status, title)) => problem(status, title),
            }
        }
    });
    let service = TowerToHyperService::new(router(config).layer(guard));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = async {
            let permit = Arc::clone(&connections).acquire_owned().await;
            (permit, listener.accept().await)
        };
        let (permit, accepted) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, _)) = accepted else {
            // Out of file descriptors, most likely: some connection has to end first.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(timeout)
            .serve_connection(TokioIo::new(stream), service.clone());
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A connection that breaks concerns nobody else.
            let _ = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(shutdown_timeout, graceful.shutdown()).await;
}
