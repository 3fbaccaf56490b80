//! PDF documents: the text of every page, by its position on the page.
//!
//! `hayro-syntax` reads the file (broken object tables, object streams, encryption without a password),
//! `hayro-cmap` has the character collections of Chinese fonts. The content of the pages is interpreted here
//! (`content`), with the meaning of font codes (`font`), and rows, columns and paragraphs are built in
//! `layout`.

mod annotations;
mod content;
mod font;
mod glyph_names;
mod grey;
mod open;
mod page;
mod paths;
mod pictures;
mod read;
mod render;
mod salvage;
mod unpack;

pub(super) use pictures::pictures;
pub(super) use read::read;
