//! What can go wrong with an index.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

use crate::source::{self, walk};
use crate::text::synonyms::BadSynonym;
use crate::text::words::BadEntry;

/// The result of anything in this module that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why an index cannot be used, or brought up to date.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no index in the folder.
    #[error("no index in {}", .0.display())]
    NoIndex(PathBuf),
    /// The folder holds files that are not an index of ours.
    #[error("{} is no index", .0.display())]
    NotAnIndex(PathBuf),
    /// The folder of an index holds a foreign file, which a new index would have to replace.
    #[error("{file} in {} does not belong to an index", dir.display())]
    ForeignFile {
        /// The folder of the index.
        dir: PathBuf,
        /// The name of the file.
        file: String,
    },
    /// The first build of the index was ended before it was whole.
    #[error("the index in {} was not finished", .0.display())]
    Unfinished(PathBuf),
    /// A file of the index is missing or not as it was written.
    #[error("{file} in {} is damaged", dir.display())]
    Damaged {
        /// The folder of the index.
        dir: PathBuf,
        /// The name of the file.
        file: String,
    },
    /// The index was written in another format.
    #[error("format {found} in {}, expected {expected}", dir.display())]
    OtherFormat {
        /// The folder of the index.
        dir: PathBuf,
        /// Format of the index.
        found: u32,
        /// Format of this version.
        expected: u32,
    },
    /// Another process is writing to the index.
    #[error("the index in {} is locked", .0.display())]
    Locked(PathBuf),
    /// The system does not let the index be read or written.
    #[error("the index in {} may not be used", .0.display())]
    Denied(PathBuf),
    /// The process may not open as many files as it needs; the last commit is kept.
    #[error("too many open files for the index in {}", .0.display())]
    TooManyFiles(PathBuf),
    /// The index cannot be read or written.
    #[error("the index in {} cannot be used", dir.display())]
    Engine {
        /// The folder of the index.
        dir: PathBuf,
        /// What the engine says.
        source: EngineError,
    },
    /// The index could not be written to; the last commit is kept.
    #[error("the index in {} could not be written", dir.display())]
    Unwritten {
        /// The folder of the index.
        dir: PathBuf,
        /// What the engine says.
        source: EngineError,
    },
    /// A user dictionary has a line that is no entry.
    #[error("bad entry in {}", path.display())]
    BadDictionary {
        /// The dictionary.
        path: PathBuf,
        /// Which line.
        source: BadEntry,
    },
    /// A file of synonyms has a line that is no rule.
    #[error("bad rule in {}", path.display())]
    BadSynonyms {
        /// The file.
        path: PathBuf,
        /// Which line.
        source: BadSynonym,
    },
    /// The index was built with another user dictionary.
    #[error("the index was built with another dictionary")]
    OtherDictionary,
    /// The work was ended by its [`crate::task::Cancel`]; an index that was being updated is as it was.
    #[error("cancelled")]
    Cancelled,
    /// What is to be indexed, or the folder of the index, cannot be read or written.
    #[error(transparent)]
    Source(#[from] source::Error),
}

impl From<walk::Error> for Error {
    fn from(error: walk::Error) -> Self {
        source::Error::from(error).into()
    }
}

impl Error {
    /// Wraps what the engine says of the index in `dir`.
    pub(crate) fn engine(dir: &Path) -> impl FnOnce(TantivyError) -> Self {
        move |source| {
            let dir = dir.to_owned();
            if matches!(source, TantivyError::LockFailure(LockError::LockBusy, _)) {
                return Self::Locked(dir);
            }
            let source = EngineError(source);
            let system = source.system();
            // The numbers of Linux and macOS for a process and for the machine; the standard library has no name for them.
            let is_out_of_files = |error: &io::Error| matches!(error.raw_os_error(), Some(23 | 24));
            match system {
                Some(error) if error.kind() == ErrorKind::PermissionDenied => Self::Denied(dir),
                Some(error) if is_out_of_files(error) => Self::TooManyFiles(dir),
                _ => Self::Engine { dir, source },
            }
        }
    }

    /// Wraps what the engine says of writing to the index in `dir`.
    pub(crate) fn writing(dir: &Path) -> impl FnOnce(TantivyError) -> Self {
        use TantivyError::{ErrorInThread, InternalError, IoError, LockFailure, OpenWriteError};
        move |source| {
            let is_unwritten = matches!(
                source,
                ErrorInThread(_)
                    | InternalError(_)
                    | IoError(_)
                    | OpenWriteError(_)
                    | LockFailure(LockError::IoError(_), _)
            );
            match Self::engine(dir)(source) {
                Self::Engine { dir, source } if is_unwritten => Self::Unwritten { dir, source },
                error => error,
            }
        }
    }
}

/// What the engine says.
#[derive(Debug)]
pub struct EngineError(TantivyError);

impl EngineError {
    /// What the system said, where the engine passes it on.
    pub fn system(&self) -> Option<&io::Error> {
        let error = match &self.0 {
            TantivyError::IoError(error)
            | TantivyError::OpenReadError(OpenReadError::IoError {
                io_error: error, ..
            })
            | TantivyError::OpenWriteError(OpenWriteError::IoError {
                io_error: error, ..
            })
            | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError {
                io_error: error,
                ..
            })
            | TantivyError::LockFailure(LockError::IoError(error), _) => error,
            _ => return None,
        };
        Some(innermost(error))
    }

    /// Whether a thread of the engine ended without saying why.
    pub fn is_of_thread(&self) -> bool {
        matches!(self.0, TantivyError::ErrorInThread(_))
    }
}

/// The error of the system in an error of a library: what is wrapped to name the file it is about keeps its number inside only.
fn innermost(error: &io::Error) -> &io::Error {
    let mut found = error;
    while let Some(inner) = found.get_ref() {
        let next = inner.downcast_ref::<io::Error>().or_else(|| {
            let source = inner.source()?;
            source.downcast_ref::<io::Error>()
        });
        match next {
            Some(next) => found = next,
            None => break,
        }
    }
    found
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.system() {
            Some(error) => error.fmt(f),
            None => self.0.fmt(f),
        }
    }
}

impl std::error::Error for EngineError {}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn written(source: impl Into<TantivyError>) -> Error {
        Error::writing(Path::new("库"))(source.into())
    }

    #[test]
    fn what_the_system_refuses_is_told_apart() {
        let system = io::Error::from_raw_os_error;
        assert!(matches!(written(system(13)), Error::Denied(_)));
        assert!(matches!(written(system(24)), Error::TooManyFiles(_)));
        let wrapped = io::Error::other(system(24));
        assert!(matches!(written(wrapped), Error::TooManyFiles(_)));
        let Error::Unwritten { source, .. } = written(system(28)) else {
            panic!("not unwritten");
        };
        let kind = source.system().map(io::Error::kind);
        assert_eq!(kind, Some(ErrorKind::StorageFull));
    }

    #[test]
    fn what_the_engine_says_is_kept() {
        let killed = TantivyError::ErrorInThread("An index writer was killed".to_owned());
        assert!(
            matches!(written(killed), Error::Unwritten { source, .. } if source.is_of_thread())
        );
        let busy = TantivyError::LockFailure(LockError::LockBusy, None);
        assert!(matches!(written(busy), Error::Locked(_)));
        let no_locks = LockError::IoError(Arc::new(io::Error::other("no locks here")));
        let no_locks = TantivyError::LockFailure(no_locks, None);
        assert!(matches!(written(no_locks), Error::Unwritten { .. }));
        let odd = TantivyError::SystemError("odd".to_owned());
        assert!(matches!(written(odd), Error::Engine { .. }));
    }
}
