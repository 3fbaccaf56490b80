//! HTML pages: the main text, without the frame of a site.

mod elements;
mod lines;
mod main_text;
mod read;

pub(super) use lines::comment_text;
pub(super) use read::read;
pub(super) use read::whole;
