//! What is sent to a process that reads, and what it returns.

use serde::{Deserialize, Serialize};

use crate::source::raw::{PagePicture, Raw, TableRow};
use crate::source::records::FieldMap;
use crate::source::skip::Skip;

/// The requested content of a file.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(in crate::source) enum RequestKind {
    Documents,
    ListSheets,
    Pictures,
}

#[derive(Serialize, Deserialize)]
pub(in crate::source) struct Request {
    pub(in crate::source) wanted: RequestKind,
    pub(in crate::source) name: String,
    pub(in crate::source) len: usize,
    pub(in crate::source) map: FieldMap,
    pub(in crate::source) max_bytes: u64,
    pub(in crate::source) max_unpacked: u64,
    pub(in crate::source) max_text: usize,
    pub(in crate::source) max_memory: u64,
}

#[derive(Serialize, Deserialize)]
pub(in crate::source) enum Reply {
    Document(Box<Raw>),
    Row(TableRow),
    Picture(PageBytes),
    Skipped(Skip),
    Done,
}

/// A page as a picture, whose bytes follow the line.
#[derive(Serialize, Deserialize)]
pub(in crate::source) struct PageBytes {
    pub(in crate::source) picture: PagePicture,
    pub(in crate::source) len: usize,
}
