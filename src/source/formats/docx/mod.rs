//! Word documents of 2007 and later (`.docx`, `.docm`, WPS's too), and the XML of Word 2003.

mod body;
mod notes;
mod numbering;
mod outside;
mod properties;
mod read;
mod styles;
mod switch;

pub(super) use read::property_title_in;
pub(super) use read::{read, read_flat};
