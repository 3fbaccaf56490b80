//! Where something is in a draft.

use serde::Serialize;

use crate::document::Part;

/// A passage of the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DraftPassage {
    /// Its number.
    pub number: u32,
    /// Its line in the file.
    pub line: u32,
    /// Its part of the document.
    pub part: Part,
}
