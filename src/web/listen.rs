//! Connections: where they are taken, what they may cost, how they end.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
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

/// A server that listens, and whose end by a signal is seen to from then on.
pub(crate) struct Listening {
    listeners: Vec<TcpListener>,
    signal: Pin<Box<dyn Future<Output = ()> + Send>>,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

impl Listening {
    /// Listens at an address; on loopback at both, since `localhost` may mean either.
    ///
    /// # Errors
    /// What the system says: the port is taken, say.
    pub(crate) async fn at(address: SocketAddr) -> io::Result<Self> {
        let first = TcpListener::bind(address).await?;
        let address = first.local_addr()?;
        let other = match address.ip() {
            ip if ip == Ipv4Addr::LOCALHOST => Some(Ipv6Addr::LOCALHOST.into()),
            ip if ip == Ipv6Addr::LOCALHOST => Some(Ipv4Addr::LOCALHOST.into()),
            _ => None,
        };
        let mut listeners = vec![first];
        if let Some(other) = other {
            // A machine without IPv6 has the first alone.
            let other = SocketAddr::new(other, address.port());
            listeners.extend(TcpListener::bind(other).await.ok());
        }
        Ok(Self {
            listeners,
            signal: Box::pin(signal()?),
            address,
        })
    }

    /// Takes connections until a signal ends the process.
    pub(crate) async fn accept_until_signal(mut self, router: Router) -> Open {
        let connections = Arc::new(Semaphore::new(MAX_CONNECTIONS));
        let graceful = GracefulShutdown::new();
        loop {
            // A free place comes before a connection is taken: others wait in the system's queue.
            let place = tokio::select! {
                () = &mut self.signal => break,
                place = Arc::clone(&connections).acquire_owned() => place,
            };
            let Ok(place) = place else { break };
            let stream = tokio::select! {
                () = &mut self.signal => break,
                stream = accept(&self.listeners) => stream,
            };
            match stream {
                Ok(stream) => serve_connection(stream, place, &router, &graceful),
                // Too many open files: some will be closed.
                Err(_) => sleep(Duration::from_millis(50)).await,
            }
        }
        Open(graceful)
    }
}

/// Connections that are still open when no more are taken.
pub(crate) struct Open(GracefulShutdown);

impl Open {
    /// Waits for requests that are running; what takes longer is broken off.
    pub(crate) async fn close(self) {
        let _ = timeout(LAST_REQUESTS, self.0.shutdown()).await;
    }
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

/// Waits for a signal to end. Signals are caught from the call on, not from the first poll: a server says where it listens,
/// and a client sends its first message, before anybody waits.
///
/// # Errors
/// What the system says if they can't be caught.
#[cfg(unix)]
pub(crate) fn signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => (),
            _ = interrupt.recv() => (),
        }
    })
}

/// Waits for a signal to end. Signals are caught from the call on.
///
/// # Errors
/// What the system says if they can't be caught.
#[cfg(windows)]
pub(crate) fn signal() -> io::Result<impl Future<Output = ()>> {
    let mut pressed = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        pressed.recv().await;
    })
}
