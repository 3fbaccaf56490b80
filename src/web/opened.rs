//! The index that requests are answered from, opened again when there is a new commit.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use xunzhang::index::{Error, Index, Result};

/// How often the folder is looked at for a new commit.
// One look costs microseconds, and half a second after an update is not noticed.
pub(super) const PAUSE: Duration = Duration::from_millis(500);

/// An index in use. Requests keep the one that they began with; the next ones get the newest.
pub(super) struct Opened {
    dir: PathBuf,
    current: RwLock<Current>,
}

struct Current {
    index: std::result::Result<Arc<Index>, Arc<Error>>,
    /// What the folder looked like before it was opened.
    seen: Seen,
    /// Whether all of its bytes have been compared with their checksums.
    is_checked: bool,
}

/// Length and time of the file that each commit replaces.
type Seen = Option<(u64, Option<SystemTime>)>;

impl Opened {
    /// Opens the index in `dir`, if there is one.
    pub(super) fn new(dir: &Path) -> Self {
        let seen = seen(dir);
        let index = Index::open(dir).map(Arc::new).map_err(Arc::new);
        Self {
            dir: dir.to_owned(),
            current: RwLock::new(Current {
                index,
                seen,
                is_checked: false,
            }),
        }
    }

    /// The index as it is now.
    ///
    /// # Errors
    /// Why it could not be opened.
    pub(super) fn index(&self) -> std::result::Result<Arc<Index>, Arc<Error>> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        current.index.clone()
    }

    /// Opens it again if there is another commit; whether there is.
    ///
    /// An index that can't be opened leaves the old one in use.
    pub(super) fn refresh(&self) -> bool {
        let now = seen(&self.dir);
        {
            let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
            if current.seen == now {
                return false;
            }
        }
        let opened: Result<Index> = Index::open(&self.dir);
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        match opened {
            Ok(index) => current.index = Ok(Arc::new(index)),
            // What is open is whole, whatever became of its folder; the next look tries again.
            Err(_) if current.index.is_ok() => return false,
            Err(error) => current.index = Err(Arc::new(error)),
        }
        current.seen = now;
        current.is_checked = false;
        true
    }

    /// Compares the bytes of the index with their checksums, once after it was opened: a damaged one is not answered from.
    pub(super) fn check(&self) {
        let index = {
            let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
            match &current.index {
                Ok(index) if !current.is_checked => Arc::clone(index),
                _ => return,
            }
        };
        let checked = index.check_content();
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let is_same = current
            .index
            .as_ref()
            .is_ok_and(|now| Arc::ptr_eq(now, &index));
        if is_same {
            current.is_checked = true;
            if let Err(error) = checked {
                current.index = Err(Arc::new(error));
            }
        }
    }
}

fn seen(dir: &Path) -> Seen {
    let found = fs::metadata(dir.join("meta.json")).ok()?;
    Some((found.len(), found.modified().ok()))
}
