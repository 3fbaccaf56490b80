//! What all requests share: the index, the workers, the answers that were given.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::building::Building;
use super::cache::Answers;
use super::guard::Guard;
use super::jobs::Jobs;
use super::opened::Opened;
use super::running::identity;
use super::workers::Workers;
use crate::cli::session::Session;

/// Bodies that are read at once.
const MAX_BODIES: usize = 16;

/// What all requests share.
pub(super) struct App {
    pub(super) opened: Opened,
    pub(super) session: Session,
    pub(super) answers: Answers,
    pub(super) guard: Arc<Guard>,
    pub(super) building: Arc<Building>,
    pub(super) jobs: Jobs,
    /// Requests whose bodies are read: each may take memory and a file.
    pub(super) bodies: Semaphore,
    pub(super) workers: Workers,
}

impl App {
    pub(super) fn new(session: Session, guard: Guard) -> Self {
        Self {
            opened: Opened::new(&session.index),
            session,
            answers: Answers::new(),
            guard: Arc::new(guard),
            building: Arc::default(),
            jobs: Jobs::default(),
            bodies: Semaphore::new(MAX_BODIES),
            workers: Workers::new(),
        }
    }

    /// What the index is called among servers of this machine.
    pub(super) fn identity(&self) -> String {
        identity(&self.session.index)
    }
}
