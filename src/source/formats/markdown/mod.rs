//! Markdown, by CommonMark with tables, footnotes, strikethrough and task lists: headings become styled
//! lines, markup is removed.
//!
//! Text lines that Markdown joins to a paragraph become one line, unless they look like paragraphs
//! (`breaks`). HTML inside is read as HTML; line numbers are those of the file.

mod breaks;
mod front_matter;
mod read;
mod writer;

pub(super) use read::read;
