//! PowerPoint presentations of 97 to 2003 (`.ppt`), which WPS Office writes under `.dps` too.
//!
//! By [MS-PPT]: a stream of nested records (`records`). The last edit names a directory of objects, among
//! them the document, which lists the slides with the text of their outline, the slides with their shapes
//! (`shapes`), and the pages of notes. No number is trusted: a reference that points outside is ignored.

mod read;
mod records;
mod shapes;

pub(super) use read::read;
