//! Worker threads: short work at once, long work one after the other.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::questions::Load;
use crate::cli::session::threads;

/// How long a request waits for a worker.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why a job has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotDone {
    /// No worker was free.
    Busy,
    /// It failed for a reason that is a fault of the program.
    Failed,
}

/// Worker threads that requests share.
#[derive(Debug)]
pub(crate) struct Workers {
    light: Arc<Semaphore>,
    heavy: Arc<Semaphore>,
}

impl Workers {
    pub(crate) fn new() -> Self {
        Self {
            // More at once would only share the processors, and each would wait longer for its end.
            light: Arc::new(Semaphore::new(threads().get())),
            // One that uses all processors; short questions are answered beside it.
            heavy: Arc::new(Semaphore::new(1)),
        }
    }

    /// Runs a job on a thread of its own when its turn has come.
    ///
    /// # Errors
    /// [`NotDone`]; the job goes on if who asked has gone.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        load: Load,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NotDone> {
        let turn = timeout(PATIENCE, self.turn(load)).await;
        turn.map_err(|_| NotDone::Busy)??.run(job).await
    }

    /// The same, however long the others take.
    pub(crate) async fn work_in_turn<T: Send + 'static>(
        &self,
        load: Load,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NotDone> {
        self.turn(load).await?.run(job).await
    }

    async fn turn(&self, load: Load) -> Result<Turn, NotDone> {
        let workers = match load {
            Load::Light => &self.light,
            Load::Heavy => &self.heavy,
        };
        let turn = Arc::clone(workers).acquire_owned().await;
        turn.map(|permit| Turn { _permit: permit })
            .map_err(|_| NotDone::Busy)
    }
}

/// A worker that is free.
struct Turn {
    _permit: OwnedSemaphorePermit,
}

impl Turn {
    async fn run<T: Send + 'static>(
        self,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NotDone> {
        let done = spawn_blocking(move || {
            let done = job();
            drop(self);
            done
        });
        done.await.map_err(|_| NotDone::Failed)
    }
}
