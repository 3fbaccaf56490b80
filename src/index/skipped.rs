//! Files that gave no document, and why.

use serde::{Deserialize, Serialize, Serializer};

use crate::source::{Skip, walk};

/// A file that gave no document.
#[derive(Debug, Serialize)]
pub struct Skipped {
    /// The file, below the root as it was given.
    pub path: String,
    /// Why; serialized as a sentence.
    #[serde(serialize_with = "sentence")]
    pub reason: SkipReason,
}

/// Why a file gave no document.
#[derive(Debug, thiserror::Error, Serialize, Deserialize)]
pub enum SkipReason {
    /// It cannot be reached.
    #[error(transparent)]
    Walk(walk::Reason),
    /// It cannot be read, or nothing is in it.
    #[error(transparent)]
    Read(Skip),
    /// It is read, but for so many pages that have no text.
    #[error("has {0} pages without text, only pictures; `index --ocr` recognizes their text")]
    Pages(usize),
    /// A file in an archive or a mail.
    #[error("{reason}")]
    Inside {
        /// Why it gave no document.
        reason: Skip,
        /// Whether it is a picture, or a scanned document.
        is_picture: bool,
    },
}

fn sentence<S: Serializer>(reason: &SkipReason, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(reason)
}
