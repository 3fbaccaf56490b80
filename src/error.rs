//! What can go wrong for the user of the library, each with what it was about.

use std::fmt;
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::LockError;

/// The result of everything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error, said so that its reader knows what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no index in the folder.
    #[error("no index in {}; build one with `xunzhang index FOLDER`", .0.display())]
    NoIndex(PathBuf),
    /// The folder holds something that is no index of ours.
    #[error("{} holds files that are no xunzhang index; name another folder with --index", .0.display())]
    NotAnIndex(PathBuf),
    /// The folder of an index holds a file that is no part of it, which a new index would have to replace.
    #[error("{} holds {file}, which is no part of an index; move it away, or name another folder with --index", dir.display())]
    ForeignFile {
        /// The folder of the index.
        dir: PathBuf,
        /// The name of the file.
        file: String,
    },
    /// The first build of the index was ended before it was whole.
    #[error("no index in {}: its first build was not finished; run `xunzhang index FOLDER` again", .0.display())]
    Unfinished(PathBuf),
    /// A file of the index is missing or not as it was written.
    #[error("the index in {} is damaged: {file} is not as it was written; build it anew with `xunzhang index --rebuild`", dir.display())]
    Damaged {
        /// The folder of the index.
        dir: PathBuf,
        /// The name of the file.
        file: String,
    },
    /// The index was written in another format.
    #[error("the index in {} has format {found}, this version reads format {expected}; build it anew with `xunzhang index --rebuild FOLDER`", dir.display())]
    OtherFormat {
        /// The folder of the index.
        dir: PathBuf,
        /// Format of the index.
        found: u32,
        /// Format of this version.
        expected: u32,
    },
    /// Another process is writing to the index.
    #[error("another process is writing to the index in {}; try again when it is done", .0.display())]
    Locked(PathBuf),
    /// The system does not let the index be read or written.
    #[error("the index in {} may not be read or written; change the permissions of its folder and files, or name another folder with --index", .0.display())]
    Denied(PathBuf),
    /// The process may not open as many files as it needs; the last commit stands.
    #[error("too many files are open to use the index in {}; raise the limit, as with `ulimit -n 4096`, then run it again", .0.display())]
    TooManyFiles(PathBuf),
    /// The index cannot be read or written.
    #[error("the index in {} cannot be used; if it is damaged, build it anew with `xunzhang index --rebuild FOLDER`", dir.display())]
    Engine {
        /// The folder of the index.
        dir: PathBuf,
        /// What the engine says.
        source: EngineError,
    },
    /// The index could not be written to; the last commit stands.
    #[error("the index in {} could not be written, it stays as it was; see that the disk has room, the folder may be written and enough files may be open (`ulimit -n`), then run it again", dir.display())]
    Unwritten {
        /// The folder of the index.
        dir: PathBuf,
        /// What the engine says.
        source: EngineError,
    },
    /// A file or folder that was asked for cannot be read or written.
    #[error("{} cannot be {action}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// `read` or `written`.
        action: &'static str,
        /// What the system says.
        source: std::io::Error,
    },
    /// A list or text that was handed over is none that can be used.
    #[error("{} cannot be read", path.display())]
    Unfit {
        /// The file.
        path: PathBuf,
        /// Why.
        source: crate::source::Skip,
    },
    /// A user dictionary has a line that is no entry.
    #[error("the dictionary {} has no entry where one was expected", path.display())]
    BadDictionary {
        /// The dictionary.
        path: PathBuf,
        /// Which line.
        source: crate::text::words::BadEntry,
    },
    /// A file of synonyms has a line that is no rule.
    #[error("the synonyms {} have no rule where one was expected", path.display())]
    BadSynonyms {
        /// The file.
        path: PathBuf,
        /// Which line.
        source: crate::text::synonyms::BadSynonym,
    },
    /// The index was built with another user dictionary.
    #[error(
        "the index was built with another dictionary; add --rebuild to build it anew with this one"
    )]
    OtherDictionary,
    /// The query cannot be parsed.
    #[error(transparent)]
    BadQuery(#[from] crate::query::SyntaxError),
    /// The query costs more work than one query may.
    #[error(transparent)]
    TooExpensive(#[from] crate::query::TooExpensive),
    /// A path to index does not exist, or a pattern to exclude is none.
    #[error(transparent)]
    Walk(#[from] crate::source::walk::Error),
    /// A glob pattern cannot be parsed.
    #[error("`{pattern}` is no path pattern: {reason}")]
    BadGlob {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A keyword list has lines that are no entries.
    #[error("{}", in_list("cannot count this", path))]
    BadKeywords {
        /// The list; empty for the words of a command line.
        path: PathBuf,
        /// All such lines.
        source: crate::report::keywords::BadLines,
    },
    /// There is nothing to count.
    #[error("{}", in_list("no keywords; expected one a line, as in `组名：词1 | 词2`", .0))]
    NoKeywords(PathBuf),
    /// There is too much to count at once.
    #[error("{0} keywords; a report counts at most 10,000, so split the list")]
    TooManyKeywords(usize),
    /// A report cannot be written under that name.
    #[error("cannot write {}: {reason}", path.display())]
    BadOutput {
        /// The name.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A workbook cannot be made.
    #[error("the workbook cannot be made")]
    Workbook(#[source] rust_xlsxwriter::XlsxError),
    /// A text that holds nothing to look for.
    #[error("there is nothing to look for: the text holds no letter, digit or Han character")]
    NoUnits,
    /// A pattern without a gap has no fillers.
    #[error(
        "the pattern `{0}` has no gap; put `*` where the wording varies, as in `坚持以*为指导`"
    )]
    NoSlot(String),
    /// A document without a single fingerprint.
    #[error(
        "the document is too short to compare: no passage has {0} characters or words in a row"
    )]
    TooShort(usize),
    /// A text that is too long to look for.
    #[error("the text has {n_chars} characters, the limit is {limit}; look for parts of it")]
    TextTooLong {
        /// Its length in characters.
        n_chars: usize,
        /// The most that is taken.
        limit: usize,
    },
    /// No document of that id.
    #[error("no document `{0}` in the index; `xunzhang docs` lists them")]
    NoDocument(String),
    /// Several documents of which the name may mean any.
    #[error("`{name}` may be any of {} documents: {}; name one of them", candidates.len(), some(candidates))]
    AmbiguousDocument {
        /// What was asked for.
        name: String,
        /// The ids that hold it, sorted.
        candidates: Vec<String>,
    },
}

/// The first of many ids.
fn some(ids: &[String]) -> String {
    const MOST_SHOWN: usize = 8;
    let shown = ids[..ids.len().min(MOST_SHOWN)].join(", ");
    if ids.len() > MOST_SHOWN {
        format!("{shown}, …")
    } else {
        shown
    }
}

/// What the engine says; where it passes on what the system says, that alone is shown.
#[derive(Debug)]
pub struct EngineError(TantivyError);

impl EngineError {
    fn system(&self) -> Option<&std::io::Error> {
        use tantivy::directory::error::{OpenDirectoryError, OpenReadError, OpenWriteError};
        match &self.0 {
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
            }) => Some(error),
            _ => None,
        }
    }

    /// Whether the system gave `code` or an error of `name` somewhere below: the engine often keeps the words only.
    fn holds(&self, code: i32, name: &str) -> bool {
        let said = format!("{} {:?}", self.0, self.0);
        [format!("os error {code})"), format!("code: {code},")]
            .iter()
            .any(|mark| said.contains(mark))
            || said.contains(name)
    }
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.system(), &self.0) {
            (Some(error), _) => error.fmt(f),
            // What it was, the engine does not pass on.
            (None, TantivyError::ErrorInThread(_)) => f.write_str("a writing thread cannot go on"),
            (None, error) => error.fmt(f),
        }
    }
}

impl std::error::Error for EngineError {}

impl Error {
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

    /// Wraps why the file at `path` cannot be read.
    pub fn unreadable(path: &Path) -> impl FnOnce(crate::source::Skip) -> Self {
        let path = path.to_owned();
        move |skip| match skip {
            crate::source::Skip::Unreadable(source) => Self::Io {
                path,
                action: "read",
                source,
            },
            source => Self::Unfit { path, source },
        }
    }

    /// Wraps what the engine says of the index in `dir`.
    pub(crate) fn engine(dir: &Path) -> impl FnOnce(TantivyError) -> Self {
        move |source| {
            if let Some(costly) = crate::query::TooExpensive::of(&source) {
                return Self::TooExpensive(costly.clone());
            }
            let is_busy = matches!(source, TantivyError::LockFailure(LockError::LockBusy, _));
            let source = EngineError(source);
            // The numbers are those of Linux and macOS.
            match source {
                _ if is_busy => Self::Locked(dir.into()),
                _ if source.holds(13, "PermissionDenied") => Self::Denied(dir.into()),
                _ if source.holds(24, "too many open files") => Self::TooManyFiles(dir.into()),
                source => Self::Engine {
                    dir: dir.into(),
                    source,
                },
            }
        }
    }
}

/// The message with the list's name behind it; without for the words of a command line.
fn in_list(message: &str, path: &Path) -> String {
    match path.as_os_str().is_empty() {
        true => message.to_owned(),
        false => format!("{message} in {}", path.display()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, ErrorKind};
    use std::sync::Arc;

    use super::*;

    #[track_caller]
    fn check(source: impl Into<TantivyError>, expected: &str) {
        let error = Error::writing(Path::new("库"))(source.into());
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}"));
        let said = format!("{error}{}", cause.unwrap_or_default());
        assert_eq!(said, expected);
    }

    #[test]
    fn what_the_system_refuses_is_told_apart() {
        check(
            io::Error::from(ErrorKind::PermissionDenied),
            "the index in 库 may not be read or written; change the permissions of its folder and files, or name another folder with --index",
        );
        check(
            io::Error::other("file at path x: Too many open files (os error 24)"),
            "too many files are open to use the index in 库; raise the limit, as with `ulimit -n 4096`, then run it again",
        );
        let unwritten = "the index in 库 could not be written, it stays as it was; see that the disk has room, the folder may be written and enough files may be open (`ulimit -n`), then run it again";
        check(
            io::Error::other("the disk is full"),
            &format!("{unwritten}: the disk is full"),
        );
        check(
            TantivyError::ErrorInThread("An index writer was killed".to_owned()),
            &format!("{unwritten}: a writing thread cannot go on"),
        );
        check(
            TantivyError::LockFailure(LockError::LockBusy, None),
            "another process is writing to the index in 库; try again when it is done",
        );
        check(
            TantivyError::LockFailure(
                LockError::IoError(Arc::new(io::Error::other("no locks here"))),
                None,
            ),
            &format!(
                "{unwritten}: Failed to acquire Lockfile: IoError(Custom {{ kind: Other, error: \"no locks here\" }}). None"
            ),
        );
        check(
            TantivyError::SystemError("odd".to_owned()),
            "the index in 库 cannot be used; if it is damaged, build it anew with `xunzhang index --rebuild FOLDER`: System error.'odd'",
        );
    }
}
