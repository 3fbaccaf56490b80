//! The engine's view of an index folder.
//!
//! Differs from the engine's own directory in five ways. `meta.json` is sealed as it is written, see [`Seal`]. It has another
//! name while a new index is built. Reading takes no lock and writes nothing, so that an index can be read
//! by other users and on read-only media; a reader looks again if files vanish while it opens an index. The engine's list of
//! its files is not kept: files that no commit needs are found by listing the folder. Writing can be ended, see [`Writing`].

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

use super::folder::{MANAGED, META, NEW_META, write_meta};
use super::seal::Seal;
use super::writing::Writing;
use crate::index::{Error, Result};

/// An index folder, see the module's documentation.
#[derive(Clone, Debug)]
pub(super) struct IndexDirectory {
    inner: MmapDirectory,
    root: PathBuf,
    meta: &'static str,
    writing: Writing,
}

impl IndexDirectory {
    /// The index in `dir`.
    pub(super) fn open(dir: &Path) -> Result<Self> {
        Self::with_meta(dir, META)
    }

    /// An index that is built beside the one in `dir`, if any.
    pub(super) fn build(dir: &Path) -> Result<Self> {
        Self::with_meta(dir, NEW_META)
    }

    fn with_meta(dir: &Path, meta: &'static str) -> Result<Self> {
        let inner = MmapDirectory::open(dir).map_err(|error| Error::engine(dir)(error.into()))?;
        Ok(Self {
            inner,
            root: dir.into(),
            meta,
            writing: Writing::default(),
        })
    }

    /// What is written through this directory.
    pub(super) fn writing(&self) -> &Writing {
        &self.writing
    }

    /// The file that the engine calls `path`.
    fn name<'a>(&self, path: &'a Path) -> &'a Path {
        if path == Path::new(META) {
            Path::new(self.meta)
        } else {
            path
        }
    }
}

impl Directory for IndexDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(self.name(path))
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.writing.open(path, || self.inner.open_write(path))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path == Path::new(MANAGED) {
            return Err(OpenReadError::FileDoesNotExist(path.into()));
        }
        self.inner.atomic_read(self.name(path))
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        if path == Path::new(MANAGED) {
            return Ok(());
        }
        debug_assert_eq!(
            path,
            Path::new(META),
            "the engine writes no other file whole"
        );
        let sealed = Seal::of_commit(&self.root, data)?.attach(data);
        write_meta(&self.root, self.meta, &sealed)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    /// [`super::folder::WriterLock`] excludes other writers; it is acquired long before the engine asks for its own lock.
    fn acquire_lock(&self, _lock: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}
