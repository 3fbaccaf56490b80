//! Connections: where they are taken, what they may cost, how they end.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;

/// Connections at once; a browser opens six.
const MAX_CONNECTIONS: usize = 512;
/// How long the head of a request may take, and how long a connection waits for the next one.
// Short, since a client that sends nothing takes a place from others.
const HEAD_PATIENCE: Duration = Duration::from_secs(5);
/// How long a client may take to read a piece of an answer.
const WRITE_PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of the head of a request, its URL included: a query of 4,000 Han characters.
const MAX_HEAD: usize = 64 << 10;
/// How long requests that are running when the server is to end may take.
pub(super) const LAST_REQUESTS: Duration = Duration::from_secs(30);

/// Listens at an address; on loopback at both, since `localhost` may mean either.
///
/// # Errors
/// What the system says: the port is taken, say.
pub(crate) async fn listeners(address: SocketAddr) -> io::Result<(Vec<TcpListener>, SocketAddr)> {
    let first = TcpListener::bind(address).await?;
    let bound = first.local_addr()?;
    let other = match bound.ip() {
        ip if ip == Ipv4Addr::LOCALHOST => Some(Ipv6Addr::LOCALHOST.into()),
        ip if ip == Ipv6Addr::LOCALHOST => Some(Ipv4Addr::LOCALHOST.into()),
        _ => None,
    };
    let mut all = vec![first];
    if let Some(other) = other {
        // A machine without IPv6 has the first alone.
        let other = SocketAddr::new(other, bound.port());
        all.extend(TcpListener::bind(other).await.ok());
    }
    Ok((all, bound))
}

/// Connections that are still open when no more are taken.
pub(crate) struct Open(GracefulShutdown);

impl Open {
    /// Waits for requests that are running; what takes longer is broken off.
    pub(crate) async fn close(self) {
        let _ = timeout(LAST_REQUESTS, self.0.shutdown()).await;
    }
}

/// Takes connections until a signal ends the process.
///
/// # Errors
/// What the system says if it can't wait for signals.
pub(crate) async fn accept_until_signal(
    listeners: Vec<TcpListener>,
    router: Router,
) -> io::Result<Open> {
    let connections = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut signal = std::pin::pin!(signal());
    loop {
        // A free place comes before a connection is taken: others wait in the system's queue.
        let place = tokio::select! {
            ended = &mut signal => { ended?; break; }
            place = Arc::clone(&connections).acquire_owned() => place,
        };
        let Ok(place) = place else { break };
        let stream = tokio::select! {
            ended = &mut signal => { ended?; break; }
            stream = accept(&listeners) => stream,
        };
        match stream {
            Ok(stream) => serve_connection(stream, place, &router, &graceful),
            // Too many open files: some will be closed.
            Err(_) => sleep(Duration::from_millis(50)).await,
        }
    }
    Ok(Open(graceful))
}

/// The next connection of any listener.
async fn accept(listeners: &[TcpListener]) -> io::Result<TcpStream> {
    std::future::poll_fn(|context| {
        for listener in listeners {
            if let std::task::Poll::Ready(accepted) = listener.poll_accept(context) {
                return std::task::Poll::Ready(accepted.map(|(stream, _)| stream));
            }
        }
        std::task::Poll::Pending
    })
    .await
}

fn serve_connection(
    stream: TcpStream,
    place: OwnedSemaphorePermit,
    router: &Router,
    graceful: &GracefulShutdown,
) {
    // Answers are written at once: waiting to fill a packet would delay each by 40 ms.
    let _ = stream.set_nodelay(true);
    let service = TowerToHyperService::new(router.clone());
    // A client that does not read its answers loses its place to others.
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_PATIENCE));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_PATIENCE)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(Box::pin(stream)), service);
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        // A client that disconnects is not an error of the server.
        let _ = connection.await;
        drop(place);
    });
}

/// Waits for a signal to end.
#[cfg(unix)]
pub(crate) async fn signal() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        pressed = tokio::signal::ctrl_c() => pressed,
    }
}

/// Waits for a signal to end.
#[cfg(not(unix))]
pub(crate) async fn signal() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
