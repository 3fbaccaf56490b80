//! Word documents of 97 to 2003 (`.doc`), which WPS Office writes under `.wps` and other names too.
//!
//! By [MS-DOC]: a compound file has a stream of characters in pieces (`pieces`), pages of paragraph and
//! character properties (`properties`), a style sheet (`styles`) and lists (`lists`). No number in it is
//! trusted: a reference that points outside is ignored.

mod bytes;
mod file;
mod lists;
mod pieces;
mod properties;
mod read;
mod story;
mod styles;

pub(super) use read::read;
