//! Keyword lists: entries, their groups and what is wrong with their lines.

mod lines;
mod list;

pub use list::{BadLine, BadLines, Entry, Keywords, MAX_ENTRIES, Repeated, from_words, read};
