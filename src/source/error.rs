//! What can go wrong where files are read.

use std::path::{Path, PathBuf};

use super::skip::Skip;
use super::walk;

/// The result of anything in this module that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a requested file or folder cannot be read, written or walked. A file that yields no document is a [`Skip`] instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder cannot be used.
    #[error("{}: cannot {action}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was to be done with it.
        action: Action,
        /// What the system says.
        source: std::io::Error,
    },
    /// A given list or text that cannot be used.
    #[error("{} cannot be used", path.display())]
    Unfit {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Skip,
    },
    /// A path does not exist, or a pattern is invalid.
    #[error(transparent)]
    Walk(#[from] walk::Error),
}

/// What is done with a file or folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// It is read.
    Read,
    /// It is written.
    Write,
    /// Changes of it are waited for.
    Watch,
}

impl std::fmt::Display for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Watch => "watch",
        })
    }
}

impl Error {
    /// Wraps why the file at `path` cannot be read.
    pub fn unreadable(path: &Path) -> impl FnOnce(Skip) -> Self {
        let path = path.to_owned();
        move |skip| match skip {
            Skip::Unreadable(source) => Self::Io {
                path,
                action: Action::Read,
                source: source.into(),
            },
            source => Self::Unfit { path, source },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_the_system_and_unfit_files_are_told_apart() {
        let path = Path::new("表.csv");
        let system = Skip::from(std::io::Error::from_raw_os_error(2));
        match Error::unreadable(path)(system) {
            Error::Io {
                path,
                action: Action::Read,
                source,
            } => {
                assert_eq!(path, Path::new("表.csv"));
                assert_eq!(source.raw_os_error(), Some(2));
            }
            other => panic!("{other:?}"),
        }
        let error = Error::unreadable(path)(Skip::Binary);
        assert!(matches!(
            &error,
            Error::Unfit {
                source: Skip::Binary,
                ..
            }
        ));
        assert_eq!(error.to_string(), "表.csv cannot be used");
    }

    #[test]
    fn actions_have_their_verbs() {
        let verbs = [Action::Read, Action::Write, Action::Watch].map(|action| action.to_string());
        assert_eq!(verbs, ["read", "write", "watch"]);
        let error = Error::Io {
            path: "表.csv".into(),
            action: Action::Write,
            source: std::io::Error::other("full"),
        };
        assert_eq!(error.to_string(), "表.csv: cannot write");
    }
}
