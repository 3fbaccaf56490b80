//! Where a command writes its answer: short ones are kept whole, long ones are sent while they are written.

use std::io::{self, ErrorKind, Write};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

/// Bytes of an answer that is kept whole; ten pages of hits have some 50 KB.
const WHOLE: usize = 2 << 20;
/// Bytes that are sent at once.
const PIECE: usize = 64 << 10;
/// Pieces that wait for a client.
const WAITING: usize = 8;
/// How long a piece waits. A client that takes none in this time does not keep a worker.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long all of an answer may take: pieces that are taken one in ten seconds would hold a worker for hours.
const WHOLE_PATIENCE: Duration = Duration::from_secs(300);

/// A piece of an answer, or that the rest is missing.
pub(super) type Piece = io::Result<Bytes>;

/// What a worker hands over first.
#[derive(Debug)]
pub(super) enum Begun<T> {
    /// All of it.
    Whole(T),
    /// The pieces to come.
    Pieces(mpsc::Receiver<Piece>),
}

/// A writer that turns into a stream when it has too much.
pub(super) struct Outlet<T> {
    kept: Vec<u8>,
    begin: Option<oneshot::Sender<Begun<T>>>,
    pieces: Option<mpsc::Sender<Piece>>,
    runtime: Handle,
    started: Instant,
}

impl<T> Outlet<T> {
    /// An outlet, and where its beginning arrives.
    pub(super) fn new(runtime: Handle) -> (Self, oneshot::Receiver<Begun<T>>) {
        let (begin, begun) = oneshot::channel();
        let outlet = Self {
            kept: Vec::new(),
            begin: Some(begin),
            pieces: None,
            runtime,
            started: Instant::now(),
        };
        (outlet, begun)
    }

    /// Ends the answer: `whole` makes one of all bytes, unless they have been sent already.
    pub(super) fn finish(mut self, is_failed: bool, whole: impl FnOnce(Vec<u8>) -> T) {
        let kept = std::mem::take(&mut self.kept);
        match self.begin.take() {
            // Who asked may have gone.
            Some(begin) => drop(begin.send(Begun::Whole(whole(kept)))),
            None if is_failed => {
                // The connection is broken off: an answer that lacks its end must not look whole.
                let rest = io::Error::from(ErrorKind::Other);
                let _ = self.send(Err(rest));
            }
            None => drop(self.send(Ok(kept.into()))),
        }
    }

    fn send(&mut self, piece: Piece) -> io::Result<()> {
        let Some(pieces) = &self.pieces else {
            return Ok(());
        };
        if self.started.elapsed() > WHOLE_PATIENCE {
            return Err(ErrorKind::TimedOut.into());
        }
        let sent = self.runtime.block_on(timeout(PATIENCE, pieces.send(piece)));
        match sent {
            Ok(Ok(())) => Ok(()),
            // The client is gone, or takes nothing.
            _ => Err(ErrorKind::BrokenPipe.into()),
        }
    }
}

impl<T> Write for Outlet<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.kept.extend_from_slice(bytes);
        if self.kept.len() > WHOLE
            && let Some(begin) = self.begin.take()
        {
            let (pieces, receiver) = mpsc::channel(WAITING);
            self.pieces = Some(pieces);
            begin
                .send(Begun::Pieces(receiver))
                .map_err(|_| ErrorKind::BrokenPipe)?;
        }
        if self.begin.is_none() && self.kept.len() >= PIECE {
            let mut kept = Bytes::from(std::mem::take(&mut self.kept));
            // What was written at once may be many pieces.
            while !kept.is_empty() {
                let piece = kept.split_to(kept.len().min(PIECE));
                self.send(Ok(piece))?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
