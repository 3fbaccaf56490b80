//! Options of reading.

use std::sync::Arc;

use super::mark;
use super::ocr::Recognizer;
use super::records::FieldMap;
use super::worker::Workers;

/// Options of reading.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Which column or JSON field is which.
    pub map: FieldMap,
    /// Maximum size of a file in bytes.
    pub max_bytes: u64,
    /// Maximum number of bytes that a packed file may unpack to.
    pub max_unpacked: u64,
    /// Maximum number of bytes of text in a document, each line counted as [`LINE_COST`] more: while it is
    /// composed and written, a document takes some four times as much memory.
    pub max_text: usize,
    /// Processes that read all formats except plain text; `None` reads them in this one.
    pub workers: Option<Arc<Workers>>,
    /// Reads pages that are pictures; `None` leaves them unread.
    pub ocr: Option<Arc<Recognizer>>,
    /// Whether files that this program wrote are read; they contain text of the documents that they describe.
    pub reads_own: bool,
}

/// Cost of a line of a document besides its text, in bytes: it is a record of the index with some twenty
/// fields.
pub const LINE_COST: usize = 160;

/// [`ReadOptions::max_text`] without an option for memory.
const MAX_TEXT: usize = 150_000_000;

impl ReadOptions {
    /// Maximum number of bytes of a record in a stream of records. Two of them, in every form that they pass
    /// through, are in memory at once for each thread.
    pub(super) fn max_record(&self) -> usize {
        self.max_text / 3
    }

    /// The options that determine what is read, as a text: files read under other options must be read again.
    pub fn fingerprint(&self) -> String {
        format!("{:?} {}", self.map, self.max_unpacked)
    }
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            map: FieldMap::default(),
            max_bytes: 1 << 30,
            max_unpacked: 1 << 28,
            max_text: MAX_TEXT,
            workers: None,
            ocr: None,
            reads_own: false,
        }
    }
}

impl ReadOptions {
    /// Whether a file that begins with, or is, `bytes` is skipped.
    pub(super) fn skips(&self, bytes: &[u8]) -> bool {
        !self.reads_own && mark::form_of(bytes).is_some()
    }
}
