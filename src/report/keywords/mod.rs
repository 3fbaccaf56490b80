//! Keyword lists: entries, their groups and what is wrong with their lines.

mod bad_lines;
mod lines;
mod list;
mod note;
mod sheets;

pub use bad_lines::{BadLine, BadLines};
pub use list::{
    Entry, Keywords, MAX_ENTRIES, Repeated, from_entries, from_text, from_words, query_of, read,
};
pub use note::Note;
