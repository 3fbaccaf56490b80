//! The index built, or brought up to date, while requests are answered from the old one.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use xunzhang::index::{Collection, Summary, UpdateOptions, collections, update};
use xunzhang::task::{Cancel, Progress};

use crate::cli::fault::Fault;
use crate::cli::reader;

/// The one update that may be running.
#[derive(Default)]
pub(super) struct Building {
    state: Mutex<State>,
}

/// How far it is.
#[derive(Clone, Default)]
pub(super) enum State {
    /// None was started.
    #[default]
    Idle,
    Running(Progress, Cancel),
    /// The last one is done.
    Done(Arc<anyhow::Result<Summary>>),
}

impl Building {
    /// How far it is now.
    pub(super) fn state(&self) -> State {
        self.lock().clone()
    }

    /// Starts an update of the index in `dir` from folders, or, without any, from those that it was built from; whether one was
    /// started: there is one at a time.
    pub(super) fn start(self: &Arc<Self>, dir: &Path, folders: Vec<PathBuf>) -> bool {
        let cancel = Cancel::default();
        {
            let mut state = self.lock();
            if matches!(*state, State::Running(..)) {
                return false;
            }
            *state = State::Running(Progress::default(), cancel.clone());
        }
        let (building, dir) = (Arc::clone(self), dir.to_owned());
        let work = move || {
            // A panic ends the update and not the server: what was committed before is whole.
            let run = std::panic::AssertUnwindSafe(|| building.update(&dir, &folders, &cancel));
            let done = std::panic::catch_unwind(run).unwrap_or_else(|_| Err(Fault.into()));
            *building.lock() = State::Done(Arc::new(done));
        };
        let started = std::thread::Builder::new()
            .name("update".to_owned())
            .spawn(work);
        if let Err(error) = &started {
            *self.lock() = State::Done(Arc::new(Err(std::io::Error::from(error.kind()).into())));
        }
        started.is_ok()
    }

    /// Whether an update is running.
    pub(super) fn is_running(&self) -> bool {
        matches!(*self.lock(), State::Running(..))
    }

    /// Ends the update that is running; the index stays as it was.
    pub(super) fn cancel(&self) {
        if let State::Running(_, cancel) = &*self.lock() {
            cancel.cancel();
        }
    }

    fn update(&self, dir: &Path, folders: &[PathBuf], cancel: &Cancel) -> anyhow::Result<Summary> {
        let known = collections(dir).into_iter();
        let mut roots: Vec<Collection> = known
            .map(|place| Collection {
                name: Some(place.name),
                path: place.path.into(),
            })
            .collect();
        let is_new = |folder: &&PathBuf| roots.iter().all(|root| root.path != **folder);
        let new: Vec<Collection> = folders
            .iter()
            .filter(is_new)
            .cloned()
            .map(Into::into)
            .collect();
        roots.extend(new);
        let options = UpdateOptions {
            read: reader::options(),
            cancel: cancel.clone(),
            ..UpdateOptions::default()
        };
        let moved = |progress: Progress| {
            if let State::Running(known, _) = &mut *self.lock() {
                *known = progress;
            }
        };
        Ok(update(dir, &roots, &options, &moved)?)
    }

    /// A state is replaced as a whole, so that a panic elsewhere leaves a whole one.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(building: &Building) -> Arc<anyhow::Result<Summary>> {
        for _ in 0..1_000 {
            if let State::Done(done) = building.state() {
                return done;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!("the update does not end");
    }

    #[test]
    fn an_update_ends_with_its_summary() {
        let folder = tempfile::tempdir().expect("a folder");
        let reports = folder.path().join("总结");
        std::fs::create_dir(&reports).expect("a folder");
        std::fs::write(reports.join("a.txt"), "2024年工作总结\n全镇修渠三里。\n").expect("a file");
        let building = Arc::new(Building::default());
        let dir = folder.path().join("index");
        assert!(building.start(&dir, vec![reports]));
        assert_eq!(
            done(&building)
                .as_ref()
                .as_ref()
                .map(|summary| summary.documents)
                .ok(),
            Some(1)
        );
        // The next one needs no folders.
        assert!(building.start(&dir, Vec::new()));
        assert_eq!(
            done(&building)
                .as_ref()
                .as_ref()
                .map(|summary| summary.unchanged)
                .ok(),
            Some(1)
        );
    }

    #[test]
    fn a_folder_that_is_missing_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let building = Arc::new(Building::default());
        assert!(building.start(&folder.path().join("index"), vec![folder.path().join("b")]));
        assert!(done(&building).is_err());
    }
}
