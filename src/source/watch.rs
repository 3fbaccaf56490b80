//! Waits for files to change.
//!
//! Events of the system are only taken as a signal: the caller examines all files again, so that nothing
//! is lost when events are, as in a burst of thousands.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::plain::real;

/// A watch over folders.
pub struct Changes {
    knocks: Receiver<()>,
    /// Ends the watch when it is dropped.
    _watcher: RecommendedWatcher,
}

/// When a burst of changes is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Duration without any further change.
    pub quiet: Duration,
    /// Maximum waiting time since the first change.
    pub most: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            quiet: Duration::from_millis(500),
            most: Duration::from_secs(5),
        }
    }
}

impl Changes {
    /// Watches `roots` and all folders below them, but nothing below `ignored`.
    ///
    /// # Errors
    /// Errors of the system, such as more folders than may be watched.
    pub fn watch(roots: &[PathBuf], ignored: &Path) -> std::io::Result<Self> {
        let ignored = real(ignored).unwrap_or_else(|_| ignored.to_owned());
        // At most one signal is pending: more would carry no information.
        let (knock, knocks) = sync_channel(1);
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // An error may hide a change, so that it counts as one.
            if event
                .as_ref()
                .map_or(true, |event| is_change(event, &ignored))
            {
                let _ = knock.try_send(());
            }
        })
        .map_err(system_error)?;
        for root in roots {
            let root = real(root)?;
            watcher
                .watch(&root, RecursiveMode::Recursive)
                .map_err(system_error)?;
        }
        Ok(Self {
            knocks,
            _watcher: watcher,
        })
    }

    /// Blocks until something changed and the burst of changes is over; false if nothing changed for `limit`.
    pub fn wait(&self, patience: Patience, limit: Duration) -> bool {
        if self.knocks.recv_timeout(limit).is_err() {
            return false;
        }
        let first = Instant::now();
        while first.elapsed() < patience.most {
            match self.knocks.recv_timeout(patience.quiet) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        true
    }
}

/// Whether files may have changed; reading them is not a change.
fn is_change(event: &Event, ignored: &Path) -> bool {
    let is_kind = match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    };
    let is_outside = |path: &PathBuf| !path.starts_with(ignored);
    // The index itself is often below a watched folder and changes with every update.
    is_kind && (event.paths.is_empty() || event.paths.iter().any(is_outside))
}

fn system_error(error: notify::Error) -> std::io::Error {
    match error.kind {
        notify::ErrorKind::Io(error) => error,
        _ => std::io::Error::other(error),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn changes_wake_the_watcher_and_reads_do_not() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("文");
        let index = root.join("index");
        fs::create_dir_all(&index).expect("folders");
        fs::write(root.join("甲.txt"), "甲").expect("a file");
        let changes = Changes::watch(std::slice::from_ref(&root), &index).expect("a watch");
        let patience = Patience {
            quiet: Duration::from_millis(50),
            most: Duration::from_millis(400),
        };
        let wait = |limit| changes.wait(patience, Duration::from_millis(limit));
        fs::read(root.join("甲.txt")).expect("the file");
        fs::write(index.join("段"), "x").expect("a file");
        assert!(!wait(300));
        fs::create_dir(root.join("新")).expect("a folder");
        assert!(wait(5000));
        fs::write(root.join("新/乙.txt"), "乙").expect("a file");
        assert!(wait(5000));
        for n in 0..300 {
            fs::write(root.join(format!("{n}.txt")), "丙").expect("a file");
        }
        assert!(wait(5000));
        fs::remove_file(root.join("甲.txt")).expect("a file to remove");
        assert!(wait(5000));
        while wait(300) {}
    }
}
