//! OpenDocument texts (`.odt`), packed or as a single XML file.

mod content;
mod read;
mod styles;

pub(super) use read::{read, read_flat};
