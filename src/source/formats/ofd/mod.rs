//! OFD documents (GB/T 33190-2016): the text of every page, by its position on the page.
//!
//! A package has one document or several; a document has pages, and templates that are displayed beneath
//! their content.

mod document;
mod objects;
mod page_box;
mod parts;
mod pictures;
mod read;

pub(super) use pictures::pictures;
pub(super) use read::read;
