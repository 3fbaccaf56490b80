//! `xunzhang check DRAFT`

mod citation_document;
mod citation_page;
mod citation_words;
mod citations;
mod command;
mod draft_text;
mod labels;
mod page;
mod tables;
mod text;

pub(crate) use citation_words::{
    citation_method, citation_summary, claimed, kind_name, newer_text, remark_text, status_name,
    status_tint,
};
pub(crate) use command::{Arguments, bytes, draft, of_file};
pub(crate) use draft_text::{CitingPassage, citing_passages};
pub(crate) use labels::{class_key, class_name, method, rarity_name, summary};
