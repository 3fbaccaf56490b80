//! What all requests share: the index, the workers, the answers that were given.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::building::Building;
use super::cache::Answers;
use super::guard::Guard;
use super::jobs::Jobs;
use super::opened::Opened;
use super::questions::Load;
use super::running::identity;
use crate::cli::session::{Session, threads};

/// How long a request waits for a worker.
const PATIENCE: Duration = Duration::from_secs(20);

/// Bodies that are read at once.
const MAX_BODIES: usize = 16;

/// What all requests share.
pub(super) struct App {
    pub(super) opened: Opened,
    pub(super) session: Session,
    pub(super) answers: Answers,
    pub(super) guard: Guard,
    pub(super) building: Arc<Building>,
    pub(super) jobs: Jobs,
    /// Requests whose bodies are read: each may take memory and a file.
    pub(super) bodies: Semaphore,
    light: Arc<Semaphore>,
    heavy: Arc<Semaphore>,
}

/// Why a job has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotDone {
    /// No worker was free.
    Busy,
    /// It failed for a reason that is a fault of the program.
    Failed,
}

impl App {
    pub(super) fn new(session: Session, guard: Guard) -> Self {
        Self {
            opened: Opened::new(&session.index),
            session,
            answers: Answers::new(),
            guard,
            building: Arc::default(),
            jobs: Jobs::default(),
            bodies: Semaphore::new(MAX_BODIES),
            // More at once would only share the processors, and each would wait longer for its end.
            light: Arc::new(Semaphore::new(threads().get())),
            // One that uses all processors; short questions are answered beside it.
            heavy: Arc::new(Semaphore::new(1)),
        }
    }

    /// What the index is called among servers of this machine.
    pub(super) fn identity(&self) -> String {
        identity(&self.session.index)
    }

    /// Runs a job on a thread of its own when its turn has come.
    ///
    /// # Errors
    /// [`NotDone`]; the job goes on if who asked has gone.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        load: Load,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NotDone> {
        let turn = timeout(PATIENCE, self.turn(load)).await;
        turn.map_err(|_| NotDone::Busy)??.run(job).await
    }

    /// The same, however long the others take.
    pub(super) async fn work_in_turn<T: Send + 'static>(
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
