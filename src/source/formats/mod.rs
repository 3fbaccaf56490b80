//! One file for each format: reads bytes and yields the lines of each document, not yet cleaned.

mod archive;
mod blocks;
mod by_worker;
mod columns;
mod deck;
mod delimited;
mod dispatch;
mod doc;
mod docx;
mod epub;
mod html;
mod inside;
mod jsonl;
mod layout;
mod mail;
mod markdown;
mod numbering;
mod odp;
mod odt;
mod ofd;
mod pdf;
mod pictures;
mod ppt;
mod pptx;
mod recognized;
mod rtf;
mod source;
mod style_names;
mod text;
mod text_limit;
mod text_tables;
mod workbook;

pub(super) use blocks::one_line;
pub(super) use by_worker::list_sheets;
pub(super) use dispatch::{check_text, is_recognized, read, read_here, read_records};
pub(super) use pictures::pictures;
pub(super) use source::Source;
pub(super) use workbook::{iso_day, list_sheets as list_sheets_here};

use super::raw::{Raw, UnreadPage};
