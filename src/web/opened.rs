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
pub(crate) struct Opened {
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
    pub(crate) fn new(dir: &Path) -> Self {
        let seen = seen(dir);
        let index = held(dir).map(Arc::new).map_err(Arc::new);
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
    pub(crate) fn index(&self) -> std::result::Result<Arc<Index>, Arc<Error>> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        current.index.clone()
    }

    /// Opens it again if there is another commit; whether there is.
    ///
    /// An index that can't be opened leaves the old one in use.
    pub(crate) fn refresh(&self) -> bool {
        let now = seen(&self.dir);
        {
            let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
            if current.seen == now {
                return false;
            }
        }
        let opened = held(&self.dir);
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
    pub(crate) fn check(&self) {
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

/// The index with all of its files open: requests go on after an update has removed them, until the next look.
fn held(dir: &Path) -> Result<Index> {
    let index = Index::open(dir)?;
    index.hold()?;
    Ok(index)
}

fn seen(dir: &Path) -> Seen {
    let found = fs::metadata(dir.join("meta.json")).ok()?;
    Some((found.len(), found.modified().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use xunzhang::index::{UpdateOptions, update};
    use xunzhang::search::{Filter, Searcher};

    /// An index of one report; the folder of its report.
    fn index(folder: &Path) -> (PathBuf, PathBuf) {
        let (reports, dir) = (folder.join("reports"), folder.join("index"));
        fs::create_dir(&reports).expect("a folder");
        let text = "2024年工作总结\n全镇修渠三里，清淤五处。\n";
        fs::write(reports.join("a.txt"), text).expect("a file");
        update_from(&dir, &reports);
        (reports, dir)
    }

    fn update_from(dir: &Path, reports: &Path) {
        let done = update(
            dir,
            &[reports.to_owned()],
            &UpdateOptions::default(),
            &|_| {},
        );
        done.expect("an index");
    }

    fn documents(opened: &Opened) -> Option<u64> {
        opened.index().ok().map(|index| index.manifest().documents)
    }

    #[test]
    fn a_new_commit_is_taken_up_and_a_request_keeps_its_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let (reports, dir) = index(folder.path());
        let opened = Opened::new(&dir);
        let kept = opened.index().expect("an index");
        assert!(!opened.refresh());
        fs::write(reports.join("b.txt"), "2025年工作总结\n架桥两座。\n").expect("a file");
        update_from(&dir, &reports);
        assert!(opened.refresh());
        assert_eq!(documents(&opened), Some(2));
        assert_eq!(kept.manifest().documents, 1);
    }

    #[test]
    fn what_an_update_removes_is_answered_from_until_the_next_look() {
        let folder = tempfile::tempdir().expect("a folder");
        let (reports, dir) = index(folder.path());
        // Nothing was asked yet, so that no file was opened for an answer.
        let opened = Opened::new(&dir);
        let options = UpdateOptions {
            rebuild: true,
            ..UpdateOptions::default()
        };
        update(&dir, &[reports], &options, &|_| {}).expect("an index");
        let old = opened.index().expect("an index");
        let node = xunzhang::query::parse("“修渠三里”").expect("a query");
        let counted = Searcher::new(&old).count(&node, &Filter::default());
        assert_eq!(counted.expect("a count").occurrences, 1);
    }

    #[test]
    fn a_damaged_index_is_not_answered_from() {
        let folder = tempfile::tempdir().expect("a folder");
        let (_, dir) = index(folder.path());
        let opened = Opened::new(&dir);
        opened.check();
        assert_eq!(documents(&opened), Some(1));
        let opened = Opened::new(&dir);
        // The same length and time, as a disk that fails leaves them.
        let files = fs::read_dir(&dir).expect("a folder").flatten();
        let path = files
            .map(|file| file.path())
            .find(|path| path.extension().is_some_and(|end| end == "store"));
        let path = path.expect("a file of records");
        let time = fs::metadata(&path)
            .and_then(|found| found.modified())
            .expect("a time");
        let mut bytes = fs::read(&path).expect("bytes");
        bytes[10] ^= 1;
        fs::write(&path, bytes).expect("a file");
        let file = fs::File::options().write(true).open(&path).expect("a file");
        file.set_modified(time).expect("a time");
        opened.check();
        assert_eq!(documents(&opened), None);
    }
}
