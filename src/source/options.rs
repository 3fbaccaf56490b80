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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::mark::{Form, stamp};

    #[test]
    fn files_are_read_again_under_options_that_change_what_is_read() {
        let usual = ReadOptions::default();
        let mapped = ReadOptions {
            map: "text=甲".parse().expect("a valid map"),
            ..ReadOptions::default()
        };
        let unpacked = ReadOptions {
            max_unpacked: 1,
            ..ReadOptions::default()
        };
        let other = ReadOptions {
            max_bytes: 1,
            max_text: 3,
            reads_own: true,
            ..ReadOptions::default()
        };
        assert_ne!(mapped.fingerprint(), usual.fingerprint());
        assert_ne!(unpacked.fingerprint(), usual.fingerprint());
        assert_eq!(other.fingerprint(), usual.fingerprint());
        assert_eq!(other.max_record(), 1);
    }

    #[test]
    fn own_files_are_skipped_unless_they_are_wanted() {
        let own = stamp(Form::Text, "水渠 3\n".as_bytes());
        let usual = ReadOptions::default();
        let wanted = ReadOptions {
            reads_own: true,
            ..ReadOptions::default()
        };
        assert!(usual.skips(&own) && !usual.skips("水渠 3\n".as_bytes()));
        assert!(!wanted.skips(&own));
    }
}
