//! `xunzhang check DRAFT`

mod citation_words;
mod citations;
mod command;
mod labels;
mod page;
mod tables;
mod text;

pub(crate) use command::{Arguments, bytes, draft, of_file};
pub(crate) use labels::{class_key, class_name, method, rarity_name, summary};
