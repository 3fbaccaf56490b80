//! What can go wrong with a collection in shards.

use std::path::PathBuf;

use datafusion::error::DataFusionError;

/// The result of anything here that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The query or the index.
    #[error(transparent)]
    Search(#[from] xunzhang::search::Error),
    /// The keywords.
    #[error(transparent)]
    Report(#[from] xunzhang::report::Error),
    /// The sources, or an index that is written.
    #[error(transparent)]
    Index(#[from] xunzhang::index::Error),
    /// There is no collection.
    #[error("{0} has neither shards nor an index; make them with `xunzhang-cluster build`")]
    NoSet(String),
    /// The list of shards can't be read.
    #[error("{place} is not a list of shards: {problem}")]
    BadSet {
        /// Where it is.
        place: String,
        /// What is wrong with it.
        problem: String,
    },
    /// One shard does not answer; its name and the reason.
    #[error("shard {name}: {reason}")]
    Shard {
        /// Its name.
        name: String,
        /// Why.
        reason: String,
    },
    /// No scheduler.
    #[error(
        "no scheduler answers at {address}: {reason}; start one with `xunzhang-cluster scheduler`"
    )]
    Scheduler {
        /// Where it was looked for.
        address: String,
        /// Why.
        reason: String,
    },
    /// A job that a scheduler took and did not finish.
    #[error("the job at the scheduler {address} failed: {reason}")]
    Job {
        /// The scheduler.
        address: String,
        /// Why.
        reason: String,
    },
    /// The SQL.
    #[error("{0}")]
    Sql(String),
    /// The engine.
    #[error("{0}")]
    Engine(String),
    /// A file that is in the way.
    #[error("{} is there already; add --overwrite to replace it", .0.display())]
    Exists(PathBuf),
    /// Another build.
    #[error("another build writes {}", .0.display())]
    Locked(PathBuf),
    /// A file.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Shared storage.
    #[error("{place}: {reason}")]
    Storage {
        /// What was read or written.
        place: String,
        /// What the storage says.
        reason: String,
    },
}

impl Error {
    /// What the system says of `path`.
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        |source| Self::Io { path, source }
    }
}

/// Brackets around what a shard says: an engine wraps an error of a task in words of its own.
const OPEN: char = '⟦';
const CLOSE: char = '⟧';

/// The error of a shard, as it travels through an engine.
pub(crate) fn of_shard(name: &str, reason: &str) -> DataFusionError {
    DataFusionError::Execution(format!("{OPEN}{name}{OPEN}{reason}{CLOSE}"))
}

impl From<DataFusionError> for Error {
    fn from(error: DataFusionError) -> Self {
        let text = error.to_string();
        let inside = text.split_once(OPEN).map(|(_, rest)| rest);
        let inside = inside.and_then(|rest| rest.split_once(CLOSE)?.0.split_once(OPEN));
        match inside {
            Some((name, reason)) => Self::Shard {
                name: name.to_owned(),
                // Where the engine prints an error as a literal, its line feeds are escaped.
                reason: reason.replace("\\n", "\n"),
            },
            None => Self::Engine(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shard_is_named_whatever_is_around_it() {
        let inner = of_shard("0003-ab", "it is damaged");
        let wrapped = DataFusionError::External(format!("Job failed: [{inner:?}] retry").into());
        assert_eq!(
            Error::from(wrapped).to_string(),
            "shard 0003-ab: it is damaged"
        );
        let other = DataFusionError::Execution("no such column".to_owned());
        assert!(matches!(Error::from(other), Error::Engine(_)));
    }
}
