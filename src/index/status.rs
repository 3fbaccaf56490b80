//! Whether the index is up to date with its files, and how much disk space it takes.

use std::path::PathBuf;

use super::files;
use super::open::Index;
use crate::index::{Error, Result};
use crate::source;

/// Files that changed since they were indexed, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stale {
    /// Files of another size or time.
    pub changed: Vec<String>,
    /// Files that are gone.
    pub vanished: Vec<String>,
}

impl Index {
    /// Which indexed files are no longer what they were, by size and time; new files are not looked for.
    ///
    /// # Errors
    /// [`Error::Engine`] if the index can't be read.
    pub fn stale(&self) -> Result<Stale> {
        let known = files::load(&self.reader.searcher(), &self.fields);
        let mut stale = Stale::default();
        for (key, file) in known.map_err(Error::engine(self.dir()))? {
            let path = files::path_of(&key);
            let metadata = std::fs::metadata(&path);
            let path = source::plain(&path).display().to_string();
            match metadata {
                Ok(now)
                    if now.len() == file.size
                        && files::nanos(now.modified().ok()) == file.mtime => {}
                Ok(_) => stale.changed.push(path),
                Err(_) => stale.vanished.push(path),
            }
        }
        Ok(stale)
    }

    /// The files that the index was built from, sorted.
    ///
    /// # Errors
    /// [`Error::Engine`] if the index can't be read.
    pub fn source_files(&self) -> Result<Vec<PathBuf>> {
        let known = files::load(&self.reader.searcher(), &self.fields);
        let known = known.map_err(Error::engine(self.dir()))?;
        let paths = known.keys().map(|key| source::plain(&files::path_of(key)));
        Ok(paths.collect())
    }

    /// Bytes that the index takes on the disk.
    ///
    /// # Errors
    /// [`Error::Source`] if its folder can't be read.
    pub fn bytes_on_disk(&self) -> Result<u64> {
        let unreadable = |source| source::Error::Io {
            path: self.dir().into(),
            action: source::Action::Read,
            source,
        };
        let mut bytes = 0;
        for entry in std::fs::read_dir(self.dir()).map_err(unreadable)? {
            let metadata = entry
                .and_then(|entry| entry.metadata())
                .map_err(unreadable)?;
            bytes += if metadata.is_file() {
                metadata.len()
            } else {
                0
            };
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{UpdateOptions, update};

    #[test]
    fn changed_and_vanished_files_are_told() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
        std::fs::create_dir(&corpus).expect("a folder");
        let corpus = corpus.canonicalize().expect("the folder");
        let file = |name: &str| corpus.join(name);
        for name in ["甲.txt", "乙.txt", "丙.txt"] {
            std::fs::write(file(name), "各村整修水渠。\n").expect("a file");
        }
        update(
            &dir,
            std::slice::from_ref(&corpus),
            &UpdateOptions::default(),
            &|_| {},
        )
        .expect("an index");
        let index = Index::open(&dir).expect("the index");
        assert_eq!(index.stale().expect("a status"), Stale::default());
        std::fs::write(file("甲.txt"), "各村整修道路和水渠。\n").expect("a file");
        std::fs::remove_file(file("乙.txt")).expect("a file");
        let path = |name: &str| source::plain(&file(name)).display().to_string();
        let expected = Stale {
            changed: vec![path("甲.txt")],
            vanished: vec![path("乙.txt")],
        };
        assert_eq!(index.stale().expect("a status"), expected);
        assert!(index.bytes_on_disk().expect("a size") > 1000);
    }
}
